import { createHash } from 'node:crypto'
import { type ReceiptSigner, signReceipt, writeReceipt } from '@docaxis/signature'
import type { SignedReceipt, UnsignedReceipt } from '@docaxis/store'
import { type Issuer, receiptOf } from './receipt-of.ts'

export type Sign = (unsigned: UnsignedReceipt) => Promise<SignedReceipt>

/** Signs one receipt. It is issued at the moment its facts were read, by the database's clock. */
export async function signOne(receipt: UnsignedReceipt, signer: ReceiptSigner, issuer: Issuer): Promise<SignedReceipt> {
  const xml = await signReceipt(writeReceipt(receiptOf(receipt, issuer)), signer)
  const xmlSha256 = createHash('sha256').update(xml).digest('hex')
  return { receipt, xml, xmlSha256, issuedAt: receipt.readAt, certificateSha256: signer.certificate.sha256 }
}
