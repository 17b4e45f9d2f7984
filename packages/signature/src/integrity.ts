import { timingSafeEqual, verify } from 'node:crypto'
import type { SignatureMaterial } from '@docaxis/edxml'
import { type Certificate, keyFault } from '@docaxis/pki'
import { isFixedLengthSignature } from './ecdsa.ts'
import type { SignatureAlgorithm } from './names.ts'
import { type Checklist, Refusal } from './refusal.ts'
import { readSignatureElement, type SignatureElement } from './signature-element.ts'
import { readSignedInfo, type SignedInfo } from './signed-info.ts'

/** A signature that computes: who made it is the first certificate, whoever that may be. */
export interface IntegrityProof {
  readonly certificate: Certificate
  /** The further certificates: authorities only. */
  readonly intermediates: readonly Certificate[]
  readonly signatureAlgorithm: SignatureAlgorithm
  readonly digestAlgorithm: string
}

export type ReadCertificate = (der: Buffer) => Certificate

/**
 * Structure, references and cryptography, in this order; nothing is said yet about who the signer is.
 *
 * @throws Refusal with the first rule that failed
 */
export function proveIntegrity(
  material: SignatureMaterial,
  checklist: Checklist,
  readCertificate: ReadCertificate,
): IntegrityProof {
  const element = readSignatureElement(material, checklist)
  const signedInfo = readSignedInfo(material.signedInfo, checklist)
  const [certificate, ...intermediates] = readCertificates(element, readCertificate)
  if (!certificate) throw new Refusal('SIGNER_CERTIFICATE_MISSING', 'V22', 'there is no certificate')

  checkKey(certificate, signedInfo, checklist)
  checkSignatureValue(material.signedInfo, element, signedInfo, [certificate, ...intermediates], checklist)
  const computed = material.digest(signedInfo.digestAlgorithm)
  const agrees = computed.length === signedInfo.digest.length && timingSafeEqual(computed, signedInfo.digest)
  const fact = 'the digest is that of the packet'
  checklist.hold(agrees, 'V06', fact, 'DIGEST_MISMATCH', 'the packet is not the one that was signed')
  const { signatureAlgorithm, digestAlgorithm } = signedInfo
  return { certificate, intermediates, signatureAlgorithm, digestAlgorithm }
}

function readCertificates({ certificates }: SignatureElement, readCertificate: ReadCertificate): Certificate[] {
  return certificates.map((der, index) => {
    try {
      return readCertificate(der)
    } catch (error) {
      const why = error instanceof Error ? error.message : 'unreadable'
      throw new Refusal('SIGNER_CERTIFICATE_MISSING', 'V38', `certificate ${index + 1} cannot be read: ${why}`)
    }
  })
}

const keyTypes: Readonly<Record<SignatureAlgorithm, string>> = { 'rsa-sha256': 'rsa', 'ecdsa-sha256': 'ec' }

function checkKey(certificate: Certificate, { signatureAlgorithm }: SignedInfo, { hold, pass }: Checklist): void {
  const fault = keyFault(certificate)
  if (fault) throw new Refusal(fault.code, fault.rule, fault.detail)
  const type = certificate.publicKey.asymmetricKeyType
  const fits = type === keyTypes[signatureAlgorithm]
  pass('V17', `key of type ${type}`)
  hold(
    fits,
    'V16',
    'the algorithm fits the key',
    'ALGORITHM_NOT_ALLOWED',
    `${signatureAlgorithm} with a key of type ${type}`,
  )
}

function checkSignatureValue(
  signed: Buffer,
  { value }: SignatureElement,
  { signatureAlgorithm }: SignedInfo,
  [certificate, ...others]: readonly [Certificate, ...Certificate[]],
  { hold, pass }: Checklist,
): void {
  const verifies = (by: Certificate) => verifyValue(signed, value, signatureAlgorithm, by)
  if (!verifies(certificate)) {
    const another = others.some(
      other => other.publicKey.asymmetricKeyType === keyTypes[signatureAlgorithm] && verifies(other),
    )
    if (another) throw new Refusal('SIGNER_AMBIGUOUS', 'V22', 'the key of another certificate than the first verifies')
    throw new Refusal('SIGNATURE_MISMATCH', 'V19', `not signed by the key of ${certificate.subject.text}`)
  }
  const stranger = others.find(other => !other.basicConstraints?.ca)
  const ambiguous = `certificate of ${stranger?.subject.text} beside that of ${certificate.subject.text}`
  hold(!stranger, 'V22', 'one signer', 'SIGNER_AMBIGUOUS', ambiguous)
  pass('V19', 'signed by the key of the certificate')
}

function verifyValue(signed: Buffer, value: Buffer, algorithm: SignatureAlgorithm, by: Certificate): boolean {
  if (algorithm === 'rsa-sha256') return verify('sha256', signed, by.publicKey, value)
  if (!isFixedLengthSignature(value, by.namedCurve)) {
    throw new Refusal('SIGNATURE_MISMATCH', 'V18', 'signature value is not r and s of fixed length within the order')
  }
  return verify('sha256', signed, { key: by.publicKey, dsaEncoding: 'ieee-p1363' }, value)
}
