import { judgePdf } from './judge-pdf.ts'
import type { PdfCheck, PdfTask } from './pdf-checker.ts'
import { openTrust } from './shared-trust.ts'

/** Judges one PDF, in a thread of its own. */
export function checkPdf({ file, trust, ...asked }: PdfTask): Promise<PdfCheck> {
  return judgePdf(file, { trust: openTrust(trust), ...asked })
}
