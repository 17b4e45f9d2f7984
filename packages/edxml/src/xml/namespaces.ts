import { wrongNamespace } from './fault.ts'

export const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'
export const xmlnsNamespace = 'http://www.w3.org/2000/xmlns/'

/** Prefixes and what they are bound to, element by element. All strings are escaped as canonical XML has them. */
export class PrefixScope {
  readonly #bound = new Map<string, string>()
  /** What each open element has changed, to be put back at its end. */
  readonly #undo: (readonly [prefix: string, before: string | undefined][] | undefined)[] = []

  constructor(bound: ReadonlyMap<string, string> = new Map()) {
    for (const [prefix, namespace] of bound) this.#bound.set(prefix, namespace)
  }

  get(prefix: string): string | undefined {
    return this.#bound.get(prefix)
  }

  open(): void {
    this.#undo.push(undefined)
  }

  /** Binds a prefix for the innermost open element and what it holds. */
  bind(prefix: string, namespace: string): void {
    const last = this.#undo.length - 1
    const changes = (this.#undo[last] ?? []) as [string, string | undefined][]
    this.#undo[last] = changes
    changes.push([prefix, this.#bound.get(prefix)])
    this.#bound.set(prefix, namespace)
  }

  close(): void {
    const changes = this.#undo.pop()
    if (changes === undefined) return
    for (const [prefix, before] of changes) {
      if (before === undefined) this.#bound.delete(prefix)
      else this.#bound.set(prefix, before)
    }
  }
}

const character = "(?:[A-Za-z0-9._~!$'()*+,;=:@-]|%[0-9A-Fa-f]{2})"
const authority = "//(?:[A-Za-z0-9._~!$'()*+,;=-]|%[0-9A-Fa-f]{2})*(?::[0-9]{0,5})?(?=[/?#]|$)"
/**
 * A URI with a scheme (RFC 3986, 3): canonical forms do not exist for relative name spaces (XML-C14N 1.0, 1.3). `&` is
 * left out, because programs disagree on whether a canonical form escapes it in a declaration.
 */
const absoluteUri = new RegExp(
  `^[A-Za-z][A-Za-z0-9+.-]*:(?:${authority}|(?!//))(?:${character}|/)*(?:\\?(?:${character}|[/?])*)?(?:#(?:${character}|[/?])*)?$`,
)

/** No character that programs escape differently, or that no URI has. */
const plainName = /^[^&<>"'\s]*$/

/**
 * The rules for what may be declared (Namespaces in XML 1.0, 3 and 5).
 *
 * @param relative whether a name space that is no absolute URI may be declared
 * @throws XmlRefusal
 */
export function checkDeclaration(prefix: string, namespace: string, relative: boolean): void {
  if (prefix === 'xmlns') throw wrongNamespace('xmlns is no prefix to declare', prefix)
  if ((prefix === 'xml') !== (namespace === xmlNamespace)) throw wrongNamespace('the xml name space', prefix)
  if (namespace === xmlnsNamespace) throw wrongNamespace('the xmlns name space', prefix)
  if (namespace === '') {
    if (prefix !== '') throw wrongNamespace('a prefix without a name space', prefix)
  } else if (!(relative ? plainName : absoluteUri).test(namespace)) {
    throw wrongNamespace('name space that is no absolute URI', prefix)
  }
}
