import { inclusionProof, leafHash, treeOf } from '@docaxis/merkle'
import {
  claimStamp,
  createStamp,
  type Database,
  type GrantedStamp,
  postponeStamp,
  settleStamp,
  type Tx,
  waitingLeaves,
} from '@docaxis/store'

export interface StampOptions {
  /** Receipts under one token at most. */
  readonly batch: number
  /** Longer than an authority may take. */
  readonly leaseMs: number
  /** Wait after the first failure; it doubles with each, up to an hour. */
  readonly backOffMs: number
  readonly ask: (root: Buffer) => Promise<GrantedStamp>
  readonly onFault: (error: unknown, tries: number) => void
}

const longestWaitMs = 3_600_000

/**
 * Puts waiting receipts into a tree and has roots stamped, this one and those that failed before.
 *
 * @returns whether more may be waiting
 */
export async function stampReceipts(database: Database, options: StampOptions): Promise<boolean> {
  const planted = await database.transaction(tx => plantTree(tx, options.batch))
  const stamped = await stampNext(database, options)
  return stamped || planted === options.batch
}

/** Leaves are SHA-256 of receipts; the tree hashes them once more (RFC 9162, section 2.1.1). */
async function plantTree(tx: Tx, limit: number): Promise<number> {
  const waiting = await waitingLeaves(tx, limit)
  if (waiting.length === 0) return 0
  const tree = treeOf(waiting.map(({ sha256 }) => leafHash(sha256)))
  const leaves = waiting.map(({ receiptId }, index) => ({ receiptId, proof: inclusionProof(tree, index) }))
  await createStamp(tx, { root: tree.root, leaves })
  return waiting.length
}

async function stampNext(database: Database, options: StampOptions): Promise<boolean> {
  const { leaseMs, backOffMs, ask, onFault } = options
  const due = await claimStamp(database, leaseMs)
  if (!due) return false
  try {
    const granted = await ask(due.root)
    await database.transaction(tx => settleStamp(tx, due.id, granted))
    return true
  } catch (error) {
    const waitMs = Math.min(backOffMs * 2 ** (due.tries - 1), longestWaitMs)
    await postponeStamp(database, due.id, { fault: error instanceof Error ? error.message : String(error), waitMs })
    onFault(error, due.tries)
    return false
  }
}
