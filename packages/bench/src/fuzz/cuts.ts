import { below, pick, type Random } from '../random.ts'

/** Where a file falls apart into chunks: at one place, at several, at markup, within letters, or at every byte. */
export function drawCuts(random: Random, bytes: Buffer): number[] {
  const way = pick(random, ['one', 'one', 'several', 'markup', 'letters', 'all'] as const)
  switch (way) {
    case 'one':
      return [below(random, bytes.length + 1)]
    case 'several':
      return ascending(Array.from({ length: 2 + below(random, 12) }, () => below(random, bytes.length + 1)))
    case 'markup':
      return cutsAround(random, bytes, byte => byte === 0x3c || byte === 0x3e || byte === 0x26)
    case 'letters':
      return cutsAround(random, bytes, byte => byte >= 0xc0)
    case 'all':
      return bytes.length > 1500
        ? [below(random, bytes.length)]
        : Array.from({ length: bytes.length }, (_, index) => index)
  }
}

/** A little before or after some of the bytes that `tells` picks, looked for from places drawn by chance. */
function cutsAround(random: Random, bytes: Buffer, tells: (byte: number) => boolean): number[] {
  const some = Array.from({ length: 1 + below(random, 6) }, () => {
    let at = below(random, bytes.length + 1)
    while (at < bytes.length && !tells(bytes[at] ?? 0)) at += 1
    return at + below(random, 5) - 1
  })
  return ascending(some.map(cut => Math.min(bytes.length, Math.max(0, cut))))
}

function ascending(cuts: readonly number[]): number[] {
  return [...cuts].sort((a, b) => a - b)
}
