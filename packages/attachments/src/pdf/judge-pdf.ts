import { verificationCodes } from '@docaxis/errors'
import { attachedReceipt, type EvidencePiece, evidenceOf, type PdfVerdict, verifyPdf } from '@docaxis/signature'
import { type DocumentFile, openPdf } from '../documents/open-pdf.ts'
import type { PdfCheck, PdfQuestion } from './pdf-checker.ts'

/** Judges the signatures of one PDF by the rules for issued documents (V57), and gathers what the verdict rests on. */
export async function judgePdf(file: DocumentFile, question: PdfQuestion): Promise<PdfCheck> {
  const { trust } = question
  await using pdf = await openPdf(file)
  const pieces = new Map<string, EvidencePiece>()
  const verdict = await verifyPdf(pdf.source, {
    ...question,
    profile: 'vn-issued',
    onPath: path => {
      for (const piece of evidenceOf(path)) pieces.set(piece.sha256, piece)
    },
  })
  const anchors = trust.anchors.map(({ certificate }) => certificate.sha256).filter(sha256 => pieces.has(sha256))
  const { state } = verificationCodes[verdict.code]
  const receipt = verdict.code === 'NOT_SIGNED' && holdsFiles(verdict) && (await attachedReceipt(pdf.source))
  return {
    ...(receipt && { receipt }),
    verdict: { ...verdict, state, anchors, evidence: [...pieces.keys()] },
    evidence: [...pieces.values()],
  }
}

function holdsFiles({ activeContent }: PdfVerdict): boolean {
  return activeContent.includes('EmbeddedFile')
}
