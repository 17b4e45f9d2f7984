import type { PdfCheck, PdfChecker } from '@docaxis/attachments'
import type { TrustSource } from '@docaxis/service'
import type { BlobStore } from '@docaxis/store'
import type { Submission } from '../intake/accept-document.ts'
import { receiveBody } from '../intake/receive-body.ts'

export interface PdfAnswer extends PdfCheck {
  /** SHA-256 of the bytes as received, lower-case hex. */
  readonly sha256: string
  readonly sizeBytes: number
}

export interface VerifyPdfDeps {
  readonly blobs: BlobStore
  readonly pdf: PdfChecker
  readonly trust: TrustSource
  readonly maxBytes: number
}

/**
 * Judges the signatures of a PDF that somebody received; nothing of it is kept.
 *
 * @param at the judged time of what no time stamp proves
 */
export async function verifyPdf(deps: VerifyPdfDeps, submission: Submission, at: Date): Promise<PdfAnswer> {
  const { blobs, pdf, trust, maxBytes } = deps
  const body = await receiveBody(blobs, submission.body, maxBytes, submission.declaredBytes)
  try {
    const { sha256, sizeBytes, packet } = body
    return { sha256, sizeBytes, ...(await pdf.check(packet, { trust: await trust.current(), at })) }
  } finally {
    await body.discard()
  }
}
