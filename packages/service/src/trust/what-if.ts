import { HubError } from '@docaxis/errors'
import { type Certificate, parseCertificate, signatureFault, type Trust } from '@docaxis/pki'
import { type HeldCertificate, heldCertificates, listSealing, type SealingAgency, type Sql } from '@docaxis/store'
import { authoritiesOf } from './import-crl.ts'

export interface WhatIf {
  readonly authority: Certificate
  /** Agencies with a seal that leads to an anchor through this authority and no other way. */
  readonly agencies: readonly (SealingAgency & {
    /** No other seal of it would be left: its traffic stops. */
    readonly stops: boolean
    readonly certificates: readonly string[]
  })[]
}

const monthMs = 30 * 86_400_000

/**
 * What would happen if one certificate of an authority were revoked, or its anchor retired, now. Answers by names and key
 * identifiers of seals, and by signatures among authorities.
 *
 * @throws HubError `NOT_FOUND`: the hub knows no authority of this digest
 */
export async function whatIfRevoked(sql: Sql, trust: Trust, sha256: string, now: Date): Promise<WhatIf> {
  const all = authoritiesOf(trust)
  const authority = all.find(one => one.sha256 === sha256)
  if (!authority) throw new HubError('NOT_FOUND', 'the hub knows no authority of this digest')
  const today = ways(trust, all)
  const then = ways(
    trust,
    all.filter(one => one.sha256 !== sha256),
  )

  const lost = new Map<string, string[]>()
  const left = new Set<string>()
  for await (const page of heldCertificates(sql)) {
    for (const held of page.filter(({ kind }) => kind === 'seal')) {
      const certificate = parseCertificate(held.der)
      if (certificate.notAfter < now || !today(certificate)) continue
      if (then(certificate)) left.add(held.agencyCode)
      else note(lost, held)
    }
  }
  const since = new Date(now.getTime() - monthMs)
  const agencies = await listSealing(sql, [...lost.keys()], { at: now, since })
  return {
    authority,
    agencies: agencies.map(agency => ({
      ...agency,
      stops: !left.has(agency.code),
      certificates: lost.get(agency.code) ?? [],
    })),
  }
}

function note(lost: Map<string, string[]>, { agencyCode, sha256 }: HeldCertificate): void {
  const known = lost.get(agencyCode)
  if (known) known.push(sha256)
  else lost.set(agencyCode, [sha256])
}

/** Whether a certificate leads to an anchor through these authorities. */
function ways(trust: Trust, authorities: readonly Certificate[]): (certificate: Certificate) => boolean {
  const anchors = new Set(trust.anchors.map(({ certificate }) => certificate.sha256))
  const trusted = new Map<string, boolean>()

  function leads(authority: Certificate, below: readonly Certificate[]): boolean {
    if (anchors.has(authority.sha256)) return true
    const known = trusted.get(authority.sha256)
    if (known !== undefined) return known
    const path = [...below, authority]
    const found = authorities.some(
      issuer =>
        !path.includes(issuer) &&
        mayIssue(issuer, authority) &&
        signatureFault(authority.signature, issuer) === undefined &&
        leads(issuer, path),
    )
    // What is found in the middle of a loop says nothing of the way from elsewhere.
    if (found || below.length === 0) trusted.set(authority.sha256, found)
    return found
  }

  return certificate => authorities.some(issuer => mayIssue(issuer, certificate) && leads(issuer, []))
}

function mayIssue(issuer: Certificate, { issuer: name, authorityKeyId }: Certificate): boolean {
  const { subject, subjectKeyId } = issuer
  return (
    subject.key === name.key &&
    (authorityKeyId === undefined || subjectKeyId === undefined || authorityKeyId === subjectKeyId)
  )
}
