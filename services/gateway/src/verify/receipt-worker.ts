import { parseCertificate } from '@docaxis/pki'
import { type ReceiptVerdict, verifyReceipt } from '@docaxis/signature'
import type { ReceiptTask } from './receipt-judge.ts'

/** Judges one receipt, in a thread of its own. */
export function judge({ xml, hubCertificates }: ReceiptTask): ReceiptVerdict {
  return verifyReceipt(xml, { hubCertificates: hubCertificates.map(der => parseCertificate(der)) })
}
