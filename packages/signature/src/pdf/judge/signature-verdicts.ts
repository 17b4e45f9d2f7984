import type { VerificationCode } from '@docaxis/errors'
import { summaryOf } from '../../certificate-summary.ts'
import { Refusal, timeRefusal } from '../../refusal.ts'
import { refusedBy } from '../../signed-xml/outcome.ts'
import type { Outcome } from '../../signed-xml/verdict.ts'
import { isToldChange } from '../changes/revision-changes.ts'
import type { Change } from '../changes/types.ts'
import type { PdfQuestion } from '../question.ts'
import type { PdfDocument } from '../reader/document.ts'
import { type Appearance, appearanceOf } from '../roles/place.ts'
import { rolesOf } from '../roles/roles.ts'
import { signerOf } from '../roles/signer.ts'
import type { PdfSignatureVerdict } from '../verdict.ts'
import type { Inspection } from './inspect.ts'
import type { Proof } from './judge-signature.ts'

export interface Judged {
  readonly document: PdfDocument
  readonly inspections: readonly Inspection[]
  readonly proofs: ReadonlyMap<Inspection, { readonly proof: Proof; readonly digest: Buffer }>
  /** By index of the revision that made them. */
  readonly changes: ReadonlyMap<number, readonly Change[]>
}

const maxAheadMs = 5 * 60_000

/** One verdict for each signature (V61). */
export async function signatureVerdicts(
  judged: Judged,
  question: PdfQuestion,
): Promise<readonly PdfSignatureVerdict[]> {
  const view = judged.document.view(judged.document.revisions.length - 1)
  const appearances = new Map<Inspection, Appearance | undefined>()
  for (const inspection of judged.inspections) {
    const { field } = inspection.found
    appearances.set(inspection, field && (await appearanceOf(view, field.form)))
  }
  const signers = judged.inspections.map(each => {
    const certificate = judged.proofs.get(each)?.proof.certificate
    return certificate && signerOf(certificate)
  })
  const roles = rolesOf(
    judged.inspections.map((each, index) => ({
      kind: each.kind,
      signer: signers[index],
      appearance: appearances.get(each),
      reason: each.found.claims.reason,
    })),
  )
  return judged.inspections.map((inspection, index) => {
    const appearance = appearances.get(inspection)
    const after = changesAfter(inspection, judged)
    return {
      ...outcomeOf(inspection, judged.proofs.get(inspection)?.proof, after, question),
      ...factsOf(inspection, judged, question),
      role: roles[index] ?? 'signer',
      ...(signers[index] && { signer: signers[index] }),
      ...(appearance && { place: { page: appearance.page, corner: appearance.corner } }),
      changesAfter: after,
    }
  })
}

function changesAfter({ coverage }: Inspection, { changes }: Judged): readonly Change[] {
  if (!coverage) return []
  return [...changes].filter(([revision]) => revision > coverage.revision).flatMap(([, all]) => all)
}

/** Rules of the signature itself decide first, then what came after it, then time and path. */
function outcomeOf(
  { examination, found: { claims }, cms }: Inspection,
  proof: Proof | undefined,
  after: readonly Change[],
  { at, timeFault, profile }: PdfQuestion,
): Outcome {
  const forbidden = after.filter(({ allowed }) => !allowed)
  for (const { kind, path, revision, detail } of forbidden.slice(0, 16)) {
    const where = path === '' ? '' : ` at ${path}`
    const why = `revision ${revision + 1} changed ${kind}${where}: ${detail}`
    examination.refuse(new Refusal('PDF_CHANGED_AFTER_SIGNING', 'V57', why))
  }
  if (forbidden.length === 0)
    examination.add([{ rule: 'V57', passed: true, detail: 'no later change that is not allowed' }])
  const claimedAt = cms?.signer.signingTime ?? claims.at
  if (claimedAt && timeFault === undefined) checkClaim(examination, claimedAt, proof?.provenAt, at, profile)

  const [first, ...rest] = examination.refusals
  if (first) return refusedBy([first, ...rest], examination.checks)
  // Nothing refused it, yet nothing proved it either.
  if (!proof?.certificate)
    return refusedBy([new Refusal('PDF_CMS', 'V58', 'the signature was not computed')], examination.checks)
  if (timeFault !== undefined) return refusedBy([timeRefusal(timeFault)], examination.checks)
  const told: readonly VerificationCode[] = after.some(isToldChange) ? ['PDF_LATER_REVISION'] : []
  if (!proof?.path || proof.path.verdict === 'VALID') {
    const checks = [...examination.checks, ...(proof?.path && !proof.stamp ? proof.path.checks : [])]
    return { verdict: 'VALID', code: 'OK', codes: ['OK', ...told], rule: '-', checks }
  }
  const { verdict, code, rule, detail, checks } = proof.path
  return { verdict, code, codes: [code, ...told], rule, detail, checks: [...examination.checks, ...checks] }
}

/** V50: a claimed time is compared and shown; only the strict profile refuses one that lies ahead. */
function checkClaim(
  { add, refuse }: Inspection['examination'],
  claimedAt: Date,
  provenAt: Date | undefined,
  at: Date,
  profile: PdfQuestion['profile'],
): void {
  const against = provenAt ?? at
  const detail = `claimed ${claimedAt.toISOString()}, ${provenAt ? 'proven' : 'judged at'} ${against.toISOString()}`
  const isAhead = claimedAt.getTime() > against.getTime() + maxAheadMs
  if (isAhead && profile === 'vn-issued') refuse(new Refusal('SIGNING_TIME_OUT_OF_WINDOW', 'V50', detail))
  else add([{ rule: 'V50', passed: true, detail }])
}

function factsOf(inspection: Inspection, { proofs }: Judged, { at }: PdfQuestion) {
  const { found, kind, coverage, cms, token, hash } = inspection
  const { proof, digest } = proofs.get(inspection) ?? {}
  const claimedAt = token?.genTime ?? cms?.signer.signingTime ?? found.claims.at
  const { reason, location } = found.claims
  const digests = (parts: readonly { readonly sha256: string }[]) => parts.map(({ sha256 }) => sha256)
  return {
    kind,
    ...(found.field && { field: found.field.name }),
    ...(found.subFilter !== undefined && { subFilter: found.subFilter }),
    coversDocument: coverage?.wholeFile === true,
    ...(coverage && { revision: coverage.revision }),
    ...(digest && { digest: digest.toString('hex'), digestAlgorithm: hash }),
    ...(proof?.certificate && { certificate: summaryOf(proof.certificate) }),
    ...(claimedAt && { claimedAt: claimedAt.toISOString() }),
    ...(proof?.provenAt && { provenAt: proof.provenAt.toISOString() }),
    judgedAt: (proof?.provenAt ?? at).toISOString(),
    timeSource: proof?.timeSource ?? ('now' as const),
    ...(reason !== undefined && { reason }),
    ...(location !== undefined && { location }),
    ...(found.certifies && { certifies: found.certifies }),
    ...(proof?.path && {
      path: digests(proof.path.path),
      crls: digests(proof.path.crls),
      ocsp: digests(proof.path.ocsp),
    }),
  }
}
