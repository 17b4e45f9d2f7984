import { DerError } from './der.ts'

/** DER of every PEM block with this label (RFC 7468), in order. Text between blocks is skipped. */
export function readPem(text: string, label: string): Buffer[] {
  const blocks = text.matchAll(new RegExp(`-----BEGIN ${label}-----([^-]*)-----END ${label}-----`, 'g'))
  return Array.from(blocks, ([, body = '']) => {
    const base64 = body.replace(/\s+/g, '')
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) throw new DerError(`the ${label} block is not Base64`)
    return Buffer.from(base64, 'base64')
  })
}

/** PEM block of 64-character lines. */
export function writePem(der: Uint8Array, label: string): string {
  const base64 = Buffer.from(der).toString('base64')
  const lines = base64.match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}

/** The DER in `input`, which is DER itself or PEM text with one block of this label. */
export function derOf(input: Uint8Array | string, label: string): Buffer {
  const bytes = Buffer.isBuffer(input) ? input : Buffer.from(input)
  if (bytes[0] === 0x30) return bytes
  const [first, second] = readPem(bytes.toString('latin1'), label)
  if (first === undefined) throw new DerError(`neither DER nor a PEM ${label}`)
  if (second !== undefined) throw new DerError(`several PEM blocks ${label} where one belongs`)
  return first
}
