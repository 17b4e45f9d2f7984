import { SigningError } from './signing-error.ts'

/** Markup in which `<` begins no tag, and what ends it. */
const skipped: readonly (readonly [start: string, end: string])[] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
]
const endTag = /^<\/(?:[^\s<>/:]+:)?edXMLHeader\s*>/
const longestEndTag = 256

/**
 * Offset of the one end tag of edXMLHeader.
 *
 * @param xml well-formed, as its reader has found
 * @throws SigningError when there is none, or another one
 */
export function endOfHeader(xml: Buffer): number {
  const ends: number[] = []
  for (let at = xml.indexOf('<'); at !== -1; at = xml.indexOf('<', at)) {
    const opening = xml.toString('latin1', at, at + longestEndTag)
    const skip = skipped.find(([start]) => opening.startsWith(start))
    if (skip) {
      const end = xml.indexOf(skip[1], at + skip[0].length)
      at = end === -1 ? xml.length : end + skip[1].length
    } else {
      if (endTag.test(opening)) ends.push(at)
      at += 1
    }
  }
  const [end] = ends
  if (end !== undefined && ends.length === 1) return end
  throw new SigningError(`${ends.length} end tags of edXMLHeader where one belongs`)
}
