import { type EvidencedVerdict, type EvidencePiece, trustOfEvidence } from './evidence.ts'
import { withHubStandings } from './pdf/hub-standings.ts'
import type { PdfSource } from './pdf/reader/source.ts'
import type { PdfVerdict } from './pdf/verdict.ts'
import { verifyPdf } from './pdf/verify-pdf.ts'

/**
 * Judges the signatures of a PDF once more, at the moment they were judged first, by the evidence kept then and what the
 * file itself brings: no network and no clock. The same rules give the same verdict in ten years (verification.md 1). What
 * the hub's own register said of the signers that day stands as it was recorded.
 */
export async function repeatPdf(
  source: PdfSource,
  first: Pick<PdfVerdict, 'judgedAt' | 'profile' | 'code' | 'hubStandings'> & EvidencedVerdict,
  evidence: readonly EvidencePiece[],
): Promise<PdfVerdict> {
  const { judgedAt, profile, hubStandings } = first
  const verdict = await verifyPdf(source, { trust: trustOfEvidence(first, evidence), at: new Date(judgedAt), profile })
  return hubStandings ? withHubStandings(verdict, hubStandings) : verdict
}
