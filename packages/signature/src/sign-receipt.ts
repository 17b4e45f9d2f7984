import { createHash } from 'node:crypto'
import type { Certificate } from '@docaxis/pki'
import { signatureElement, signedInfoOf } from './write-signature.ts'

/** The hub's key, wherever it is. ECDSA P-256 by default; RSA works too and costs ten times as much. */
export interface ReceiptSigner {
  readonly certificate: Certificate
  /** Signs with SHA-256: RSA as of PKCS #1 v1.5, ECDSA as r‖s. */
  readonly sign: (data: Buffer) => Promise<Buffer>
}

const declaration = /^<\?xml [^?]*\?>\n/
const end = '</Receipt>'

/**
 * Signs what `writeReceipt` wrote; the Signature becomes the last child of the root. What `writeReceipt` writes below
 * the XML declaration is its own canonical form, so it is hashed as it stands.
 *
 * @throws TypeError for text that `writeReceipt` did not write
 */
export async function signReceipt(xml: string, { certificate, sign }: ReceiptSigner): Promise<Buffer> {
  const head = declaration.exec(xml)?.[0]
  if (head === undefined || !xml.endsWith(end)) throw new TypeError('not a receipt as writeReceipt writes it')
  const body = xml.slice(head.length)
  const digest = createHash('sha256').update(body).digest()
  const signedInfo = signedInfoOf(digest, certificate.publicKey.asymmetricKeyType)
  const signature = signatureElement(signedInfo, await sign(signedInfo.bytes), [certificate])
  return Buffer.from(`${head}${body.slice(0, -end.length)}${signature}${end}\n`)
}
