import { isUtf8 } from 'node:buffer'
import { ByteArena } from './byte-arena.ts'
import { byte } from './bytes.ts'
import { CharacterData, skipComment } from './character-data.ts'
import { malformed, wrongNamespace, type XmlFault, XmlRefusal } from './fault.ts'
import { readInstruction, skipDeclaration } from './instruction.ts'
import type { XmlLimits } from './limits.ts'
import { LineCounter } from './line-counter.ts'
import { PrefixScope } from './namespaces.ts'
import type { QualifiedName } from './qualified-name.ts'
import { applyDeclarations, resolveAttributes } from './resolve-tag.ts'
import { strictRules, type XmlRules } from './rules.ts'
import { endOfName, skipWhite, TagReader } from './start-tag.ts'
import type { XmlDeclaration, XmlTreeAttribute } from './tree.ts'
import { bytesOfCutCharacter, validPrefixBytes } from './utf8.ts'
import type { Window } from './window.ts'

/** Takes the text of an element that is not to be kept. */
export interface TextSink {
  /**
   * Takes bytes as long as they need no change to be canonical text.
   *
   * @returns offset of the first byte that was not taken
   */
  takePlain(bytes: Buffer, from: number, to: number): number
  /** Line feeds among all that was taken by `takePlain`. */
  readonly lineFeeds: number
  /** Takes text in its canonical form. */
  take(bytes: Buffer, from: number, to: number): void
}

/** Told of a document in its order. Text is in `arena`, in its canonical form. */
export interface XmlEvents {
  /** @returns where the text of this element goes instead of the arena */
  startElement(
    name: QualifiedName,
    namespace: string,
    attributes: readonly XmlTreeAttribute[],
    declarations: readonly XmlDeclaration[],
  ): TextSink | undefined
  endElement(name: QualifiedName): void
  /** Character data was appended to the arena from this offset on. */
  text(from: number): void
  comment(): void
  /** Absent: processing instructions refuse the document. */
  instruction?(target: string, raw: string): void
}

type Inside = 'markup' | 'comment' | 'section'

/** Prefixes reported; further ones say nothing new. */
const maxUnbound = 50
const sectionStart = Buffer.from('<![CDATA[')
const doctypeStart = Buffer.from('<!DOCTYPE')
const commentStart = Buffer.from('<!--')
/** The longest that must be seen to tell what kind of markup `<!` begins. */
const longestOpening = sectionStart.length

/**
 * One pass over a document that arrives in chunks of any size: well-formedness (XML 1.0, fifth edition, without DTD),
 * name spaces, limits, and every text in its canonical form. Nothing of a chunk is kept but what the next one completes.
 */
export class XmlScanner {
  readonly arena: ByteArena
  readonly #limits: XmlLimits
  readonly #rules: XmlRules
  readonly #events: XmlEvents
  readonly #tags: TagReader
  readonly #data = new CharacterData()
  readonly #scope = new PrefixScope()
  readonly #lines = new LineCounter()
  readonly #window: Window = { bytes: Buffer.alloc(0), at: 0, end: 0, final: false }
  /** Text for a sink that is not plain. */
  #rewritten: ByteArena | undefined
  readonly #open: QualifiedName[] = []
  readonly #sinks: (TextSink | undefined)[] = []
  #sink: TextSink | undefined
  /** Bytes of the window after `end`: the beginning of a character. */
  #cut = 0
  #begun = false
  #rootSeen = false
  #byteOrderMark = false
  #blankStart = false
  #inside: Inside = 'markup'
  #sizeBytes = 0
  #elements = 0
  #attributes = 0
  readonly #faults: XmlFault[] = []
  readonly #unbound = new Set<string>()
  #ended = false

  /** @param arena where texts are kept; given to use its memory again */
  constructor(limits: XmlLimits, events: XmlEvents, rules: XmlRules = strictRules, arena?: ByteArena) {
    this.#limits = limits
    this.#rules = rules
    this.#events = events
    this.#tags = new TagReader(limits)
    this.arena = arena ?? new ByteArena(limits.maxKeptBytes)
  }

  /** Why the document is refused, as far as that is known. */
  get faults(): readonly XmlFault[] {
    return this.#faults
  }

  get byteOrderMark(): boolean {
    return this.#byteOrderMark
  }

  /** The next bytes; they are not kept and may be overwritten afterwards. */
  write(chunk: Uint8Array): void {
    this.#guarded(() => {
      this.#sizeBytes += chunk.length
      const { maxBytes } = this.#limits
      if (this.#sizeBytes > maxBytes) throw new XmlRefusal('R.XML.Size', { max: maxBytes })
      const isValid = this.#append(chunk)
      this.#run()
      if (!isValid) throw malformed('not UTF-8')
      this.#keepRest()
    })
  }

  /** Nothing more comes. */
  end(): void {
    this.#guarded(() => {
      if (this.#cut > 0) throw malformed('not UTF-8')
      this.#window.final = true
      this.#run()
      if (this.#inside !== 'markup' || this.#window.at < this.#window.end) throw malformed('not closed')
      const [open] = this.#open.slice(-1)
      if (open !== undefined) throw malformed(`${open.qualified} is not closed`)
      if (!this.#rootSeen) throw malformed('no element')
    })
  }

  #guarded(work: () => void): void {
    if (this.#ended) return
    try {
      work()
    } catch (error) {
      if (!(error instanceof XmlRefusal)) throw error
      this.#ended = true
      this.#report(error)
    }
  }

  #report({ code, details }: XmlRefusal): void {
    const { line, column } = this.#lines.placeIn(this.#window)
    this.#faults.push({ code, line, details: { column, ...details } })
  }

  /** A prefix that is bound to nothing refuses the document; the scan goes on to find its other faults. */
  readonly #reportUnbound = (prefix: string): void => {
    if (this.#unbound.has(prefix) || this.#unbound.size >= maxUnbound) return
    this.#unbound.add(prefix)
    this.#report(wrongNamespace('prefix that is not bound', prefix))
  }

  /** @returns whether all of it is UTF-8; what comes before the first byte that is not can be read all the same */
  #append(chunk: Uint8Array): boolean {
    const window = this.#window
    const arrived = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
    const rest = window.bytes.subarray(window.at, window.end + this.#cut)
    window.bytes = rest.length === 0 ? arrived : Buffer.concat([rest, arrived])
    window.at = 0
    this.#cut = bytesOfCutCharacter(window.bytes)
    window.end = window.bytes.length - this.#cut
    if (isUtf8(window.bytes.subarray(0, window.end))) return true
    window.end = validPrefixBytes(window.bytes)
    return false
  }

  /** The chunk belongs to the caller: what the next one completes is copied. */
  #keepRest(): void {
    const window = this.#window
    this.#lines.forget(window)
    window.bytes = Buffer.from(window.bytes.subarray(window.at, window.end + this.#cut))
    window.at = 0
    window.end = window.bytes.length - this.#cut
  }

  #run(): void {
    const window = this.#window
    if (!this.#begun && !this.#begin()) return
    while (window.at < window.end) {
      if (!this.#step()) return
    }
  }

  /** One piece of the document; false when the rest of the window has to wait for more. */
  #step(): boolean {
    if (this.#inside === 'comment') return this.#comment()
    if (this.#inside === 'section') return this.#section()
    if (this.#window.bytes[this.#window.at] === byte.lessThan) return this.#markup()
    return this.#text()
  }

  /** Byte-order mark and XML declaration. */
  #begin(): boolean {
    const window = this.#window
    const { bytes, end, final } = window
    if (end < 3 && !final) return false
    if (
      !this.#byteOrderMark &&
      !this.#blankStart &&
      end >= 3 &&
      bytes[0] === 0xef &&
      bytes[1] === 0xbb &&
      bytes[2] === 0xbf
    ) {
      window.at = 3
      this.#byteOrderMark = true
    }
    if (this.#rules.leadingWhiteSpace) this.#skipLeading(window)
    if (window.at >= end && !final) return false
    if (window.at >= end || bytes[window.at] !== byte.lessThan) throw malformed('no markup at the start')
    // A declaration after white space is no declaration.
    this.#begun = this.#blankStart || skipDeclaration(window)
    return this.#begun
  }

  #skipLeading(window: Window): void {
    const after = skipWhite(window.bytes, window.at, window.end)
    this.#blankStart ||= after > window.at
    window.at = after
  }

  #markup(): boolean {
    const { bytes, at, end, final } = this.#window
    if (at + 1 === end) {
      if (final) throw malformed('a tag is not closed')
      return false
    }
    switch (bytes[at + 1]) {
      case byte.slash:
        return this.#endTag()
      case byte.exclamation:
        return this.#declaration()
      case byte.question:
        return this.#instruction()
      default:
        return this.#startTag()
    }
  }

  #startTag(): boolean {
    const tag = this.#tags.read(this.#window)
    if (tag === undefined) return false
    this.#count(tag.attributes.length + tag.declarations.length)
    if (this.#open.length === 0) {
      if (this.#rootSeen) throw malformed('a second root element')
      this.#rootSeen = true
    }
    if (this.#open.length >= this.#limits.maxDepth) {
      throw new XmlRefusal('R.XML.Depth', { max: this.#limits.maxDepth })
    }
    const { name, declarations } = tag
    this.#scope.open()
    const namespace = applyDeclarations(tag, this.#scope, this.#rules, this.#reportUnbound)
    const attributes = resolveAttributes(tag.attributes, this.#scope, this.#reportUnbound)
    const sink = this.#events.startElement(name, namespace, attributes, declarations)
    if (tag.empty) this.#closeElement(name)
    else {
      this.#open.push(name)
      this.#sinks.push(this.#sink)
      this.#sink = sink
    }
    return true
  }

  #count(attributes: number): void {
    const { maxElements, maxAttributes } = this.#limits
    this.#elements += 1
    this.#attributes += attributes
    if (this.#elements > maxElements) throw new XmlRefusal('R.XML.Elements', { max: maxElements })
    if (this.#attributes > maxElements) throw new XmlRefusal('R.XML.Attributes', { max: maxAttributes })
  }

  #endTag(): boolean {
    const window = this.#window
    const { bytes, at, end, final } = window
    const nameEnd = endOfName(bytes, at + 2, end)
    const close = skipWhite(bytes, nameEnd, end)
    if (close === end) {
      if (final) throw malformed('a tag is not closed')
      if (end - at > this.#limits.maxTagBytes) throw new XmlRefusal('R.XML.Text', { max: this.#limits.maxTagBytes })
      return false
    }
    const name = this.#open.pop()
    if (name === undefined || bytes[close] !== byte.greaterThan || !standsAt(name.bytes, bytes, at + 2, nameEnd)) {
      const written = bytes.toString('utf8', at + 2, Math.min(nameEnd, at + 42))
      throw malformed(`end tag ${written} where ${name?.qualified ?? 'none'} is open`)
    }
    window.at = close + 1
    this.#sink = this.#sinks.pop()
    this.#closeElement(name)
    return true
  }

  #closeElement(name: QualifiedName): void {
    this.#events.endElement(name)
    this.#scope.close()
  }

  /** What `<!` begins: a comment or a CDATA section; anything else refuses the document. */
  #declaration(): boolean {
    const window = this.#window
    if (this.#startsWith(commentStart)) {
      window.at += commentStart.length
      this.#count(0)
      this.#inside = 'comment'
      this.#events.comment()
      return true
    }
    if (this.#startsWith(sectionStart)) {
      if (this.#open.length === 0) throw malformed('CDATA outside the root element')
      window.at += sectionStart.length
      this.#count(0)
      this.#inside = 'section'
      return true
    }
    if (this.#startsWith(doctypeStart)) throw new XmlRefusal('M.XML.Doctype', {})
    if (window.end - window.at >= longestOpening || window.final) throw malformed('declaration')
    return false
  }

  #startsWith(opening: Buffer): boolean {
    const { bytes, at, end } = this.#window
    return at + opening.length <= end && standsAt(opening, bytes, at, at + opening.length)
  }

  #instruction(): boolean {
    const { instruction } = this.#events
    if (instruction === undefined) throw malformed('processing instruction')
    const read = readInstruction(this.#window, this.#limits.maxTagBytes)
    if (read === undefined) return false
    this.#count(0)
    instruction(read.target, read.raw)
    return true
  }

  #comment(): boolean {
    if (!skipComment(this.#window)) return false
    this.#inside = 'markup'
    return true
  }

  #section(): boolean {
    const target = this.#target()
    const from = target.length
    const ended = this.#data.copySection(this.#window, target)
    this.#handOver(target, from)
    if (ended) this.#inside = 'markup'
    return ended
  }

  #text(): boolean {
    if (this.#open.length === 0) return this.#outsideRoot()
    if (this.#sink !== undefined && this.#plainText(this.#sink)) return true
    const target = this.#target()
    const from = target.length
    const reachedMarkup = this.#data.copyText(this.#window, target)
    this.#handOver(target, from)
    return reachedMarkup
  }

  #outsideRoot(): boolean {
    const window = this.#window
    window.at = skipWhite(window.bytes, window.at, window.end)
    if (window.at < window.end && window.bytes[window.at] !== byte.lessThan) {
      throw malformed('text outside the root element')
    }
    return window.at < window.end
  }

  /** Hands a whole stretch of text to the sink as it stands; false when it has to be looked at byte by byte. */
  #plainText(sink: TextSink): boolean {
    const window = this.#window
    const { bytes, at, end } = window
    const markup = bytes.indexOf(byte.lessThan, at)
    const before = sink.lineFeeds
    const taken = sink.takePlain(bytes, at, markup === -1 ? end : markup)
    if (taken === at) return false
    this.#lines.pass(window, taken, sink.lineFeeds - before)
    window.at = taken
    return true
  }

  /** Where text is copied to: what a sink takes is not kept. */
  #target(): ByteArena {
    if (this.#sink === undefined) return this.arena
    this.#rewritten ??= new ByteArena(Number.MAX_SAFE_INTEGER)
    this.#rewritten.length = 0
    return this.#rewritten
  }

  #handOver(target: ByteArena, from: number): void {
    if (target.length === from) return
    if (this.#sink === undefined) this.#events.text(from)
    else this.#sink.take(target.bytes, 0, target.length)
  }
}

/** Whether the bytes from `from` to `to` are these. */
function standsAt(expected: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from !== expected.length) return false
  for (let index = 0; index < expected.length; index += 1) if (expected[index] !== bytes[from + index]) return false
  return true
}
