/**
 * Joins an xml:base value with that of an ancestor which is not written, as C14N 1.1, 2.4 changes RFC 3986, 5.2: the
 * base may be relative itself, and `..` is kept where nothing is left to take back.
 */
export function joinBase(base: string, reference: string): string {
  const from = split(base)
  const to = split(reference)
  if (to.scheme !== undefined) return join({ ...to, path: removeDotSegments(to.path) })
  const { scheme } = from
  if (to.authority !== undefined) return join({ ...to, scheme, path: removeDotSegments(to.path) })
  const { authority } = from
  if (to.path === '') return join({ ...from, query: to.query ?? from.query, fragment: to.fragment })
  const path = to.path.startsWith('/') ? to.path : mergePaths(from, to.path)
  return join({ scheme, authority, path: removeDotSegments(path), query: to.query, fragment: to.fragment })
}

/** Dot segments as C14N 1.1, appendix A removes them: a trailing `..` becomes `../`, several `/` in a row become one. */
export function removeDotSegments(path: string): string {
  const isAbsolute = path.startsWith('/')
  const segments = path.split('/').filter(segment => segment !== '')
  const kept: string[] = []
  for (const segment of segments) {
    if (segment === '.') continue
    if (segment !== '..') kept.push(segment)
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop()
    else if (!isAbsolute) kept.push('..')
  }
  const endsInFolder = /(?:^|\/)\.{0,2}$/.test(path) && kept.length > 0
  return `${isAbsolute ? '/' : ''}${kept.join('/')}${endsInFolder ? '/' : ''}`
}

interface Uri {
  readonly scheme?: string
  readonly authority?: string
  readonly path: string
  readonly query?: string
  readonly fragment?: string
}

/** RFC 3986, appendix B. */
const parts = /^(?:([^:/?#]+):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#([\s\S]*))?$/

function split(uri: string): Uri {
  const [, scheme, authority, path = '', query, fragment] = parts.exec(uri) ?? []
  return { scheme, authority, path, query, fragment }
}

function join({ scheme, authority, path, query, fragment }: Uri): string {
  return [
    scheme === undefined ? '' : `${scheme}:`,
    authority === undefined ? '' : `//${authority}`,
    path,
    query === undefined ? '' : `?${query}`,
    fragment === undefined ? '' : `#${fragment}`,
  ].join('')
}

function mergePaths({ authority, path }: Uri, reference: string): string {
  if (authority !== undefined && path === '') return `/${reference}`
  // A base that ends in `..` names a folder.
  const folder = /(?:^|\/)\.\.$/.test(path) ? `${path}/` : path.slice(0, path.lastIndexOf('/') + 1)
  return folder + reference
}
