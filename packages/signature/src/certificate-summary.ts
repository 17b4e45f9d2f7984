import type { Certificate } from '@docaxis/pki'
import type { CertificateSummary } from './verdict.ts'

export function summaryOf(certificate: Certificate): CertificateSummary {
  return {
    sha256: certificate.sha256,
    subject: certificate.subject.text,
    issuer: certificate.issuer.text,
    serial: certificate.serial,
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
  }
}
