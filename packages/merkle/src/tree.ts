import { hash } from 'node:crypto'
import { nodeHash } from './hashes.ts'

/** A tree, or one part of it. */
export interface Tree {
  /** Its root. That of no leaves is the hash of nothing. */
  readonly root: Buffer
  /** Leaves. */
  readonly size: number
  /** What it parts into; a leaf does not. */
  readonly parts?: readonly [Tree, Tree]
}

/** The tree over leaf hashes in their order (RFC 9162, section 2.1.1). */
export function treeOf(leaves: readonly Buffer[]): Tree {
  const [only] = leaves
  if (only === undefined) return { root: hash('sha256', '', 'buffer'), size: 0 }
  if (leaves.length === 1) return { root: only, size: 1 }
  const split = splitOf(leaves.length)
  const [left, right] = [treeOf(leaves.slice(0, split)), treeOf(leaves.slice(split))]
  return { root: nodeHash(left.root, right.root), size: leaves.length, parts: [left, right] }
}

/** The largest power of two below `size`, which is at least 2: where a tree parts into its two. */
export function splitOf(size: number): number {
  return 2 ** Math.floor(Math.log2(size - 1))
}
