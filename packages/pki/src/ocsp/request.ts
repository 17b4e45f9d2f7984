import { tag } from '../der.ts'
import { encode, integer, objectId, octets, sequence } from '../der-writer.ts'
import type { Certificate } from '../types.ts'
import { issuerNameHash, keyHash } from './cert-id.ts'
import { ocspOid } from './oids.ts'

const sha1Algorithm = sequence(objectId('1.3.14.3.2.26'), Buffer.of(tag.null, 0))

export interface OcspRequestWish {
  readonly certificate: Certificate
  readonly issuer: Certificate
  /** 32 random octets (RFC 9654 section 2.1); without it the answer may be an earlier one. */
  readonly nonce?: Buffer
}

/**
 * Asks for the status of one certificate (RFC 6960 section 4.1). The certificate is named by SHA-1, which every
 * responder understands (RFC 5019 section 2.1.1) and which protects nothing here: the answer is signed.
 */
export function writeOcspRequest({ certificate, issuer, nonce }: OcspRequestWish): Buffer {
  const certId = sequence(
    sha1Algorithm,
    octets(issuerNameHash(certificate, 'sha1')),
    octets(keyHash(issuer, 'sha1')),
    integer(certificate.serial),
  )
  const extensions = nonce ? [encode(0xa2, sequence(sequence(objectId(ocspOid.nonce), octets(octets(nonce)))))] : []
  return sequence(sequence(sequence(sequence(certId)), ...extensions))
}
