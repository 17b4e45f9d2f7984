import { createHash, type KeyObject, randomBytes } from 'node:crypto'
import { bits, boolean, encode, integer, namedBits, objectId, octets, sequence, time } from '../der-writer.ts'
import { oid } from '../extensions.ts'
import type { KeyUsage } from '../types.ts'
import { publicKeyDer, signatureAlgorithm, signDer } from './keys.ts'
import type { CertificateWish } from './types.ts'
import { writeName } from './write-name.ts'

export interface Issuer {
  readonly name: Buffer
  /** Hex. */
  readonly keyId: string
  readonly privateKey: KeyObject
}

/** DER of a certificate of version 3, signed with SHA-256. */
export function writeCertificate(wish: CertificateWish, publicKey: KeyObject, issuer: Issuer): Buffer {
  const algorithm = signatureAlgorithm(issuer.privateKey)
  const tbs = sequence(
    encode(0xa0, integer('2')),
    integer(wish.serial ?? randomSerial()),
    algorithm,
    issuer.name,
    sequence(time(wish.notBefore), time(wish.notAfter)),
    writeName(wish.subject),
    publicKeyDer(publicKey),
    encode(0xa3, sequence(...writeExtensions(wish, publicKey, issuer))),
  )
  return sequence(tbs, algorithm, bits(signDer(tbs, issuer.privateKey)))
}

/** Positive, 16 octets: more than chance can repeat (RFC 5280 section 4.1.2.2). */
function randomSerial(): string {
  const bytes = randomBytes(16)
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40
  return bytes.toString('hex')
}

/** Hex of the key identifier: SHA-1 of the key as it is written (RFC 5280 section 4.2.1.2). A name, not a protection. */
export function keyIdOf(publicKey: KeyObject): string {
  return createHash('sha1').update(publicKeyDer(publicKey)).digest('hex')
}

const timeStamping = '1.3.6.1.5.5.7.3.8'

const usageBits: readonly KeyUsage[] = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
]

function writeExtensions(wish: CertificateWish, publicKey: KeyObject, issuer: Issuer): Buffer[] {
  const { ca, pathLength, keyUsage, extendedKeyUsage } = wish
  const constraints = ca
    ? sequence(boolean(true), ...(pathLength === undefined ? [] : [integer(pathLength.toString(16))]))
    : sequence()
  const extensions = [
    extension(oid.basicConstraints, true, constraints),
    extension(oid.subjectKeyId, false, octets(Buffer.from(keyIdOf(publicKey), 'hex'))),
    extension(oid.authorityKeyId, false, authorityKeyId(issuer.keyId)),
  ]
  if (keyUsage && keyUsage.length > 0) {
    extensions.push(extension(oid.keyUsage, true, namedBits(keyUsage.map(usage => usageBits.indexOf(usage)))))
  }
  if (extendedKeyUsage) {
    // RFC 3161 section 2.3 wants it critical where time stamping stands alone.
    const critical = extendedKeyUsage.every(purpose => purpose === timeStamping)
    extensions.push(extension(oid.extKeyUsage, critical, sequence(...extendedKeyUsage.map(objectId))))
  }
  for (const { id, critical, value } of wish.extensions ?? []) extensions.push(extension(id, critical, value))
  return extensions
}

export function authorityKeyId(keyId: string): Buffer {
  return sequence(encode(0x80, Buffer.from(keyId, 'hex')))
}

export function extension(id: string, critical: boolean, value: Buffer): Buffer {
  return sequence(objectId(id), ...(critical ? [boolean(true)] : []), octets(value))
}
