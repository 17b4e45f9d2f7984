import { HubError } from '@docaxis/errors'
import { type Certificate, DerError, parseCertificate } from '@docaxis/pki'

/** @param text PEM, or DER in Base64 */
export function readCertificate(text: string): Certificate {
  try {
    return parseCertificate(text.includes('-----BEGIN') ? text : Buffer.from(text, 'base64'))
  } catch (error) {
    if (!(error instanceof DerError)) throw error
    throw new HubError('REQUEST_INVALID', `not a certificate: ${error.message}`, { cause: error })
  }
}

/** What issues may be an anchor or complete paths. @throws HubError `REQUEST_INVALID` */
export function requireAuthority(certificate: Certificate, at: Date): void {
  if (certificate.basicConstraints?.ca !== true) {
    throw new HubError('REQUEST_INVALID', `${certificate.subject.text} is no certificate authority`)
  }
  if (certificate.notAfter < at) {
    throw new HubError('REQUEST_INVALID', `the certificate ended at ${certificate.notAfter.toISOString()}`)
  }
}
