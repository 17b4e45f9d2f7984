import { type EvidencedVerdict, type EvidencePiece, trustOfEvidence } from './evidence.ts'
import type { PdfSource } from './pdf/reader/source.ts'
import type { PdfVerdict } from './pdf/verdict.ts'
import { verifyPdf } from './pdf/verify-pdf.ts'

/**
 * Judges the signatures of a PDF once more, at the moment they were judged first, by the evidence kept then and what the
 * file itself brings: no network and no clock. The same rules give the same verdict in ten years (verification.md 1).
 */
export function repeatPdf(
  source: PdfSource,
  first: Pick<PdfVerdict, 'judgedAt' | 'profile' | 'code'> & EvidencedVerdict,
  evidence: readonly EvidencePiece[],
): Promise<PdfVerdict> {
  const { judgedAt, profile } = first
  return verifyPdf(source, { trust: trustOfEvidence(first, evidence), at: new Date(judgedAt), profile })
}
