import { expect, it } from 'vitest'
import { ByteTable, nextHash } from '../src/xml/intern.ts'

/** Texts of one hash: with this one, "Aa" weighs as much as "BB". */
const alike = Array.from({ length: 64 }, (_, number) =>
  Buffer.from(Array.from({ length: 6 }, (_, bit) => ((number >> bit) & 1 ? 'Aa' : 'BB')).join('')),
)

function hashOf(bytes: Uint8Array): number {
  return bytes.reduce(nextHash, 0)
}

it('tells entries of one hash from each other', () => {
  const table = new ByteTable<number>()
  const few = alike.slice(0, 8)

  for (const [index, bytes] of few.entries()) table.add(bytes, hashOf(bytes), index)

  expect(new Set(few.map(hashOf)).size).toBe(1)
  expect(few.map(bytes => table.find(bytes, 0, bytes.length, hashOf(bytes)))).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
})

it('forgets entries rather than look through many that were made to share a hash', () => {
  const table = new ByteTable<number>()

  for (const [index, bytes] of alike.entries()) table.add(bytes, hashOf(bytes), index)

  const known = alike.filter(bytes => table.find(bytes, 0, bytes.length, hashOf(bytes)) !== undefined)
  expect(known.length).toBeLessThanOrEqual(16)
  expect(known).toContain(alike.at(-1))
})
