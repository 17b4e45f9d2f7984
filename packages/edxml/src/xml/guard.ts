import { isUtf8 } from 'node:buffer'
import type { EnvelopeLimits } from '../reading.ts'
import type { XmlFault } from './fault.ts'

export interface GuardedBytes {
  /** Without a byte-order mark. */
  readonly bytes: Buffer
  readonly byteOrderMark: boolean
  readonly hasComments: boolean
}

const declarationForm =
  /^<\?xml\s+version\s*=\s*(?:"1\.0"|'1\.0')(?:\s+encoding\s*=\s*(?:"([\w.-]+)"|'([\w.-]+)'))?(?:\s+standalone\s*=\s*(?:"(?:yes|no)"|'(?:yes|no)'))?\s*\?>/
const declarationMaxBytes = 200

const quote = 0x22
const apostrophe = 0x27
const slash = 0x2f
const lessThan = 0x3c
const greaterThan = 0x3e
const question = 0x3f
const exclamation = 0x21

/**
 * A linear look at the markup, before the parser: refuses what would be dear or dangerous to parse (edXML 2.1 rules 1,
 * 2 and 10). It decides nothing else: whether the XML is well-formed is the parser's answer alone.
 */
export function guard(input: Uint8Array, limits: EnvelopeLimits): GuardedBytes | XmlFault {
  if (input.length > limits.maxEnvelopeBytes) {
    return { code: 'R.XML.Size', line: 1, details: { sizeBytes: input.length, max: limits.maxEnvelopeBytes } }
  }
  const all = Buffer.from(input.buffer, input.byteOffset, input.byteLength)
  const byteOrderMark = all.length >= 3 && all[0] === 0xef && all[1] === 0xbb && all[2] === 0xbf
  const bytes = byteOrderMark ? all.subarray(3) : all
  if (bytes[0] !== lessThan) return { code: 'M.XML', line: 1, details: { column: 1, reason: 'no markup at the start' } }
  if (!isUtf8(bytes)) return { code: 'M.XML', line: 1, details: { reason: 'not UTF-8' } }

  const walk = new MarkupWalk(bytes.toString('latin1'), limits)
  const fault = walk.run()
  if (fault === undefined) return { bytes, byteOrderMark, hasComments: walk.hasComments }
  return { line: lineAt(bytes, walk.position), ...fault }
}

function lineAt(bytes: Buffer, position: number): number {
  let line = 1
  for (let at = bytes.indexOf(0x0a); at !== -1 && at < position; at = bytes.indexOf(0x0a, at + 1)) line += 1
  return line
}

type Refusal = Omit<XmlFault, 'line'>

class MarkupWalk {
  hasComments = false
  /** Offset of the markup being looked at. */
  position = 0
  /** One character per byte. */
  readonly #text: string
  readonly #limits: EnvelopeLimits
  #depth = 0
  #elements = 0
  #attributes = 0

  constructor(text: string, limits: EnvelopeLimits) {
    this.#text = text
    this.#limits = limits
  }

  run(): Refusal | undefined {
    const refusal = this.#declaration()
    if (refusal !== undefined) return refusal
    while (this.position !== -1) {
      const refused = this.#markup()
      if (refused !== undefined) return refused
    }
    return undefined
  }

  #declaration(): Refusal | undefined {
    if (!/^<\?xml\s/.test(this.#text.slice(0, 6))) return undefined
    const declaration = declarationForm.exec(this.#text.slice(0, declarationMaxBytes))
    if (declaration === null) return { code: 'M.XML', details: { reason: 'XML declaration' } }
    const encoding = declaration[1] ?? declaration[2] ?? 'utf-8'
    if (encoding.toLowerCase() !== 'utf-8') return { code: 'M.XML', details: { reason: 'encoding is not UTF-8' } }
    this.#next(declaration[0].length)
    return undefined
  }

  #next(from: number): void {
    this.position = this.#text.indexOf('<', from)
  }

  #markup(): Refusal | undefined {
    const kind = this.#text.charCodeAt(this.position + 1)
    if (kind === slash) {
      this.#depth -= 1
      this.#next(this.position + 2)
      return undefined
    }
    if (kind === question) return { code: 'M.XML', details: { reason: 'processing instruction' } }
    if (kind === exclamation) return this.#declarationOrComment()
    return this.#startTag()
  }

  /** Comments and CDATA sections cost the parser a node each, so they count as elements. */
  #declarationOrComment(): Refusal | undefined {
    const crowded = this.#countElement()
    if (crowded !== undefined) return crowded
    if (this.#text.startsWith('<!--', this.position)) {
      this.hasComments = true
      return this.#skipPast('-->', 4)
    }
    if (this.#text.startsWith('<![CDATA[', this.position)) return this.#skipPast(']]>', 9)
    if (this.#text.startsWith('<!DOCTYPE', this.position)) return { code: 'M.XML.Doctype' }
    return { code: 'M.XML', details: { reason: 'declaration' } }
  }

  #countElement(): Refusal | undefined {
    this.#elements += 1
    const max = this.#limits.maxElements
    return this.#elements > max ? { code: 'R.XML.Elements', details: { max } } : undefined
  }

  #skipPast(end: string, openingLength: number): Refusal | undefined {
    const at = this.#text.indexOf(end, this.position + openingLength)
    if (at === -1) return { code: 'M.XML', details: { reason: 'not closed' } }
    this.#next(at + end.length)
    return undefined
  }

  #startTag(): Refusal | undefined {
    const { maxDepth, maxElements, maxAttributes, maxTextBytes } = this.#limits
    const crowded = this.#countElement()
    if (crowded !== undefined) return crowded

    const { end, attributes } = this.#tagEnd(this.position + maxTextBytes)
    this.#attributes += attributes
    if (attributes > maxAttributes || this.#attributes > maxElements) {
      return { code: 'R.XML.Attributes', details: { max: maxAttributes } }
    }
    if (end === -1) return { code: 'R.XML.Text', details: { max: maxTextBytes } }

    const empty = this.#text.charCodeAt(end - 1) === slash
    if (!empty) this.#depth += 1
    if (this.#depth + (empty ? 1 : 0) > maxDepth) return { code: 'R.XML.Depth', details: { max: maxDepth } }
    this.#next(end)
    return undefined
  }

  /** Offset of the tag's `>`, quoted values skipped; -1 when it lies beyond `last`. A tag that never ends is the parser's. */
  #tagEnd(last: number): { end: number; attributes: number } {
    const text = this.#text
    let attributes = 0
    let open = 0
    for (let at = this.position + 1; at < text.length; at += 1) {
      if (at > last) return { end: -1, attributes }
      const character = text.charCodeAt(at)
      if (open !== 0) {
        if (character === open) open = 0
      } else if (character === greaterThan) {
        return { end: at, attributes }
      } else if (character === quote || character === apostrophe) {
        open = character
        attributes += 1
        if (attributes > this.#limits.maxAttributes) return { end: -1, attributes }
      }
    }
    return { end: text.length, attributes }
  }
}
