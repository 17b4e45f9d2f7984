import { HubError } from '@docaxis/errors'
import { type Certificate, DerError, type Purpose, parseCertificate, parseCertificates } from '@docaxis/pki'
import type { TrustSource } from '@docaxis/service'
import { type CertificateVerdict, judgeCertificate, withStanding } from '@docaxis/signature'
import { type CertificateBinding, findBindings, type Sql } from '@docaxis/store'

export interface CertificateQuestion {
  /** DER, or PEM: the first certificate is judged, those behind it may lead to its issuer. */
  readonly bytes: Buffer
  readonly purpose: Purpose
  /** The judged time. */
  readonly at: Date
  /** Why it cannot be trusted (V54). */
  readonly timeFault?: string
}

export interface CertificateAnswer {
  readonly verdict: CertificateVerdict
  /** Who may seal with it here. */
  readonly binding?: CertificateBinding
}

/** @throws HubError `REQUEST_INVALID`: the bytes are no certificate */
export async function verifyCertificate(
  { sql, trust }: { readonly sql: Sql; readonly trust: TrustSource },
  { bytes, purpose, at, timeFault }: CertificateQuestion,
): Promise<CertificateAnswer> {
  const [certificate, ...intermediates] = readCertificates(bytes)
  const verdict = judgeCertificate({ certificate, intermediates, trust: await trust.current(), at, purpose }, timeFault)
  const [binding] = await findBindings(sql, certificate.sha256)
  return { verdict: withStanding(verdict, binding ?? {}), ...(binding && { binding }) }
}

function readCertificates(bytes: Buffer): readonly [Certificate, ...Certificate[]] {
  try {
    const [first, ...others] = bytes.includes('-----BEGIN') ? parseCertificates(bytes) : [parseCertificate(bytes)]
    if (first) return [first, ...others]
  } catch (error) {
    if (!(error instanceof DerError)) throw error
    throw new HubError('REQUEST_INVALID', `not a certificate: ${error.message}`, { cause: error })
  }
  throw new HubError('REQUEST_INVALID', 'no certificate in the PEM text')
}
