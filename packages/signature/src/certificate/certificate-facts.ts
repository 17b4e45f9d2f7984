import type { Certificate } from '@docaxis/pki'
import { summaryOf } from '../certificate-summary.ts'
import type { CertificateSummary } from '../verdict.ts'

/** What a certificate says of itself, for people. Claims, until its path was proved. */
export interface CertificateFacts extends CertificateSummary {
  readonly holder: {
    /** Common name, or the whole subject where it has none. */
    readonly name: string
    readonly title?: string
    readonly unit?: string
    readonly organization?: string
    readonly organizationId?: string
  }
  /** `RSA 2048`, `EC P-256`, `Ed25519`. */
  readonly key: string
  readonly keyUsage: readonly string[]
  /** Extended purposes by name where known, else dotted. */
  readonly purposes: readonly string[]
  readonly isAuthority: boolean
}

const purposeNames: Readonly<Record<string, string>> = {
  '1.3.6.1.5.5.7.3.1': 'serverAuth',
  '1.3.6.1.5.5.7.3.2': 'clientAuth',
  '1.3.6.1.5.5.7.3.3': 'codeSigning',
  '1.3.6.1.5.5.7.3.4': 'emailProtection',
  '1.3.6.1.5.5.7.3.8': 'timeStamping',
  '1.3.6.1.5.5.7.3.9': 'OCSPSigning',
  '1.3.6.1.5.5.7.3.36': 'documentSigning',
  '1.3.6.1.4.1.311.10.3.12': 'documentSigning (Microsoft)',
  '2.5.29.37.0': 'anyExtendedKeyUsage',
}

export function factsOf(certificate: Certificate): CertificateFacts {
  const { subject, keyUsage, extKeyUsage, basicConstraints } = certificate
  const attribute = (type: string) => subject.attributes.find(one => one.type === type)?.value
  const optional = <K extends string>(key: K, type: string) => {
    const value = attribute(type)
    return value === undefined ? {} : ({ [key]: value } as Record<K, string>)
  }
  return {
    ...summaryOf(certificate),
    holder: {
      name: attribute('CN') ?? subject.text,
      ...optional('title', 'title'),
      ...optional('unit', 'OU'),
      ...optional('organization', 'O'),
      ...optional('organizationId', 'organizationIdentifier'),
    },
    key: keyText(certificate),
    keyUsage: [...(keyUsage ?? [])],
    purposes: (extKeyUsage ?? []).map(id => purposeNames[id] ?? id),
    isAuthority: basicConstraints?.ca ?? false,
  }
}

const curveNames: Readonly<Record<string, string>> = {
  prime256v1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
}

function keyText(certificate: Certificate): string {
  try {
    const { asymmetricKeyType = 'unknown', asymmetricKeyDetails: details = {} } = certificate.publicKey
    if (details.modulusLength !== undefined) return `RSA ${details.modulusLength}`
    if (details.namedCurve !== undefined) return `EC ${curveNames[details.namedCurve] ?? details.namedCurve}`
    return asymmetricKeyType === 'ed25519' ? 'Ed25519' : asymmetricKeyType
  } catch {
    return certificate.keyAlgorithm
  }
}
