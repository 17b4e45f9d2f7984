import { leafHash } from '../src/index.ts'

/** Leaves of a log whose entries are their numbers. */
export function leavesOf(size: number): Buffer[] {
  return Array.from({ length: size }, (_, index) => leafHash(Buffer.from(String(index))))
}

/** The same hash with one bit turned. */
export function bent(hash: Buffer): Buffer {
  const copy = Buffer.from(hash)
  copy[4] = (copy[4] ?? 0) ^ 0x10
  return copy
}

/** Every way in which we damage a proof: each hash changed, removed, doubled; one more at either end; two swapped. */
export function damaged(proof: readonly Buffer[]): Buffer[][] {
  const extra = leavesOf(1)
  return [
    ...proof.map((hash, at) => proof.with(at, bent(hash))),
    ...proof.map((hash, at) => proof.with(at, hash.subarray(0, 31))),
    ...proof.map((_, at) => proof.toSpliced(at, 1)),
    ...proof.map((hash, at) => proof.toSpliced(at, 0, hash)),
    ...proof.slice(1).map((hash, at) => proof.with(at, hash).with(at + 1, proof[at] ?? hash)),
    [...proof, ...extra],
    [...extra, ...proof],
  ]
}
