import { type Certificate, signatureFault } from '@docaxis/pki'

/** The authority that signed a certificate; undefined when none of these did. */
export function issuerOf(certificate: Certificate, authorities: readonly Certificate[]): Certificate | undefined {
  return authorities.find(
    authority =>
      authority.subject.key === certificate.issuer.key &&
      (certificate.authorityKeyId === undefined ||
        authority.subjectKeyId === undefined ||
        certificate.authorityKeyId === authority.subjectKeyId) &&
      signatureFault(certificate.signature, authority) === undefined,
  )
}
