import { wrongNamespace } from './fault.ts'

export const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'
export const xmlnsNamespace = 'http://www.w3.org/2000/xmlns/'

/** Prefixes and what they are bound to, element by element. All strings are escaped as canonical XML has them. */
export class PrefixScope {
  readonly #bound = new Map<string, string>()
  /** What was changed, to be put back when the element that changed it ends; innermost last. */
  readonly #changes: Change[] = []
  #depth = 0

  get(prefix: string): string | undefined {
    return this.#bound.get(prefix)
  }

  open(): void {
    this.#depth += 1
  }

  /** Binds a prefix for the innermost open element and what it holds. */
  bind(prefix: string, namespace: string): void {
    this.#changes.push({ depth: this.#depth, prefix, before: this.#bound.get(prefix) })
    this.#bound.set(prefix, namespace)
  }

  close(): void {
    for (let last = this.#changes.at(-1); last?.depth === this.#depth; last = this.#changes.at(-1)) {
      this.#changes.pop()
      if (last.before === undefined) this.#bound.delete(last.prefix)
      else this.#bound.set(last.prefix, last.before)
    }
    this.#depth -= 1
  }
}

interface Change {
  readonly depth: number
  readonly prefix: string
  readonly before: string | undefined
}

const character = "(?:[A-Za-z0-9._~!$'()*+,;=:@-]|%[0-9A-Fa-f]{2})"
const authority = "//(?:[A-Za-z0-9._~!$'()*+,;=-]|%[0-9A-Fa-f]{2})*(?::[0-9]{1,5})?(?=[/?#]|$)"
/**
 * A URI with a scheme (RFC 3986, 3): canonical forms do not exist for relative name spaces (XML-C14N 1.0, 1.3). `&` is
 * left out, because programs disagree on whether a canonical form escapes it in a declaration.
 */
const absoluteUri = new RegExp(
  `^[A-Za-z][A-Za-z0-9+.-]*:(?:${authority}|(?!//))(?:${character}|/)*(?:\\?(?:${character}|[/?])*)?(?:#(?:${character}|[/?])*)?$`,
)

const familiar: ReadonlySet<string> = new Set([
  'http://www.mic.gov.vn/TBT/QCVN_102_2016',
  'http://www.w3.org/2000/09/xmldsig#',
])

/** What nearly every declaration of a packet is, and may be. */
function isFamiliar(prefix: string, namespace: string): boolean {
  return prefix !== 'xml' && prefix !== 'xmlns' && familiar.has(namespace)
}

/** No character that programs escape differently, or that no URI has. */
const plainName = /^[^&<>"'\s]*$/

/**
 * The rules for what may be declared (Namespaces in XML 1.0, 3 and 5).
 *
 * @param relative whether a name space that is no absolute URI may be declared
 * @throws XmlRefusal
 */
export function checkDeclaration(prefix: string, namespace: string, relative: boolean): void {
  if (isFamiliar(prefix, namespace)) return
  if (prefix === 'xmlns') throw wrongNamespace('xmlns is no prefix to declare', prefix)
  if ((prefix === 'xml') !== (namespace === xmlNamespace)) throw wrongNamespace('the xml name space', prefix)
  if (namespace === xmlnsNamespace) throw wrongNamespace('the xmlns name space', prefix)
  if (namespace === '') {
    if (prefix !== '') throw wrongNamespace('a prefix without a name space', prefix)
  } else if (!(relative ? plainName : absoluteUri).test(namespace)) {
    throw wrongNamespace('name space that is no absolute URI', prefix)
  }
}
