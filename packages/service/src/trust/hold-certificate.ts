import type { Certificate } from '@docaxis/pki'
import { bindCertificate, endOtherCertificates, type Official, type Tx } from '@docaxis/store'

/** Who is to hold a certificate. */
export interface Holding {
  readonly agency: string
  /** The official that signs with it; absent: it is the agency's seal. */
  readonly official?: Official
  /** Rotation: the holder's other certificates of the same kind count beside it until then. */
  readonly othersEndAt?: Date
}

/**
 * Registers a certificate.
 *
 * @returns SHA-256 of those that end by it
 * @throws HubError `NOT_FOUND`, `STATE_CONFLICT`: as `bindCertificate` does
 */
export async function holdCertificate(
  tx: Tx,
  { sha256, der, subject, issuer, serial, notBefore, notAfter }: Certificate,
  { agency, official, othersEndAt }: Holding,
): Promise<string[]> {
  const row = { sha256, der, subject: subject.text, issuer: issuer.text, serial, notBefore, notAfter }
  await bindCertificate(tx, agency, row, official)
  return othersEndAt === undefined ? [] : endOtherCertificates(tx, sha256, othersEndAt)
}
