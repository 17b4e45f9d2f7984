export {
  createDocumentFinder,
  type DocumentFinder,
  type WantedDocument,
} from './documents/document-finder.ts'
export type { DocumentFile } from './documents/open-pdf.ts'
export { isPdf } from './is-pdf.ts'
export { type ClamdOptions, createClamd } from './malware/clamd.ts'
export type { MalwareScanner, MalwareVerdict } from './malware/malware-scanner.ts'
export {
  createPdfChecker,
  type PdfCheck,
  type PdfChecker,
  type PdfCheckerOptions,
  type PdfQuestion,
} from './pdf/pdf-checker.ts'
export { withRegister } from './pdf/registered-checker.ts'
