import { createHash, type KeyObject } from 'node:crypto'
import type { Certificate } from '@docaxis/pki'
import { writeSignature } from './write-signature.ts'

export interface ReceiptSigner {
  /** ECDSA P-256 by default; RSA works too and costs ten times as much. */
  readonly privateKey: KeyObject
  readonly certificate: Certificate
}

const declaration = /^<\?xml [^?]*\?>\n/
const end = '</Receipt>'

/**
 * Signs what `writeReceipt` wrote; the Signature becomes the last child of the root. What `writeReceipt` writes below
 * the XML declaration is its own canonical form, so it is hashed as it stands.
 *
 * @throws TypeError for text that `writeReceipt` did not write
 */
export function signReceipt(xml: string, { privateKey, certificate }: ReceiptSigner): Buffer {
  const head = declaration.exec(xml)?.[0]
  if (head === undefined || !xml.endsWith(end)) throw new TypeError('not a receipt as writeReceipt writes it')
  const body = xml.slice(head.length)
  const digest = createHash('sha256').update(body).digest()
  const signature = writeSignature(digest, privateKey, [certificate])
  return Buffer.from(`${head}${body.slice(0, -end.length)}${signature}${end}\n`)
}
