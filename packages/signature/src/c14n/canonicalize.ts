import type { XmlInstruction, XmlTree, XmlTreeAttribute, XmlTreeElement } from '@docaxis/edxml/xml'
import type { CanonicalMethod } from './canonical-method.ts'
import { type CanonicalBudget, CanonicalSink, hashingSink } from './canonical-sink.ts'
import { unescapeRaw } from './escapes.ts'
import { apexAttributes } from './inherited-attributes.ts'
import { NamespaceWriter } from './namespaces.ts'

/** What is written: the whole document, or one element with all it holds. */
export interface CanonicalPart {
  readonly of: XmlTree | XmlTreeElement
  /** Left out with all it holds: the Signature of an enveloped signature. */
  readonly without?: XmlTreeElement
}

/**
 * Canonical form of a part, UTF-8: Exclusive XML Canonicalization 1.0 (RFC 3741), Canonical XML 1.0 or 1.1, without
 * comments.
 *
 * @throws CanonicalFormError when there is none, or when it passes the budget
 */
export function canonicalBytes(part: CanonicalPart, method: CanonicalMethod, budget = unlimited()): Buffer {
  const pieces: Buffer[] = []
  const sink = new CanonicalSink(budget, piece => pieces.push(Buffer.from(piece, 'latin1')))
  writePart(part, method, sink)
  return Buffer.concat(pieces)
}

/** Digest of the canonical form, without holding that form. */
export function canonicalDigest(
  part: CanonicalPart,
  method: CanonicalMethod,
  algorithm: string,
  budget = unlimited(),
): Buffer {
  const { sink, hash } = hashingSink(algorithm, budget)
  writePart(part, method, sink)
  return hash.digest()
}

function unlimited(): CanonicalBudget {
  return { remainingBytes: Number.POSITIVE_INFINITY }
}

function writePart({ of, without }: CanonicalPart, method: CanonicalMethod, sink: CanonicalSink): void {
  const apex = 'root' in of ? of.root : of
  const writer = new ElementWriter(method, sink, without)
  if ('root' in of) for (const node of of.prolog) if (node.kind === 'instruction') sink.write(`${instruction(node)}\n`)
  if (apex !== without) writer.write(apex)
  if ('root' in of) for (const node of of.epilog) if (node.kind === 'instruction') sink.write(`\n${instruction(node)}`)
  sink.flush()
}

function instruction({ target, raw }: XmlInstruction): string {
  return raw === '' ? `<?${target}?>` : `<?${target} ${raw}?>`
}

class ElementWriter {
  readonly #method: CanonicalMethod
  readonly #sink: CanonicalSink
  readonly #without: XmlTreeElement | undefined
  readonly #namespaces: NamespaceWriter
  #depth = 0

  constructor(method: CanonicalMethod, sink: CanonicalSink, without: XmlTreeElement | undefined) {
    this.#method = method
    this.#sink = sink
    this.#without = without
    this.#namespaces = new NamespaceWriter(method)
  }

  write(element: XmlTreeElement): void {
    const tag = qualified(element.prefix, element.name)
    const attributes = this.#depth === 0 ? apexAttributes(element, this.#method) : element.attributes
    this.#sink.write(`<${tag}${this.#declarations(element)}${written(attributes)}>`)
    this.#depth += 1
    for (const child of element.children) {
      if (child.kind === 'text') this.#sink.write(child.raw)
      else if (child.kind === 'instruction') this.#sink.write(instruction(child))
      else if (child.kind === 'element' && child !== this.#without) this.write(child)
    }
    this.#depth -= 1
    this.#sink.write(`</${tag}>`)
    this.#namespaces.leave()
  }

  #declarations(element: XmlTreeElement): string {
    let text = ''
    for (const { prefix, namespace } of this.#namespaces.enter(element)) {
      text += prefix === '' ? ` xmlns="${namespace}"` : ` xmlns:${prefix}="${namespace}"`
    }
    return text
  }
}

function written(attributes: readonly XmlTreeAttribute[]): string {
  const [first] = attributes
  if (first === undefined) return ''
  const sorted = attributes.length === 1 ? attributes : [...attributes].sort(byNamespaceThenName)
  let text = ''
  for (const { prefix, name, rawValue } of sorted) text += ` ${qualified(prefix, name)}="${rawValue}"`
  return text
}

function byNamespaceThenName(one: XmlTreeAttribute, other: XmlTreeAttribute): number {
  if (one.namespace === other.namespace) return one.name < other.name ? -1 : 1
  // Escapes would sort by their ampersand.
  return unescapeRaw(one.namespace) < unescapeRaw(other.namespace) ? -1 : 1
}

function qualified(prefix: string, name: string): string {
  return prefix === '' ? name : `${prefix}:${name}`
}
