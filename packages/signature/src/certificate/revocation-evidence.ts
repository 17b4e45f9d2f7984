import type { Crl, OcspResponse, PathResult } from '@docaxis/pki'

/** A revocation list or OCSP response that was used. */
export interface RevocationEvidence {
  readonly kind: 'crl' | 'ocsp'
  /** SHA-256 of its DER, lower-case hex. */
  readonly sha256: string
  /** Who answers for it: subject of the list's issuer, or the responder as the response names it. */
  readonly issuer: string
  readonly thisUpdate: string
  readonly nextUpdate?: string
}

export function revocationEvidence({ crls, ocsp }: Pick<PathResult, 'crls' | 'ocsp'>): readonly RevocationEvidence[] {
  return [...crls.map(ofList), ...ocsp.flatMap(ofResponse)]
}

function ofList({ sha256, issuer, thisUpdate, nextUpdate }: Crl): RevocationEvidence {
  return { kind: 'crl', sha256, issuer: issuer.text, ...times(thisUpdate, nextUpdate) }
}

function ofResponse({ sha256, basic }: OcspResponse): readonly RevocationEvidence[] {
  const [single] = basic?.responses ?? []
  if (!basic || !single) return []
  const issuer = basic.responder.by === 'name' ? basic.responder.name.text : `key ${basic.responder.keyHash}`
  return [{ kind: 'ocsp', sha256, issuer, ...times(single.thisUpdate, single.nextUpdate) }]
}

function times(thisUpdate: Date, nextUpdate: Date | undefined) {
  return {
    thisUpdate: thisUpdate.toISOString(),
    ...(nextUpdate && { nextUpdate: nextUpdate.toISOString() }),
  }
}
