import type { VerdictWord, VerificationCode } from '@docaxis/errors'
import { type EvidencedVerdict, evidenceNamedBy } from './evidence.ts'

/** What a receipt tells of one file inside the envelope: verdicts of their own, beside the seal's (V61). */
export interface AttachmentOnReceipt {
  /** Place in the envelope, from 1. */
  readonly position: number
  /** Of the file itself, unwrapped. */
  readonly sha256: string
  /** Absent when nobody asks for them. */
  readonly signatures?: AttachmentSignatures
  /** Absent when nobody looks for any. */
  readonly malware?: 'waiting' | 'clean' | 'infected' | 'unscanned'
}

/** What is known when the receipt is issued. */
export interface AttachmentSignatures {
  readonly check: 'waiting' | 'done'
  /** On the file as a whole. */
  readonly verdict?: VerdictWord
  readonly code?: VerificationCode
  /** On each signature, in the order of the file. */
  readonly signed: readonly SignedOnReceipt[]
  /** SHA-256 of what the verdicts rest on (V47). */
  readonly evidence?: readonly string[]
}

export interface SignedOnReceipt {
  readonly verdict: VerdictWord
  readonly code: VerificationCode
  /** Of the signer. */
  readonly certificateSha256?: string
}

/** A verdict on the signatures of a file, as it is stored with the document. */
export interface AttachmentVerdict extends EvidencedVerdict {
  readonly verdict: VerdictWord
  readonly code: VerificationCode
  readonly signatures?: readonly {
    readonly verdict: VerdictWord
    readonly code: VerificationCode
    readonly certificate?: { readonly sha256: string }
  }[]
}

/** The part of a stored verdict that a receipt repeats. */
export function signaturesOnReceipt(
  check: AttachmentSignatures['check'],
  verdict: AttachmentVerdict | null,
): AttachmentSignatures {
  if (!verdict) return { check, signed: [] }
  const evidence = evidenceNamedBy(verdict)
  return {
    check,
    verdict: verdict.verdict,
    code: verdict.code,
    signed: (verdict.signatures ?? []).map(signature => ({
      verdict: signature.verdict,
      code: signature.code,
      ...(signature.certificate && { certificateSha256: signature.certificate.sha256 }),
    })),
    ...(evidence.length > 0 && { evidence }),
  }
}
