/** One attribute or declaration as written, its value still escaped. */
export type WrittenAttribute = readonly [name: string, rawValue: string]

export interface WrittenTag {
  readonly name: string
  /** None on an end tag. */
  readonly attributes: readonly WrittenAttribute[]
  /** Offset after the tag. */
  readonly end: number
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
const greaterThan = 0x3e
const white = /\s/
/** 1 where a character of ASCII cannot be part of a name. */
const endsName = Uint8Array.from({ length: 0x80 }, (_, code) =>
  /[\s<>&"'=/!?]/.test(String.fromCharCode(code)) ? 1 : 0,
)
const none: readonly WrittenAttribute[] = []

/**
 * The start tag at `at` as canonical XML writes it: one space before each attribute, double quotes, nothing else.
 *
 * @throws CanonicalXmlError when it is written in any other way
 */
export function readStartTag(text: string, at: number): WrittenTag {
  const nameEnd = endOfName(text, at + 1)
  const attributes: WrittenAttribute[] = []
  let end = nameEnd
  while (text.charCodeAt(end) === space) {
    const equalsAt = endOfName(text, end + 1)
    const valueEnd = text.indexOf('"', equalsAt + 2)
    const isOpened = text.charCodeAt(equalsAt) === equals && text.charCodeAt(equalsAt + 1) === quote
    if (equalsAt === end + 1 || !isOpened || valueEnd < 0) throw notCanonical(at)
    const rawValue = text.slice(equalsAt + 2, valueEnd)
    if (rawValue.includes('<')) throw notCanonical(at)
    attributes.push([text.slice(end + 1, equalsAt), rawValue])
    end = valueEnd + 1
  }
  if (nameEnd === at + 1 || text.charCodeAt(end) !== greaterThan) throw notCanonical(at)
  return { name: text.slice(at + 1, nameEnd), attributes, end: end + 1 }
}

/** @throws CanonicalXmlError when what is at `at` is no end tag */
export function readEndTag(text: string, at: number): WrittenTag {
  const nameEnd = endOfName(text, at + 2)
  if (nameEnd === at + 2 || text.charCodeAt(nameEnd) !== greaterThan) throw notCanonical(at)
  return { name: text.slice(at + 2, nameEnd), attributes: none, end: nameEnd + 1 }
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

function notCanonical(at: number): CanonicalXmlError {
  return new CanonicalXmlError(`markup that is not canonical at ${at}`)
}
