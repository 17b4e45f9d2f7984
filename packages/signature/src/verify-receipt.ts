import { type VerdictWord, type VerificationCode, verificationCodes } from '@docaxis/errors'
import { type Certificate, parseCertificate } from '@docaxis/pki'
import { summaryOf } from './certificate-summary.ts'
import { type IntegrityProof, proveIntegrity } from './integrity.ts'
import { readReceipt } from './read-receipt.ts'
import type { Receipt } from './receipt.ts'
import { receiptMaterial } from './receipt-material.ts'
import { type Checklist, createChecklist, failedCheck, Refusal } from './refusal.ts'
import type { CertificateSummary, Check } from './verdict.ts'

export interface ReceiptVerdict {
  readonly verdict: VerdictWord
  readonly code: VerificationCode
  /** The rule that decided; `-` when VALID. */
  readonly rule: string
  readonly detail?: string
  readonly checks: readonly Check[]
  readonly certificate?: CertificateSummary
  /** Read from the signed bytes only; present when VALID. */
  readonly receipt?: Receipt
}

/**
 * Checks that a receipt is one of this hub: signed by the key of one of its certificates, in force when the receipt
 * was issued, and nothing changed since. Revocation is not asked: a receipt is evidence for years.
 *
 * @param hubCertificates certificates the caller knows to be the hub's, this year's and earlier ones
 */
export function verifyReceipt(
  xml: Uint8Array,
  { hubCertificates }: { readonly hubCertificates: readonly Certificate[] },
): ReceiptVerdict {
  const checklist = createChecklist()
  try {
    const { signature, signed } = receiptMaterial(xml)
    const proof = proveIntegrity(signature, checklist, parseCertificate)
    checkHub(proof, hubCertificates, checklist)
    const receipt = readReceipt(signed)
    checkIssueTime(receipt, proof, checklist)
    const certificate = summaryOf(proof.certificate)
    return { verdict: 'VALID', code: 'OK', rule: '-', checks: checklist.checks, certificate, receipt }
  } catch (error) {
    return refusedBy(asRefusal(error), checklist)
  }
}

function checkHub({ certificate }: IntegrityProof, known: readonly Certificate[], { hold }: Checklist): void {
  const isHub = known.some(({ sha256 }) => sha256 === certificate.sha256)
  const otherwise = `signed by ${certificate.subject.text}, which is no certificate of the hub given`
  hold(isHub, 'V24', 'signed by the hub', 'SIGNER_NOT_SENDER', otherwise)
}

function checkIssueTime({ issuedAt }: Receipt, { certificate }: IntegrityProof, { hold }: Checklist): void {
  const at = new Date(issuedAt)
  const { notBefore, notAfter } = certificate
  const early = `issued at ${issuedAt}, the certificate is valid from ${notBefore.toISOString()}`
  hold(at >= notBefore, 'V27', 'issued after the certificate began', 'CERTIFICATE_NOT_YET_VALID', early)
  const late = `issued at ${issuedAt}, the certificate was valid until ${notAfter.toISOString()}`
  hold(at <= notAfter, 'V27', 'issued before the certificate ended', 'CERTIFICATE_EXPIRED', late)
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  return new Refusal('SIGNATURE_STRUCTURE', 'V03', error instanceof Error ? error.message : 'unreadable')
}

function refusedBy(refusal: Refusal, { checks }: Checklist): ReceiptVerdict {
  const { code, rule, message: detail } = refusal
  return { verdict: verificationCodes[code].verdict, code, rule, detail, checks: [...checks, failedCheck(refusal)] }
}
