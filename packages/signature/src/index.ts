export {
  type AcceptanceReceipt,
  type DeliveredTo,
  type DeliveryReceipt,
  type NonDeliveryReceipt,
  type NotDeliveredTo,
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
export type { CertificateHolder, Mandate, SealQuestion } from './seal-question.ts'
export { type EnvelopeSigner, SigningError, signEnvelope } from './sign-envelope.ts'
export { type ReceiptSigner, signReceipt } from './sign-receipt.ts'
export type { CertificateSummary, Check, SealBinding, SealVerdict } from './verdict.ts'
export { type ReceiptVerdict, verifyReceipt } from './verify-receipt.ts'
export { verifySeal } from './verify-seal.ts'
export { writeReceipt } from './write-receipt.ts'
