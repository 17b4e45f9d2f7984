import { ByteArena } from './byte-arena.ts'
import { byte } from './bytes.ts'
import { CharacterData, skipComment } from './character-data.ts'
import { DocumentStart } from './document-start.ts'
import { malformed, wrongNamespace, type XmlFault, XmlRefusal } from './fault.ts'
import { IncomingBytes } from './incoming-bytes.ts'
import { readInstruction } from './instruction.ts'
import type { XmlLimits } from './limits.ts'
import { PrefixScope } from './namespaces.ts'
import type { QualifiedName } from './qualified-name.ts'
import { applyDeclarations, resolveAttributes } from './resolve-tag.ts'
import { strictRules, type XmlRules } from './rules.ts'
import { skipWhite, standsAt, TagReader } from './tag-reader.ts'
import type { TextSink, XmlEvents } from './xml-events.ts'

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
  readonly #bytes = new IncomingBytes()
  readonly #window = this.#bytes.window
  readonly #start: DocumentStart
  /** Text for a sink that is not plain. */
  #rewritten: ByteArena | undefined
  readonly #open: QualifiedName[] = []
  readonly #sinks: (TextSink | undefined)[] = []
  #sink: TextSink | undefined
  #rootSeen = false
  #inside: Inside = 'markup'
  /** Where the tag begins that is told of, if it stands as a canonical form has it; else -1. */
  #canonicalFrom = -1
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
    this.#start = new DocumentStart(rules.leadingWhiteSpace)
    this.arena = arena ?? new ByteArena(limits.maxKeptBytes)
  }

  /** Why the document is refused, as far as that is known. */
  get faults(): readonly XmlFault[] {
    return this.#faults
  }

  get byteOrderMark(): boolean {
    return this.#start.byteOrderMark
  }

  /**
   * Appends the tag that is told of now to the arena as it was written, if that is what a canonical form without
   * declarations has; false, and nothing is appended, when it is written otherwise.
   */
  keepTag(): boolean {
    if (this.#canonicalFrom === -1) return false
    this.arena.append(this.#window.bytes, this.#canonicalFrom, this.#window.at)
    return true
  }

  /** The next bytes; they are not kept and may be overwritten afterwards. */
  write(chunk: Uint8Array): void {
    this.#guarded(() => {
      this.#sizeBytes += chunk.length
      const { maxBytes } = this.#limits
      if (this.#sizeBytes > maxBytes) throw new XmlRefusal('R.XML.Size', { max: maxBytes })
      const isValid = this.#bytes.append(chunk)
      this.#run()
      if (!isValid) throw malformed('not UTF-8')
      this.arena.settle()
      this.#bytes.keepRest()
    })
  }

  /** Nothing more comes. */
  end(): void {
    this.#guarded(() => {
      if (this.#bytes.endsInCharacter) throw malformed('not UTF-8')
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
    const { line, column } = this.#bytes.place()
    this.#faults.push({ code, line, details: { column, ...details } })
  }

  /** A prefix that is bound to nothing refuses the document; the scan goes on to find its other faults. */
  readonly #reportUnbound = (prefix: string): void => {
    if (this.#unbound.has(prefix) || this.#unbound.size >= maxUnbound) return
    this.#unbound.add(prefix)
    this.#report(wrongNamespace('prefix that is not bound', prefix))
  }

  #run(): void {
    const window = this.#window
    if (!this.#start.pass(window)) return
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

  #markup(): boolean {
    const { bytes, at, end, final } = this.#window
    this.#data.endText()
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
    const { at } = this.#window
    const tag = this.#tags.read(this.#window)
    if (tag === undefined) return false
    this.#canonicalFrom = tag.canonical ? at : -1
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
    const { at } = this.#window
    const name = this.#open.at(-1)
    if (!this.#tags.readEnd(this.#window, name)) return false
    this.#canonicalFrom = this.#window.at - at === name.size + '</>'.length ? at : -1
    this.#open.pop()
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
    return standsAt(opening, opening.length, this.#window, this.#window.at)
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
    const { bytes, at, end } = this.#window
    const before = sink.lineFeeds
    const taken = sink.takePlain(bytes, at, end)
    if (taken === at) return false
    this.#bytes.pass(taken, sink.lineFeeds - before)
    return true
  }

  /** Where text is copied to: what a sink takes is not kept. */
  #target(): ByteArena {
    if (this.#sink === undefined) return this.arena
    this.#rewritten ??= new ByteArena(Number.MAX_SAFE_INTEGER)
    this.#rewritten.cut(0)
    return this.#rewritten
  }

  #handOver(target: ByteArena, from: number): void {
    if (target.length === from) return
    if (this.#sink === undefined) this.#events.text(from)
    else this.#sink.take(target.bytes, 0, target.length)
  }
}
