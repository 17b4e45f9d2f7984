import { createHash } from 'node:crypto'
import { DerReader, readOctetBits, tag } from '../der.ts'
import { encode, integer, objectId, octets, sequence } from '../der-writer.ts'
import type { Certificate } from '../types.ts'
import { ocspOid } from './oids.ts'

const sha1Algorithm = sequence(objectId('1.3.14.3.2.26'), Buffer.of(tag.null, 0))

/**
 * Asks for the status of one certificate (RFC 6960 section 4.1). The certificate is named by SHA-1, which every
 * responder understands (RFC 5019 section 2.1.1) and which protects nothing here: the answer is signed.
 *
 * @param nonce 32 random octets (RFC 9654 section 2.1); without it the answer may be an earlier one
 */
export function writeOcspRequest(question: {
  readonly certificate: Certificate
  readonly issuer: Certificate
  readonly nonce?: Buffer
}): Buffer {
  const { certificate, issuer, nonce } = question
  const certId = sequence(
    sha1Algorithm,
    octets(issuerNameHash(issuer, 'sha1')),
    octets(issuerKeyHash(issuer, 'sha1')),
    integer(certificate.serial),
  )
  const extensions = nonce ? [encode(0xa2, sequence(sequence(objectId(ocspOid.nonce), octets(octets(nonce)))))] : []
  return sequence(sequence(sequence(sequence(certId)), ...extensions))
}

/** Digest of the issuer's name as its own certificate writes it. */
export function issuerNameHash(issuer: Certificate, hash: string): Buffer {
  return createHash(hash).update(issuer.subject.der).digest()
}

/** Digest of the issuer's key bits, without the algorithm. */
export function issuerKeyHash(issuer: Certificate, hash: string): Buffer {
  const key = new DerReader(issuer.publicKeyDer).enter(tag.sequence)
  key.skip(tag.sequence)
  return createHash(hash)
    .update(readOctetBits(key.next(tag.bitString).content))
    .digest()
}
