import type { Certificate } from '@docaxis/pki'
import type { CertificateSummary } from './verdict.ts'

const known = new WeakMap<Certificate, CertificateSummary>()

/** Made once for each certificate: the same ones come with every packet. */
export function summaryOf(certificate: Certificate): CertificateSummary {
  const summary = known.get(certificate) ?? makeSummary(certificate)
  known.set(certificate, summary)
  return summary
}

function makeSummary(certificate: Certificate): CertificateSummary {
  return {
    sha256: certificate.sha256,
    subject: certificate.subject.text,
    issuer: certificate.issuer.text,
    serial: certificate.serial,
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
  }
}
