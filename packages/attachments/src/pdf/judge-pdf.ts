import type { PdfCheck, PdfFile, PdfQuestion } from './pdf-checker.ts'

export async function judgePdf(_file: PdfFile, _question: PdfQuestion): Promise<PdfCheck> {
  return {
    verdict: { verdict: 'INVALID', code: 'NOT_SIGNED', state: 'absent' },
    evidence: [],
  }
}
