import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readEnvelope } from '@docaxis/edxml'
import { type Certificate, parseCertificate } from '@docaxis/pki'
import { daysFromNoon, hasShared, noon, sharedPath, testAuthority } from '@docaxis/testkit'
import { type DocumentVerdict, verifyPacket } from '../../src/index.ts'

/** Cases of one folder of published vectors; none where the shared data is missing. */
export function casesIn<T>(...folder: readonly string[]): readonly T[] {
  if (!hasShared('vectors', ...folder)) return []
  return JSON.parse(readVector(...folder, 'expected.json').toString()).cases as readonly T[]
}

export function readVector(...path: readonly string[]): Buffer {
  return readFileSync(sharedPath('vectors', ...path))
}

/** A certificate for a key that the vectors give without one; nobody is meant to trust its issuer. */
export async function certificateOf(key: KeyObject): Promise<Certificate> {
  const authority = await testAuthority()
  const issued = await authority.issue({
    subject: { commonName: 'key of a test vector' },
    publicKeyPem: key.export({ format: 'pem', type: 'spki' }).toString(),
    keyUsage: ['digitalSignature'],
    notBefore: daysFromNoon(-1),
    notAfter: daysFromNoon(1),
  })
  return issued.certificate
}

/** Certificate or bare public key in a file; undefined for what is neither, such as the secret of an HMAC. */
export async function certificateIn(file: Buffer): Promise<Certificate | undefined> {
  try {
    return parseCertificate(file)
  } catch {
    return file.includes('PUBLIC KEY') ? certificateOf(createPublicKey(file)) : undefined
  }
}

/** The key that a KeyValue spells out, in any of the forms of the vectors, also those that no profile takes. */
export function keyValueOf(xml: string): KeyObject | undefined {
  const text = (name: string) => new RegExp(`<(?:\\w+:)?${name}[^>]*>([^<]+)<`).exec(xml)?.[1]?.replace(/\s+/g, '')
  const der = text('DEREncodedKeyValue')
  if (der !== undefined) return createPublicKey({ key: Buffer.from(der, 'base64'), format: 'der', type: 'spki' })
  const [n, e] = [text('Modulus'), text('Exponent')]
  if (n !== undefined && e !== undefined) return jwk({ kty: 'RSA', n: base64url(n), e: base64url(e) })
  const curve = /urn:oid:([\d.]+)/.exec(xml)?.[1]
  const point = curve === undefined ? undefined : pointOf(xml, text('PublicKey'), curve)
  return point && jwk({ kty: 'EC', crv: curves[curve ?? ''], ...point })
}

const curves: Readonly<Record<string, string>> = {
  '1.2.840.10045.3.1.7': 'P-256',
  '1.3.132.0.34': 'P-384',
  '1.3.132.0.35': 'P-521',
}
const coordinateBytes: Readonly<Record<string, number>> = { 'P-256': 32, 'P-384': 48, 'P-521': 66 }

function pointOf(xml: string, encoded: string | undefined, curve: string): { x: string; y: string } | undefined {
  const length = coordinateBytes[curves[curve] ?? ''] ?? 0
  if (encoded !== undefined) {
    const bytes = Buffer.from(encoded, 'base64').subarray(1)
    return { x: bytes.subarray(0, length).toString('base64url'), y: bytes.subarray(length).toString('base64url') }
  }
  // RFC 4050 writes the coordinates in decimal digits.
  const [x, y] = ['X', 'Y'].map(name => new RegExp(`<${name} Value="(\\d+)"`).exec(xml)?.[1])
  if (x === undefined || y === undefined) return undefined
  const bytesOf = (digits: string) =>
    Buffer.from(
      BigInt(digits)
        .toString(16)
        .padStart(length * 2, '0'),
      'hex',
    )
  return { x: bytesOf(x).toString('base64url'), y: bytesOf(y).toString('base64url') }
}

function jwk(key: JsonWebKey): KeyObject {
  return createPublicKey({ key, format: 'jwk' })
}

function base64url(base64: string): string {
  return Buffer.from(base64, 'base64').toString('base64url')
}

/** The verdict by the strict profile. */
export function strictVerdict(xml: Buffer): DocumentVerdict {
  return verifyPacket(readEnvelope(xml, { profile: 'strict', receivedAt: noon }), { at: noon })
}

/** Rules that failed, those of the document and those of each signature. */
export function failedRules({ checks, signatures }: DocumentVerdict): readonly string[] {
  const all = [...checks, ...signatures.flatMap(signature => signature.checks)]
  return all.filter(({ passed }) => !passed).map(({ rule }) => rule)
}

/** A name space that is no absolute URI: there is no canonical form then, whatever else is wrong. */
export function hasRelativeNamespaces(xml: Buffer): boolean {
  return /xmlns(?::\w+)?=(["'])[\w-]+\1/.test(xml.toString())
}
