import type { Fault } from '../algorithms.ts'
import type { Certificate } from '../types.ts'
import type { Search } from './search.ts'

/**
 * Authorities between leaf and anchor. V36 says a depth of 8; counted without the two ends it holds whatever public test
 * collections ask for.
 */
const maxAuthorities = 8
/** Issuers tried in one search; bounds what a message full of look-alike certificates can cost. */
const maxTries = 1000

/** Why no path that holds goes from this certificate to that issuer, whatever lies above; undefined: one may. */
export type EdgeCheck = (
  certificate: Certificate,
  issuer: Certificate,
  path: readonly Certificate[],
) => Fault | undefined

/**
 * Every path from the leaf to an anchor, leaf first, made by matching names (V28, V36). Issuers whose key identifier
 * agrees come first, anchors before others; no certificate and no name-and-key pair stands twice in a path, so loops end.
 */
export function* buildPaths(
  leaf: Certificate,
  { authorities, anchors }: Pick<Search, 'authorities' | 'anchors'>,
  edgeFault: EdgeCheck,
): Generator<readonly Certificate[]> {
  let tries = 0

  function* extend(path: readonly Certificate[], last: Certificate): Generator<readonly Certificate[]> {
    for (const issuer of issuersOf(last, authorities)) {
      tries += 1
      if (tries > maxTries) return
      const isAnchor = anchors.has(issuer.sha256)
      if (!isAnchor && (path.length > maxAuthorities || path.some(known => isSameAuthority(known, issuer)))) continue
      if (edgeFault(last, issuer, path)) continue
      if (isAnchor) yield [...path, issuer]
      else yield* extend([...path, issuer], issuer)
    }
  }
  yield* extend([leaf], leaf)
}

function issuersOf(certificate: Certificate, authorities: Search['authorities']): readonly Certificate[] {
  const named = authorities.named(certificate.issuer.key)
  const agrees = ({ subjectKeyId }: Certificate) => subjectKeyId === certificate.authorityKeyId
  return [...named.filter(agrees), ...named.filter(issuer => !agrees(issuer))]
}

function isSameAuthority(one: Certificate, other: Certificate): boolean {
  if (one.sha256 === other.sha256) return true
  return one.subject.key === other.subject.key && one.publicKeyDer.equals(other.publicKeyDer)
}
