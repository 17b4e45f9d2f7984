import {
  type Certificate,
  type PathResult,
  type SignedData,
  type Trust,
  validatePath,
  withEvidence,
} from '@docaxis/pki'
import type { SecurityStore } from '../dss.ts'
import type { PdfQuestion } from '../question.ts'

/** The trust of the question, with the lists and responses that the file brings: they prove themselves (V37, V47). */
export function trustWith(trust: Trust, store: SecurityStore, signed: readonly SignedData[]): Trust {
  return withEvidence(trust, {
    crls: [...store.crls, ...signed.flatMap(({ crls }) => crls)],
    ocsp: [...store.ocsp, ...signed.flatMap(({ ocsp }) => ocsp)],
  })
}

/**
 * Path and revocation of a signer at the judged time (V25 to V46, V53). Lists of the proven time are seldom kept: what is
 * good by newer ones, and was in force by its dates then, was not revoked then either; what they revoke from a later
 * moment on was good then (V46).
 */
export function pathOf(
  certificate: Certificate,
  intermediates: readonly Certificate[],
  provenAt: Date | undefined,
  { trust, at, revocation }: PdfQuestion & { readonly trust: Trust },
): PathResult {
  const asked = { certificate, intermediates, trust, purpose: 'document', revocation } as const
  const judged = validatePath({ ...asked, at: provenAt ?? at })
  const isOpen = judged.code === 'REVOCATION_UNAVAILABLE' || judged.code === 'REVOCATION_STALE'
  if (!provenAt || !isOpen) return judged
  const now = validatePath({ ...asked, at, signedAt: provenAt })
  const wasInForce = now.path.every(({ notBefore }) => notBefore <= provenAt)
  return now.verdict === 'VALID' && wasInForce ? now : judged
}
