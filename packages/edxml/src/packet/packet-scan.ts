import type { CarriedFiles } from '../attachment/carried-file.ts'
import type { EnvelopeLimits } from '../reading.ts'
import { qcvn, xmldsig } from '../wire.ts'
import { PrefixScope } from '../xml/namespaces.ts'
import type { QualifiedName } from '../xml/qualified-name.ts'
import { strictRules } from '../xml/rules.ts'
import { XmlScanner } from '../xml/scanner.ts'
import type { XmlEvents } from '../xml/xml-events.ts'
import { giveBackArena, takeArena } from './arena-pool.ts'
import { CanonicalDigest } from './canonical-digest.ts'
import { noDeclarations, renderDeclarations, sortedAttributes, writeStartTag } from './canonical-tag.ts'
import { CarriedSink } from './carried-sink.ts'
import { digestAlgorithmIn } from './digest-method.ts'
import { type CarriedText, isNamed, type XmlAttribute, type XmlElement } from './element.ts'

interface OpenElement extends XmlElement {
  readonly parent: OpenElement | undefined
  children: XmlElement[]
  contentStart: number
  contentEnd: number
  end: number
  carried: CarriedText | undefined
}

const noChildren: XmlElement[] = []
/** Where the encoded files stand, from the root (edXML 4). */
const carrierPath = ['edXML', 'AttachmentEncoded', 'Attachment', 'ContentTransferEncoded']

/**
 * One pass over a packet: builds its canonical skeleton (the exclusive canonical form without the encoded files) with
 * the tree of elements, and sends the encoded files past it into the digest and to where decoded files go.
 */
export class PacketScan implements XmlEvents {
  readonly scanner: XmlScanner
  readonly digest: CanonicalDigest
  /** In document order. */
  readonly elements: XmlElement[] = []
  /** Comments or processing instructions inside the first Signature. */
  commentInSignature = false
  readonly #files: CarriedFiles | undefined
  readonly #rendered = new PrefixScope()
  /** Elements that are open. */
  #depth = 0
  #current: OpenElement | undefined
  #signature: OpenElement | undefined
  #inSignature = false
  /** Of the ContentTransferEncoded that is open. */
  #carrier: CarriedSink | undefined

  /** @param files where decoded files go; absent: Base64 is checked and not decoded */
  constructor(limits: EnvelopeLimits, files: CarriedFiles | undefined) {
    this.#files = files
    this.scanner = new XmlScanner(
      {
        maxBytes: limits.maxEnvelopeBytes,
        maxKeptBytes: limits.maxSkeletonBytes,
        maxDepth: limits.maxDepth,
        maxElements: limits.maxElements,
        maxAttributes: limits.maxAttributes,
        maxTagBytes: limits.maxTextBytes,
      },
      this,
      strictRules,
      takeArena(limits.maxSkeletonBytes),
    )
    this.digest = new CanonicalDigest(this.scanner.arena)
  }

  /** Whether encoded files are decoded, not only checked. */
  get decodes(): boolean {
    return this.#files !== undefined
  }

  /** Nothing of this scan is looked at any more but what was made of it. */
  release(): void {
    if (this.digest.isComplete) giveBackArena(this.scanner.arena)
  }

  startElement(name: QualifiedName, namespace: string, written: readonly XmlAttribute[]): CarriedSink | undefined {
    const { arena } = this.scanner
    const parent = this.#current
    const start = arena.length
    const { prefix } = name
    this.#rendered.open()
    const attributes = sortedAttributes(written)
    // What the parent uses, the parent or an ancestor of it has rendered.
    const isKnown = attributes.length === 0 && parent?.prefix === prefix && parent.namespace === namespace
    const declarations = isKnown
      ? noDeclarations
      : renderDeclarations({ prefix, namespace, attributes }, this.#rendered)
    const isAsWritten = declarations.length === 0 && this.scanner.keepTag()
    if (!isAsWritten) writeStartTag(arena, name.opening, attributes, declarations)
    const { length } = arena
    const element: OpenElement = {
      parent,
      prefix,
      namespace,
      name: name.local,
      attributes,
      children: noChildren,
      start,
      contentStart: length,
      contentEnd: length,
      end: length,
      declared: declarations.length,
      carried: undefined,
    }
    if (parent !== undefined) adopt(parent, element)
    this.elements.push(element)
    this.#depth += 1
    this.#current = element
    if (this.#signature === undefined && isNamed(element, xmldsig, 'Signature')) {
      this.#signature = element
      this.#inSignature = true
    }
    if (!isCarrier(element, this.#depth)) return undefined
    this.#carrier = new CarriedSink(this.digest, this.#files?.open())
    return this.#carrier
  }

  endElement(name: QualifiedName): void {
    const { arena } = this.scanner
    const element = this.#current as OpenElement
    element.contentEnd = arena.length
    if (!this.scanner.keepTag()) arena.append(name.endTag, 0, name.endTag.length)
    element.end = arena.length
    this.#rendered.close()
    this.#current = element.parent
    if (element === this.#signature) {
      this.#inSignature = false
      this.digest.leaveOut(element, digestAlgorithmIn(element))
    }
    if (this.#carrier !== undefined && isCarrier(element, this.#depth)) {
      element.carried = this.#carrier.end()
      this.#carrier = undefined
    }
    this.#depth -= 1
  }

  /** It is in the arena, which is all that is wanted of it. */
  text(): void {}

  comment(): void {
    this.commentInSignature ||= this.#inSignature
  }
}

function adopt(parent: OpenElement, child: XmlElement): void {
  if (parent.children === noChildren) parent.children = [child]
  else parent.children.push(child)
}

function isCarrier(element: XmlElement, depth: number): boolean {
  if (depth !== carrierPath.length) return false
  let at: XmlElement | undefined = element
  for (let level = depth - 1; level >= 0 && at !== undefined; level -= 1) {
    if (!isNamed(at, qcvn, carrierPath[level] as string)) return false
    at = at.parent
  }
  return true
}
