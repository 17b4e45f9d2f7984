import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { type InclusionClaim, inclusionProof, leafHash, treeOf, verifyInclusion } from '../src/index.ts'
import { bent, damaged, leavesOf } from './trees.ts'

const sizes = Array.from({ length: 130 }, (_, index) => index + 1)

function claimsOf(size: number): (InclusionClaim & { proof: Buffer[]; leaf: Buffer; root: Buffer })[] {
  const leaves = leavesOf(size)
  const tree = treeOf(leaves)
  return leaves.map((leaf, index) => ({ leaf, index, size, root: tree.root, proof: inclusionProof(tree, index) }))
}

it('hashes as RFC 9162 does: the empty tree, one empty leaf, and two leaves', () => {
  const two = createHash('sha256')
    .update(Buffer.of(1))
    .update(leafHash(Buffer.of(0)))
    .update(leafHash(Buffer.of(1)))

  expect(treeOf([]).root.toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  expect(leafHash(Buffer.alloc(0)).toString('hex')).toBe(
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  )
  expect(treeOf([leafHash(Buffer.of(0)), leafHash(Buffer.of(1))]).root).toEqual(two.digest())
})

it('proves every leaf of every tree of 1 to 130 leaves', () => {
  const refused = sizes.flatMap(claimsOf).filter(claim => !verifyInclusion(claim))

  expect(refused).toEqual([])
})

it('refuses a proof that was changed, cut, padded or put in another order', () => {
  const accepted = sizes
    .flatMap(claimsOf)
    .flatMap(claim => damaged(claim.proof).map(proof => ({ ...claim, proof })))
    .filter(verifyInclusion)

  expect(accepted).toEqual([])
})

it('refuses another leaf, another root and any other place', () => {
  const accepted = sizes
    .flatMap(claimsOf)
    .flatMap(claim => [
      { ...claim, leaf: bent(claim.leaf) },
      { ...claim, root: bent(claim.root) },
      { ...claim, leaf: claim.root, proof: [...claim.proof, claim.leaf] },
      ...[claim.index - 1, claim.index + 1, claim.index ^ 1, claim.size, -1, 0.5].map(index => ({ ...claim, index })),
    ])
    .filter(verifyInclusion)

  expect(accepted).toEqual([])
})

it('refuses a size whose tree has another shape there', () => {
  const claims = claimsOf(6)
  const sizesRefused = [0, 1, 3, 4, 9, 17, Number.MAX_SAFE_INTEGER, Number.NaN]

  const accepted = claims.flatMap(claim => sizesRefused.map(size => ({ ...claim, size }))).filter(verifyInclusion)

  expect(accepted).toEqual([])
})

it('has no proof for a leaf that is not there', () => {
  expect(() => inclusionProof(treeOf(leavesOf(3)), 3)).toThrow(RangeError)
  expect(() => inclusionProof(treeOf([]), 0)).toThrow(RangeError)
})
