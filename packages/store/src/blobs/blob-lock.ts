import type { Tx } from '../database.ts'

/**
 * Holds a blob's hash until the transaction ends: whoever keeps a blob and then names it in a row, and the garbage
 * collector, take turns.
 *
 * @param sha256 64 lower-case hex digits
 */
export async function lockBlob(tx: Tx, sha256: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1)', [blobLockNumber(sha256)])
}

/** @returns false when somebody else holds it now */
export async function tryLockBlob(tx: Tx, sha256: string): Promise<boolean> {
  const { rows } = await tx.query<{ locked: boolean }>('select pg_try_advisory_xact_lock($1) as locked', [
    blobLockNumber(sha256),
  ])
  return rows[0]?.locked === true
}

/** The first 64 bits; hashes that share them only wait for each other. */
export function blobLockNumber(sha256: string): string {
  return BigInt.asIntN(64, BigInt(`0x${sha256.slice(0, 16)}`)).toString()
}
