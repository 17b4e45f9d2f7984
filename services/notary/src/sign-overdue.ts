import { overdueReceipts, postponeReceipts, type SignedReceipt, type Tx } from '@docaxis/store'
import type { Sign } from './sign-receipts.ts'

export interface OverdueOptions {
  readonly overdueMs: number
  readonly limit: number
  readonly sign: Sign
  /** Told of each receipt that could not be signed; it is tried again ever more rarely and holds up no other. */
  readonly onError: (receiptId: string, error: unknown) => void
}

export interface OverdueOutcome {
  readonly signed: readonly SignedReceipt[]
  /** More may be waiting. */
  readonly more: boolean
}

/** Signs receipts whose event was lost. Whoever stores them does so in the same transaction. */
export async function signOverdue(
  tx: Tx,
  { overdueMs, limit, sign, onError }: OverdueOptions,
): Promise<OverdueOutcome> {
  const overdue = await overdueReceipts(tx, { overdueMs, limit })
  const signed: SignedReceipt[] = []
  const failed: string[] = []
  for (const receipt of overdue) {
    try {
      signed.push(await sign(receipt))
    } catch (error) {
      failed.push(receipt.id)
      onError(receipt.id, error)
    }
  }
  await postponeReceipts(tx, failed)
  return { signed, more: overdue.length === limit }
}
