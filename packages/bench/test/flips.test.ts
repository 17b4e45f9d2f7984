import { expect, it } from 'vitest'
import { flips } from '../src/flips/flips.ts'
import { makeSigningMaterials, openSigningBench } from '../src/signing-bench.ts'

it.each([1, 2])('refuses an envelope with any bit flipped that has a meaning, seed %i', async seed => {
  const bench = openSigningBench(await makeSigningMaterials())

  const result = await flips(600, seed, bench)

  expect(result.harmful).toEqual([])
  expect(
    result.harmless.every(({ region }) => ['comment', 'rest of KeyInfo', 'XML declaration'].includes(region)),
  ).toBe(true)
  expect(Object.keys(result.refused)).toEqual(
    expect.arrayContaining(['DIGEST_MISMATCH', 'SIGNATURE_MISMATCH', 'M.XML']),
  )
})
