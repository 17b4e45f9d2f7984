import type { XmlDeclaration, XmlTreeElement } from '@docaxis/edxml/xml'
import { CanonicalFormError, type CanonicalMethod } from './canonical-method.ts'
import { unescapeRaw } from './escapes.ts'

/** A declaration to be written, and the value it hides until the element ends. */
interface Written extends XmlDeclaration {
  readonly hidden: string | undefined
}

const nothing: readonly Written[] = []

/**
 * Which name spaces an element declares in the canonical form: those that no element around it has written yet.
 * Entered and left in the order of the document.
 */
export class NamespaceWriter {
  readonly #isInclusive: boolean
  readonly #listed: ReadonlySet<string>
  /** What the written elements around say, by prefix. */
  readonly #written = new Map<string, string>()
  readonly #open: (readonly Written[])[] = []

  constructor(method: CanonicalMethod) {
    this.#isInclusive = method.form !== 'exclusive'
    this.#listed = new Set(method.form === 'exclusive' ? method.prefixes : [])
  }

  /** Declarations of this element, sorted. */
  enter(element: XmlTreeElement): readonly XmlDeclaration[] {
    const isApex = this.#open.length === 0
    if (!isApex && this.#addsNothing(element)) {
      this.#open.push(nothing)
      return nothing
    }
    for (const declaration of element.declarations) refuseRelative(declaration)
    const wanted = isApex ? this.#wantedAtApex(element) : this.#wantedBelow(element)
    const missing = this.#missing(wanted)
    for (const { prefix, namespace } of missing) this.#written.set(prefix, namespace)
    this.#open.push(missing)
    return missing
  }

  leave(): void {
    for (const { prefix, hidden } of this.#open.pop() ?? []) {
      if (hidden === undefined) this.#written.delete(prefix)
      else this.#written.set(prefix, hidden)
    }
  }

  /** Most elements: nothing is declared, and all that is used was written before. */
  #addsNothing({ declarations, prefix, namespace, attributes }: XmlTreeElement): boolean {
    if (declarations.length > 0) return false
    if (this.#isInclusive) return true
    if ((this.#written.get(prefix) ?? '') !== namespace) return false
    return attributes.every(
      one => one.prefix === '' || one.prefix === 'xml' || this.#written.get(one.prefix) === one.namespace,
    )
  }

  #wantedAtApex(element: XmlTreeElement): ReadonlyMap<string, string> {
    const wanted = this.#isInclusive ? new Map<string, string>() : visiblyUsed(element)
    if (!this.#isInclusive && this.#listed.size === 0) return wanted
    for (const [prefix, namespace] of inScope(element)) {
      if (this.#isInclusive || this.#listed.has(prefix)) wanted.set(prefix, namespace)
    }
    return wanted
  }

  /** Below the apex only a declaration of the element itself changes what is in scope. */
  #wantedBelow(element: XmlTreeElement): ReadonlyMap<string, string> {
    const wanted = this.#isInclusive ? new Map<string, string>() : visiblyUsed(element)
    for (const { prefix, namespace } of element.declarations) {
      if (this.#isInclusive || this.#listed.has(prefix)) wanted.set(prefix, namespace)
    }
    return wanted
  }

  #missing(wanted: ReadonlyMap<string, string>): readonly Written[] {
    const missing: Written[] = []
    for (const [prefix, namespace] of wanted) {
      const hidden = this.#written.get(prefix)
      if (prefix !== 'xml' && (hidden ?? '') !== namespace) missing.push({ prefix, namespace, hidden })
    }
    return missing.length < 2 ? missing : missing.sort((a, b) => (a.prefix < b.prefix ? -1 : 1))
  }
}

/** Prefixes that the tag itself and its attributes use (RFC 3741, 1.1). */
function visiblyUsed(element: XmlTreeElement): Map<string, string> {
  const used = new Map([[element.prefix, element.namespace]])
  for (const { prefix, namespace } of element.attributes) if (prefix !== '') used.set(prefix, namespace)
  return used
}

function inScope(element: XmlTreeElement): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (let at: XmlTreeElement | undefined = element; at; at = at.parent) {
    for (const declaration of at.declarations) {
      if (found.has(declaration.prefix)) continue
      refuseRelative(declaration)
      found.set(declaration.prefix, declaration.namespace)
    }
  }
  return found
}

const absolute = /^[A-Za-z][A-Za-z0-9+.-]*:/

/** XML-C14N 1.0, 1.3: a document with relative name spaces has no canonical form. */
function refuseRelative({ namespace }: XmlDeclaration): void {
  if (namespace === '' || absolute.test(namespace)) return
  throw new CanonicalFormError('relative-namespace', `relative name space ${unescapeRaw(namespace).slice(0, 40)}`)
}
