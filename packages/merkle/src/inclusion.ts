import { hashBytes, nodeHash } from './hashes.ts'
import { splitOf, type Tree } from './tree.ts'

/**
 * Hashes that lead from one leaf to the root, lowest first (RFC 9162, section 2.1.3.1).
 *
 * @throws RangeError when there is no leaf of this index
 */
export function inclusionProof({ size, parts }: Tree, index: number): Buffer[] {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
    throw new RangeError(`no leaf ${index} in a tree of ${size}`)
  }
  if (!parts) return []
  const [left, right] = parts
  return index < left.size
    ? [...inclusionProof(left, index), right.root]
    : [...inclusionProof(right, index - left.size), left.root]
}

export interface InclusionClaim {
  readonly leaf: Uint8Array
  /** Place of the leaf, from 0. */
  readonly index: number
  /** Leaves of the tree. */
  readonly size: number
  readonly proof: readonly Uint8Array[]
  readonly root: Uint8Array
}

/** Whether the proof leads from the leaf at this place to this root, and holds nothing else. Never throws. */
export function verifyInclusion({ leaf, index, size, proof, root }: InclusionClaim): boolean {
  if (![index, size].every(Number.isSafeInteger) || index < 0 || index >= size) return false
  if (![leaf, root, ...proof].every(hash => hash.length === hashBytes)) return false
  const reached = climb({ index, size, proof }, leaf)
  return reached !== undefined && Buffer.compare(reached, root) === 0
}

type Climb = Pick<InclusionClaim, 'index' | 'size' | 'proof'>

/** The root that the proof gives, top down as it was made; nothing when its length does not fit the place. */
function climb({ index, size, proof }: Climb, leaf: Uint8Array): Uint8Array | undefined {
  if (size === 1) return proof.length === 0 ? leaf : undefined
  const sibling = proof.at(-1)
  if (sibling === undefined) return undefined
  const split = splitOf(size)
  const below = proof.slice(0, -1)
  if (index < split) {
    const left = climb({ index, size: split, proof: below }, leaf)
    return left && nodeHash(left, sibling)
  }
  const right = climb({ index: index - split, size: size - split, proof: below }, leaf)
  return right && nodeHash(sibling, right)
}
