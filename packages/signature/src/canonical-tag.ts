import { CanonicalXmlError, readStartTag, unescaped } from './canonical-markup.ts'

/** A start tag, as far as it says the same wherever it stands. */
export interface CanonicalTag {
  readonly prefix: string
  readonly name: string
  /** `</prefix:name>`. */
  readonly endTag: string
  /** Name spaces by prefix; absent where it declares none. */
  readonly declared: ReadonlyMap<string, string> | undefined
  /** Values by name as written, declarations left out. */
  readonly attributes: ReadonlyMap<string, string>
  readonly hasPrefixedAttributes: boolean
}

const maxKnown = 1000
const maxKnownCharacters = 256

/** By their text: Signatures repeat a dozen. Tags made up to fill the table start it anew. */
const known = new Map<string, CanonicalTag>()

/**
 * The start tag that is all of this text.
 *
 * @throws CanonicalXmlError when it is written otherwise than canonical XML writes it
 */
export function canonicalTag(text: string): CanonicalTag {
  return known.get(text) ?? learn(text)
}

function learn(text: string): CanonicalTag {
  if (text.length > maxKnownCharacters) return read(text)
  // A slice would keep the document alive that it was cut from.
  const own = Buffer.from(text).toString()
  const tag = read(own)
  if (known.size >= maxKnown) known.clear()
  known.set(own, tag)
  return tag
}

function read(text: string): CanonicalTag {
  const written = readStartTag(text)
  const declared = new Map<string, string>()
  const attributes = new Map<string, string>()
  let hasPrefixedAttributes = false
  for (const [name, rawValue] of written.attributes) {
    const isDeclaration = name === 'xmlns' || name.startsWith('xmlns:')
    const target = isDeclaration ? declared : attributes
    const key = isDeclaration ? name.slice('xmlns:'.length) : name
    if (target.has(key)) throw new CanonicalXmlError(`attribute ${name} twice`)
    target.set(key, unescaped(rawValue))
    hasPrefixedAttributes ||= !isDeclaration && name.includes(':')
  }
  const colon = written.name.indexOf(':')
  return {
    prefix: written.name.slice(0, Math.max(colon, 0)),
    name: written.name.slice(colon + 1),
    endTag: `</${written.name}>`,
    declared: declared.size === 0 ? undefined : declared,
    attributes,
    hasPrefixedAttributes,
  }
}
