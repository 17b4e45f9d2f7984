import { createHash } from 'node:crypto'
import { type AlgorithmEnds, defaultAlgorithmEnds } from './algorithm-ends.ts'
import type { CertId, OcspResponse } from './ocsp/types.ts'
import type { Anchor, AnchorPurpose, Certificate, Crl, Name, Trust } from './types.ts'

/**
 * Text key under which lists of one issuer and key are kept: SHA-256 (hex) over the issuer's name in comparable form
 * and the authority key identifier. A certificate and the list that speaks of it have the same key, unless the
 * authority signs its lists with another key.
 */
export function issuerKey(of: { readonly issuer: Name; readonly authorityKeyId?: string }): string {
  return keyOf(of.issuer, of.authorityKeyId ?? '')
}

const nameKeys = new WeakMap<Name, string>()

/** Key of the issuer's name alone: every list of that name, whatever key signed it. */
export function issuerNameKey(issuer: Name): string {
  const key = nameKeys.get(issuer) ?? keyOf(issuer, '')
  nameKeys.set(issuer, key)
  return key
}

function keyOf(issuer: Name, keyId: string): string {
  return createHash('sha256').update(issuer.key).update('\0').update(keyId).digest('hex')
}

/** Text key under which OCSP responses are kept: what names one certificate in them (RFC 6960 section 4.1.1). */
export function ocspKey(certId: Omit<CertId, 'hashAlgorithm'>): string {
  return `${certId.issuerNameHash}/${certId.issuerKeyHash}/${certId.serial}`
}

const allPurposes: ReadonlySet<AnchorPurpose> = new Set(['seal', 'official', 'tls', 'tsa', 'ocsp'])

export interface TrustParts {
  /** A bare certificate serves every purpose. */
  readonly anchors: readonly (Certificate | Anchor)[]
  readonly intermediates?: readonly Certificate[]
  readonly crls: Iterable<Crl>
  readonly ocsp?: Iterable<OcspResponse>
  /** Default: the project's own. */
  readonly algorithmEnds?: AlgorithmEnds
}

/** Freezes what the hub trusts now. Make a new one when anchors, intermediates or lists change. */
export function createTrust(parts: TrustParts): Trust {
  const { anchors, intermediates = [], crls, ocsp = [], algorithmEnds = defaultAlgorithmEnds } = parts
  const all = { crls: [...crls], ocsp: [...ocsp] }
  const lists = grouped(all.crls, crl => [issuerKey(crl), issuerNameKey(crl.issuer)])
  const responses = grouped(all.ocsp, ({ basic }) => basic?.responses.map(({ certId }) => ocspKey(certId)) ?? [])
  return {
    anchors: anchors.map(anchor => ('certificate' in anchor ? anchor : { certificate: anchor, purposes: allPurposes })),
    intermediates: [...intermediates],
    crls: key => lists.get(key) ?? [],
    ocsp: key => responses.get(key) ?? [],
    all,
    algorithmEnds,
  }
}

/**
 * The same trust, and evidence that came with a document: certificates, lists and responses that carry signatures of
 * their own (V47). Anchors never come from there (V25).
 */
export function withEvidence(trust: Trust, evidence: Partial<Omit<TrustParts, 'anchors' | 'algorithmEnds'>>): Trust {
  const more = createTrust({ crls: [], ...evidence, anchors: [] })
  return {
    anchors: trust.anchors,
    intermediates: [...trust.intermediates, ...more.intermediates],
    crls: key => [...trust.crls(key), ...more.crls(key)],
    ocsp: key => [...trust.ocsp(key), ...more.ocsp(key)],
    all: { crls: [...trust.all.crls, ...more.all.crls], ocsp: [...trust.all.ocsp, ...more.all.ocsp] },
    algorithmEnds: trust.algorithmEnds,
  }
}

function grouped<T>(items: Iterable<T>, keysOf: (item: T) => readonly string[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    for (const key of new Set(keysOf(item))) {
      const group = groups.get(key)
      if (group) group.push(item)
      else groups.set(key, [item])
    }
  }
  return groups
}
