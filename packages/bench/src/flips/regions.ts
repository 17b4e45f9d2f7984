/** What lies where in a file, as far as a report needs it. The first region that fits counts. */
const patterns: readonly (readonly [region: string, pattern: RegExp])[] = [
  ['XML declaration', /^<\?xml[^>]*\?>/g],
  ['comment', /<!--[\s\S]*?-->/g],
  ['attachment', /ContentTransferEncoded[^>]*>[^<]*/g],
  ['SignatureValue', /<SignatureValue>[^<]*/g],
  ['certificate', /<X509Certificate>[^<]*/g],
  ['rest of KeyInfo', /<KeyInfo[\s\S]*<\/KeyInfo>/g],
  ['SignedInfo', /<SignedInfo>[\s\S]*<\/SignedInfo>/g],
  ['white space in a tag', /\s+(?=[^<>]*>)/g],
]

export type RegionOf = (offset: number) => string

export function regionsOf(bytes: Buffer): RegionOf {
  const text = bytes.toString('latin1')
  const stretches = patterns.flatMap(([region, pattern]) =>
    Array.from(text.matchAll(pattern), found => ({ region, from: found.index, to: found.index + found[0].length })),
  )
  return offset => stretches.find(({ from, to }) => offset >= from && offset < to)?.region ?? 'header, body, manifest'
}
