import { verificationCodes } from '@docaxis/errors'
import type { PdfCheck, PdfFile, PdfQuestion } from './pdf-checker.ts'

export async function judgePdf(_file: PdfFile, _question: PdfQuestion): Promise<PdfCheck> {
  const code = 'PDF_UNSUPPORTED'
  return {
    verdict: { code, ...verificationCodes[code], detail: 'signatures of PDFs are not judged yet' },
    evidence: [],
  }
}
