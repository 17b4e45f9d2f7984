import type { PeriodicOptions, ServiceDeps, Syslog } from '@docaxis/service'
import { chainAudit, type SignedReceipt, type Tx } from '@docaxis/store'
import { forwardAudit } from './forward-audit.ts'
import { signOverdue } from './sign-overdue.ts'
import type { TurnSigner } from './signing-turns.ts'

/** Receipts per transaction: what the bus takes as a batch, too. */
const signBatch = 64
const rowsBatch = 1000
/** Rows are hashed in one go, and a batch may hold 500. */
const chainBatches = 25

type Deps = Pick<ServiceDeps, 'database' | 'logger' | 'bus'>

/** Signs receipts whose event was lost. */
export function overdueSigner(
  { database, logger, bus }: Deps,
  settings: { readonly overdueMs: number; readonly sweepEveryMs: number },
  { signer, store }: { signer: () => TurnSigner; store: (tx: Tx, signed: readonly SignedReceipt[]) => Promise<void> },
): PeriodicOptions {
  const options = {
    overdueMs: settings.overdueMs,
    limit: signBatch,
    onError: (receiptId: string, error: unknown) => logger.error({ err: error, receiptId }, 'receipt cannot be signed'),
  }
  return {
    everyMs: settings.sweepEveryMs,
    async work() {
      const { signed, more } = await database.transaction(async tx => {
        const outcome = await signOverdue(tx, { ...options, sign: await signer().within(tx) })
        await store(tx, outcome.signed)
        return outcome
      })
      if (signed.length > 0) {
        logger.warn({ count: signed.length }, 'receipts signed without their event')
        bus.nudge()
      }
      return more
    },
    onError: error => logger.error({ err: error }, 'sweep of unsigned receipts failed'),
  }
}

/** Puts what was told into the chain. */
export function chainer({ database, logger }: Deps, everyMs: number): PeriodicOptions {
  return {
    everyMs,
    // Each batch makes a row at least: as many rows as batches, and there may be more.
    work: async () => (await database.transaction(tx => chainAudit(tx, chainBatches))) >= chainBatches,
    onError: error => logger.error({ err: error }, 'chaining of audit rows failed'),
  }
}

/** Sends chained audit rows to the log host. */
export function forwarder({ database, logger }: Deps, everyMs: number, syslog: Syslog): PeriodicOptions {
  return {
    everyMs,
    work: async () => (await forwardAudit(database, syslog, rowsBatch)) === rowsBatch,
    onError: error => logger.error({ err: error }, 'forwarding of audit rows failed'),
  }
}
