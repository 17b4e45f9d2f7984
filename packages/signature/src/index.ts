export type { CertificateFacts } from './certificate/certificate-facts.ts'
export { withStanding } from './certificate/hub-standing.ts'
export { type CertificateVerdict, judgeCertificate, type OtherPath } from './certificate/judge-certificate.ts'
export { type RevocationEvidence, revocationEvidence } from './certificate/revocation-evidence.ts'
export { summaryOf } from './certificate-summary.ts'
export {
  type EvidencedVerdict,
  type EvidenceKind,
  type EvidencePiece,
  evidenceNamedBy,
  evidenceOf,
  trustOfEvidence,
} from './evidence.ts'
export { adviceOn } from './explain/advice.ts'
export { certificateSentences } from './explain/certificate-sentences.ts'
export { documentSentences, type ExplainedDocument } from './explain/document-sentences.ts'
export { localTime } from './explain/local-time.ts'
export { type ExplainedPdf, pdfSentences } from './explain/pdf-sentences.ts'
export {
  changeNames,
  documentRoleNames,
  pdfNotCheckedNames,
  signatureRoleNames,
  timeSourceNames,
} from './explain/pdf-words.ts'
export { reasons } from './explain/reasons.ts'
export { ruleNames } from './explain/rule-names.ts'
export { commonName } from './explain/subject-name.ts'
export { attachedReceipt } from './pdf/attached-receipt.ts'
export type { Change as PdfChange, ChangeKind as PdfChangeKind, PdfProfile } from './pdf/changes/types.ts'
export { type HubStandings, hubStandingsOf, withHubStandings } from './pdf/hub-standings.ts'
export type { PdfQuestion } from './pdf/question.ts'
export { bufferSource, type PdfSource } from './pdf/reader/source.ts'
export type {
  PdfDocumentRole,
  PdfNotChecked,
  PdfPlace,
  PdfRevisionFacts,
  PdfSignatureKind,
  PdfSignatureRole,
  PdfSignatureVerdict,
  PdfSigner,
  PdfVerdict,
} from './pdf/verdict.ts'
export { unfinishedPdf, verifyPdf } from './pdf/verify-pdf.ts'
export {
  type AcceptanceReceipt,
  type DeliveredTo,
  type DeliveryReceipt,
  type MissedDeadline,
  type MissedDeadlineReceipt,
  type NonDeliveryReceipt,
  type NotDeliveredTo,
  type Owing,
  type Receipt,
  type ReceiptDocument,
  type ReceiptEnvironment,
  type ReceiptKind,
  type ReceiptReceiver,
  type RefusalReason,
  type RefusalReceipt,
  type SealOnReceipt,
  sealOnReceipt,
} from './receipt.ts'
export {
  type AttachmentOnReceipt,
  type AttachmentSignatures,
  type AttachmentVerdict,
  type SignedOnReceipt,
  signaturesOnReceipt,
} from './receipt-attachments.ts'
export { type ReceiptStamp, type StampVerdict, verifyReceiptStamp } from './receipt-stamp.ts'
export { repeatPdf } from './repeat-pdf.ts'
export { type RepeatQuestion, repeatSeal } from './repeat-seal.ts'
export type { CertificateHolder, CertificateStanding, Mandate, SealQuestion } from './seal-question.ts'
export { type EnvelopeSigner, signEnvelope } from './sign-envelope.ts'
export { type ReceiptSigner, signReceipt } from './sign-receipt.ts'
export {
  type DecidedVerdict,
  decideByAttachment,
  decideBySignature,
  mayChange,
  type PolicyDecision,
  type SignaturePolicy,
} from './signature-policy.ts'
export type { DocumentQuestion } from './signed-xml/question.ts'
export type { DocumentVerdict, SignatureVerdict } from './signed-xml/verdict.ts'
export { verifySignedXml } from './signed-xml/verify-signed-xml.ts'
export { SigningError } from './signing-error.ts'
export type { CertificateSummary, Check, SealBinding, SealVerdict } from './verdict.ts'
export { verifyPacket } from './verify-packet.ts'
export { type ReceiptVerdict, verifyReceipt } from './verify-receipt.ts'
export { checkSealIntegrity, judgeSeal, type SealIntegrity, verifySeal } from './verify-seal.ts'
export { writeReceipt } from './write-receipt.ts'
export { writeSignature } from './write-signature.ts'
