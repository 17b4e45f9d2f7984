import { canonicalEscapes } from '@docaxis/edxml/xml'

/** One attribute or declaration as written, its value still escaped. */
export type WrittenAttribute = readonly [name: string, rawValue: string]

export interface WrittenTag {
  readonly name: string
  readonly attributes: readonly WrittenAttribute[]
}

export class CanonicalXmlError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'CanonicalXmlError'
  }
}

const space = 0x20
const quote = 0x22
const equals = 0x3d
const white = /\s/
/** 1 where a character of ASCII cannot be part of a name. */
const endsName = Uint8Array.from({ length: 0x80 }, (_, code) =>
  /[\s<>&"'=/!?]/.test(String.fromCharCode(code)) ? 1 : 0,
)

/**
 * The start tag that is all of `text`, as canonical XML writes it: one space before each attribute, double quotes,
 * nothing else.
 *
 * @throws CanonicalXmlError when it is written in any other way
 */
export function readStartTag(text: string): WrittenTag {
  const nameEnd = endOfName(text, 1)
  const attributes: WrittenAttribute[] = []
  let end = nameEnd
  while (text.charCodeAt(end) === space) {
    const equalsAt = endOfName(text, end + 1)
    const valueEnd = text.indexOf('"', equalsAt + 2)
    const isOpened = text.charCodeAt(equalsAt) === equals && text.charCodeAt(equalsAt + 1) === quote
    if (equalsAt === end + 1 || !isOpened || valueEnd < 0) throw notCanonical(text)
    const rawValue = text.slice(equalsAt + 2, valueEnd)
    if (rawValue.includes('<')) throw notCanonical(text)
    attributes.push([text.slice(end + 1, equalsAt), rawValue])
    end = valueEnd + 1
  }
  if (nameEnd === 1 || text.slice(end) !== '>') throw notCanonical(text)
  return { name: text.slice(1, nameEnd), attributes }
}

/** Text or value as it was before it was escaped. @throws CanonicalXmlError when it is escaped in any other way */
export function unescaped(text: string): string {
  if (text.includes('>')) throw new CanonicalXmlError('unescaped >')
  if (!text.includes('&')) return text
  return text.replace(/&[^;]*;?/g, reference => {
    const character = canonicalEscapes[reference]
    if (character === undefined) throw new CanonicalXmlError(`reference ${reference.slice(0, 12)}`)
    return character
  })
}

function endOfName(text: string, from: number): number {
  let at = from
  while (at < text.length && isOfName(text, at)) at += 1
  return at
}

function isOfName(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code < 0x80 ? endsName[code] === 0 : !white.test(text.charAt(at))
}

function notCanonical(tag: string): CanonicalXmlError {
  return new CanonicalXmlError(`not as a canonical form writes it: ${tag.slice(0, 40)}`)
}
