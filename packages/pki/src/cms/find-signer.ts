import type { Fault } from '../algorithms.ts'
import type { Certificate } from '../types.ts'
import type { SignerId, SignerQuestion } from './types.ts'

/**
 * The one certificate that the SignerInfo names (V52). Two different certificates under one name would let one key
 * verify and the other give the name, so they are refused; the same certificate twice is one.
 */
export function findSigner({ signed, signer, certificates = [] }: SignerQuestion): Certificate | Fault {
  const fitting = [...signed.certificates, ...certificates].filter(certificate => isNamedBy(signer.id, certificate))
  const [found, ...others] = new Map(fitting.map(certificate => [certificate.sha256, certificate])).values()
  if (!found) {
    return { code: 'SIGNER_CERTIFICATE_MISSING', rule: 'V52', detail: `no certificate of ${textOf(signer.id)}` }
  }
  if (others.length === 0) return found
  const detail = `${others.length + 1} certificates of ${textOf(signer.id)}`
  return { code: 'SIGNER_AMBIGUOUS', rule: 'V52', detail }
}

function isNamedBy(id: SignerId, { issuer, serial, subjectKeyId }: Certificate): boolean {
  switch (id.by) {
    case 'issuerAndSerialNumber':
      return serial === id.serial && issuer.key === id.issuer.key
    case 'subjectKeyIdentifier':
      return subjectKeyId === id.keyId
  }
}

function textOf(id: SignerId): string {
  return id.by === 'subjectKeyIdentifier' ? `key identifier ${id.keyId}` : `${id.issuer.text}, serial ${id.serial}`
}
