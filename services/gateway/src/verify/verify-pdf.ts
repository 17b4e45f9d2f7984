import type { PdfCheck, PdfChecker } from '@docaxis/attachments'
import type { TrustSource } from '@docaxis/service'
import type { BlobStore } from '@docaxis/store'
import type { Submission } from '../intake/accept-document.ts'
import { receiveBody } from '../intake/receive-body.ts'
import type { Moment } from './moment.ts'

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
 * @param moment the judged time of what no time stamp proves
 */
export async function verifyPdf(deps: VerifyPdfDeps, submission: Submission, moment: Moment): Promise<PdfAnswer> {
  const { blobs, pdf, trust, maxBytes } = deps
  const body = await receiveBody(blobs, submission.body, maxBytes, submission.declaredBytes)
  try {
    const { sha256, sizeBytes, packet } = body
    return { sha256, sizeBytes, ...(await pdf.check(packet, { trust: await trust.current(), ...moment })) }
  } finally {
    await body.discard()
  }
}
