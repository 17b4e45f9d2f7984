import { readFileSync } from 'node:fs'
import { hasShared, itWithShared, sharedPath } from '@docaxis/testkit'
import { describe, expect, it } from 'vitest'
import { consistencyProof, treeOf, verifyConsistency } from '../src/index.ts'
import { bent, damaged, leavesOf } from './trees.ts'

const folder = ['vectors', 'merkle-log-proofs'] as const

interface Vector {
  readonly size1?: number
  readonly size2?: number
  readonly root1?: string
  readonly root2?: string
  readonly proof?: readonly string[] | null
}

describe('cases of another implementation', () => {
  const vectors: { file: string; accept: boolean }[] = hasShared(...folder)
    ? JSON.parse(readFileSync(sharedPath(...folder, 'expected.json'), 'utf8')).cases
    : []

  itWithShared(...folder)('are 98', () => expect(vectors).toHaveLength(98))

  if (vectors.length > 0) {
    it.each(vectors)('$file: accepted is $accept', ({ file, accept }) => {
      const vector: Vector = JSON.parse(readFileSync(sharedPath(...folder, file), 'utf8'))

      expect(verifyConsistency(claimOf(vector))).toBe(accept)
    })
  }
})

const bytes = (base64 = '') => Buffer.from(base64, 'base64')

function claimOf({ size1 = 0, size2 = 0, root1, root2, proof }: Vector) {
  return { oldSize: size1, size: size2, oldRoot: bytes(root1), root: bytes(root2), proof: (proof ?? []).map(bytes) }
}

const pairs = Array.from({ length: 40 }, (_, index) => index + 1).flatMap(size =>
  Array.from({ length: size }, (_, index) => ({ size, oldSize: index + 1 })),
)

function ownClaim({ size, oldSize }: { size: number; oldSize: number }) {
  const leaves = leavesOf(size)
  const tree = treeOf(leaves)
  const oldRoot = treeOf(leaves.slice(0, oldSize)).root
  return { oldSize, size, oldRoot, root: tree.root, proof: consistencyProof(tree, oldSize) }
}

it('proves every start of every log of 1 to 40 entries', () => {
  expect(pairs.filter(pair => !verifyConsistency(ownClaim(pair)))).toEqual([])
})

it('refuses proofs that were damaged, and roots that are others', () => {
  const accepted = pairs
    .map(ownClaim)
    .flatMap(claim => [
      ...damaged(claim.proof).map(proof => ({ ...claim, proof })),
      { ...claim, oldRoot: bent(claim.oldRoot) },
      { ...claim, root: bent(claim.root) },
    ])
    .filter(verifyConsistency)

  expect(accepted).toEqual([])
})

it('has no proof about an empty log, nor about one that shrank', () => {
  expect(() => consistencyProof(treeOf(leavesOf(3)), 0)).toThrow(RangeError)
  expect(() => consistencyProof(treeOf(leavesOf(3)), 4)).toThrow(RangeError)
})
