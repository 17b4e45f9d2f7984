import type { Flip, FlipResult } from './flips.ts'

export function printFlips({ positions, sizeBytes, refused, harmless, harmful }: FlipResult): void {
  const total = Object.values(refused).reduce((sum, count) => sum + count, 0)
  console.log(
    `  ${positions} flips in an envelope of ${(sizeBytes / 1000).toFixed(0)} KB: ${total} refused, ` +
      `${harmless.length} without meaning, ${harmful.length} accepted with another meaning`,
  )
  for (const [code, count] of Object.entries(refused).sort(([, a], [, b]) => b - a)) {
    console.log(`    ${code.padEnd(46)} ${String(count).padStart(6)}`)
  }
  console.log('  without meaning: model, digest, SignedInfo and signer stay')
  for (const flip of harmless) printFlip(flip)
  if (harmful.length > 0) console.log('  ACCEPTED WITH ANOTHER MEANING')
  for (const flip of harmful) printFlip(flip)
}

function printFlip({ offset, bit, region, before, after }: Flip): void {
  console.log(`    byte ${offset} bit ${bit}, ${region}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`)
}
