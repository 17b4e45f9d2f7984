import { hashBytes, nodeHash } from './hashes.ts'
import { splitOf, type Tree } from './tree.ts'

/**
 * Hashes that show the tree of the first `oldSize` leaves to be the start of this one (RFC 9162, section 2.1.4.1).
 *
 * @throws RangeError when `oldSize` is not from 1 to the number of leaves
 */
export function consistencyProof(tree: Tree, oldSize: number): Buffer[] {
  if (!Number.isSafeInteger(oldSize) || oldSize < 1 || oldSize > tree.size) {
    throw new RangeError(`no tree of ${oldSize} within one of ${tree.size}`)
  }
  return subproof(tree, oldSize, true)
}

/** `known`: the verifier has the old root of exactly these leaves, so it need not be told. */
function subproof({ size, root, parts }: Tree, oldSize: number, known: boolean): Buffer[] {
  if (oldSize === size || !parts) return known ? [] : [root]
  const [left, right] = parts
  return oldSize <= left.size
    ? [...subproof(left, oldSize, known), right.root]
    : [...subproof(right, oldSize - left.size, false), left.root]
}

export interface ConsistencyClaim {
  readonly oldSize: number
  readonly oldRoot: Uint8Array
  readonly size: number
  readonly root: Uint8Array
  readonly proof: readonly Uint8Array[]
}

interface Roots {
  readonly old: Uint8Array
  readonly now: Uint8Array
}

/**
 * Whether the log only grew from the old tree to the new. An old size of 0 is refused: nothing is proven about an empty
 * log. Never throws.
 */
export function verifyConsistency({ oldSize, oldRoot, size, root, proof }: ConsistencyClaim): boolean {
  if (![oldSize, size].every(Number.isSafeInteger) || oldSize < 1 || oldSize > size) return false
  if (!proof.every(hash => hash.length === hashBytes)) return false
  const roots = climb({ oldSize, size, proof, known: oldRoot })
  return roots !== undefined && Buffer.compare(roots.old, oldRoot) === 0 && Buffer.compare(roots.now, root) === 0
}

interface Climb {
  readonly oldSize: number
  readonly size: number
  readonly proof: readonly Uint8Array[]
  /** The old root, as long as the part still holds all old leaves. */
  readonly known: Uint8Array | undefined
}

/** Old and new root of one part of the tree; nothing when the proof's length does not fit the sizes. */
function climb({ oldSize, size, proof, known }: Climb): Roots | undefined {
  if (oldSize === size) {
    const [told, ...rest] = known ? [known, ...proof] : proof
    return told && rest.length === 0 ? { old: told, now: told } : undefined
  }
  const sibling = proof.at(-1)
  if (sibling === undefined) return undefined
  const split = splitOf(size)
  const below = proof.slice(0, -1)
  if (oldSize <= split) {
    const left = climb({ oldSize, size: split, proof: below, known })
    return left && { old: left.old, now: nodeHash(left.now, sibling) }
  }
  const right = climb({ oldSize: oldSize - split, size: size - split, proof: below, known: undefined })
  return right && { old: nodeHash(sibling, right.old), now: nodeHash(sibling, right.now) }
}
