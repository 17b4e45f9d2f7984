import { standingFault } from '../identity.ts'
import { failedCheck } from '../refusal.ts'
import type { CertificateStanding } from '../seal-question.ts'
import type { Check } from '../verdict.ts'
import { documentOutcome } from './judge/document-outcome.ts'
import type { PdfSignatureVerdict, PdfVerdict } from './verdict.ts'

/** What the hub itself decided about signers' certificates, by the SHA-256 of each. Plain JSON, times in RFC 3339. */
export type HubStandings = Readonly<
  Record<
    string,
    {
      readonly suspended?: { readonly at: string; readonly reason: string }
      readonly revoked?: { readonly from: string; readonly reason: string }
    }
  >
>

export function hubStandingsOf(standings: ReadonlyMap<string, CertificateStanding>): HubStandings {
  const told = ({ suspended, revoked }: CertificateStanding) => ({
    ...(suspended && { suspended: { ...suspended, at: suspended.at.toISOString() } }),
    ...(revoked && { revoked: { ...revoked, from: revoked.from.toISOString() } }),
  })
  return Object.fromEntries([...standings].map(([sha256, standing]) => [sha256, told(standing)]))
}

/**
 * The verdict on a PDF some of whose signers the hub has suspended or revoked in its own register (V45, V46), at the time
 * of each signature. What is INVALID already stays as it is. The verdict keeps the decisions, so that it can be repeated.
 */
export function withHubStandings(verdict: PdfVerdict, hubStandings: HubStandings): PdfVerdict {
  const signatures = verdict.signatures.map(signature => underStanding(signature, hubStandings))
  if (signatures.length === 0) return verdict
  const outcome = documentOutcome(signatures, verdict.activeContent)
  return { ...verdict, ...outcome, checks: verdict.checks, signatures, hubStandings }
}

function underStanding(signature: PdfSignatureVerdict, hubStandings: HubStandings): PdfSignatureVerdict {
  const decided = hubStandings[signature.certificate?.sha256 ?? '']
  if (!decided || signature.verdict === 'INVALID') return signature
  const standing = standingOf(decided)
  const fault = standingFault(standing, new Date(signature.judgedAt))
  if (!fault) return { ...signature, checks: [...signature.checks, ...revokedLater(standing)] }
  const { code, rule, message: detail } = fault
  const checks = [...signature.checks, failedCheck(fault)]
  return { ...signature, verdict: 'INVALID', code, codes: [code], rule, detail, checks }
}

/** What was revoked only later stays good, and people are told (V46). */
function revokedLater({ revoked }: CertificateStanding): Check[] {
  if (!revoked) return []
  const detail = `revoked by this hub only after the signature was made, from ${revoked.from.toISOString()}: ${revoked.reason}`
  return [{ rule: 'V46', passed: true, detail }]
}

function standingOf({ suspended, revoked }: HubStandings[string]): CertificateStanding {
  return {
    ...(suspended && { suspended: { ...suspended, at: new Date(suspended.at) } }),
    ...(revoked && { revoked: { ...revoked, from: new Date(revoked.from) } }),
  }
}
