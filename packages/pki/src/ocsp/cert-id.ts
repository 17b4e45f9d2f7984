import { createHash } from 'node:crypto'
import { DerReader, readOctetBits, tag } from '../der.ts'
import type { Certificate } from '../types.ts'
import type { CertId } from './types.ts'

/** Digests that may name a certificate. SHA-1 is among them: it is a name here, the answer is signed (RFC 5019). */
const hashes: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}

const certIds = new WeakMap<Certificate, WeakMap<Certificate, readonly CertId[]>>()

/** Every name that a response may give this certificate of this issuer, one for each digest. */
export function certIdsOf(certificate: Certificate, issuer: Certificate): readonly CertId[] {
  const ofIssuer = certIds.get(issuer) ?? new WeakMap<Certificate, readonly CertId[]>()
  certIds.set(issuer, ofIssuer)
  const known = ofIssuer.get(certificate) ?? makeCertIds(certificate, issuer)
  ofIssuer.set(certificate, known)
  return known
}

function makeCertIds(certificate: Certificate, issuer: Certificate): CertId[] {
  return Object.entries(hashes).map(([hashAlgorithm, hash]) => ({
    hashAlgorithm,
    issuerNameHash: issuerNameHash(certificate, hash).toString('hex'),
    issuerKeyHash: keyHash(issuer, hash).toString('hex'),
    serial: certificate.serial,
  }))
}

/** Why a CertID does not name this certificate of this issuer; undefined when it does (V42). */
export function certIdFault(certId: CertId, certificate: Certificate, issuer: Certificate): string | undefined {
  if (certId.serial !== certificate.serial) return `serial ${certId.serial}`
  const wanted = certIdsOf(certificate, issuer).find(({ hashAlgorithm }) => hashAlgorithm === certId.hashAlgorithm)
  if (!wanted) return `digest ${certId.hashAlgorithm}`
  if (certId.issuerNameHash !== wanted.issuerNameHash) return 'another issuer by name'
  return certId.issuerKeyHash === wanted.issuerKeyHash ? undefined : 'another issuer by key'
}

/** Digest of the issuer's name as the certificate asked about writes it (RFC 6960 section 4.1.1). */
export function issuerNameHash({ issuer }: Certificate, hash: string): Buffer {
  return createHash(hash).update(issuer.der).digest()
}

/** Digest of a certificate's key bits, without the algorithm. */
export function keyHash({ publicKeyDer }: Certificate, hash: string): Buffer {
  const key = new DerReader(publicKeyDer).enter(tag.sequence)
  key.skip(tag.sequence)
  return createHash(hash)
    .update(readOctetBits(key.next(tag.bitString).content))
    .digest()
}
