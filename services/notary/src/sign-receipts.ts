import { createHash } from 'node:crypto'
import { type ReceiptSigner, signReceipt, writeReceipt } from '@docaxis/signature'
import type { SignedReceipt, UnsignedReceipt } from '@docaxis/store'
import { type Issuer, receiptOf } from './receipt-of.ts'

export type Sign = (unsigned: UnsignedReceipt) => SignedReceipt

/** Signs with the hub's key. The receipt is issued at the moment its facts were read, by the database's clock. */
export function createSign(signer: ReceiptSigner, issuer: Issuer): Sign {
  return receipt => {
    const xml = signReceipt(writeReceipt(receiptOf(receipt, issuer)), signer)
    const xmlSha256 = createHash('sha256').update(xml).digest('hex')
    return { receipt, xml, xmlSha256, issuedAt: receipt.readAt }
  }
}
