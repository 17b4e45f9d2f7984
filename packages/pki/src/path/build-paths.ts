import type { Certificate } from '../types.ts'

const maxDepth = 8
/** Issuers tried in one search; bounds what a message full of look-alike certificates can cost. */
const maxTries = 1000

/**
 * Every path from the leaf to an anchor, leaf first, made by matching names (V28, V36). Issuers whose key identifier
 * agrees come first; no certificate and no name-and-key pair stands twice in a path, so loops end.
 */
export function* buildPaths(
  leaf: Certificate,
  anchors: readonly Certificate[],
  intermediates: readonly Certificate[],
): Generator<readonly Certificate[]> {
  const authorities = unique([...anchors, ...intermediates])
  let tries = 0
  const isAnchor = new Set(anchors.map(({ sha256 }) => sha256))

  function* extend(path: readonly Certificate[], last: Certificate): Generator<readonly Certificate[]> {
    for (const issuer of issuersOf(last, authorities)) {
      tries += 1
      if (tries > maxTries) return
      if (isAnchor.has(issuer.sha256)) yield [...path, issuer]
      else if (path.length < maxDepth && !path.some(known => isSameAuthority(known, issuer))) {
        yield* extend([...path, issuer], issuer)
      }
    }
  }
  yield* extend([leaf], leaf)
}

function unique(certificates: readonly Certificate[]): Certificate[] {
  return [...new Map(certificates.map(certificate => [certificate.sha256, certificate])).values()]
}

function issuersOf(certificate: Certificate, authorities: readonly Certificate[]): Certificate[] {
  const named = authorities.filter(({ subject }) => subject.key === certificate.issuer.key)
  const agrees = ({ subjectKeyId }: Certificate) => subjectKeyId === certificate.authorityKeyId
  return [...named.filter(agrees), ...named.filter(issuer => !agrees(issuer))]
}

function isSameAuthority(one: Certificate, other: Certificate): boolean {
  if (one.sha256 === other.sha256) return true
  return one.subject.key === other.subject.key && one.publicKeyDer.equals(other.publicKeyDer)
}
