import { type Database, listHubCertificates } from '@docaxis/store'

/** A certificate of the hub itself. */
export interface OwnCertificate {
  readonly sha256: string
  readonly kind: 'hub'
  readonly subject: string
  readonly notAfter: Date
  readonly agencyCode: null
}

/** Those that sign receipts or will. One that was replaced may end without anybody being told. */
export async function listOwnCertificates(database: Database, now: Date): Promise<OwnCertificate[]> {
  const certificates = await listHubCertificates(database)
  return certificates
    .filter(({ signsUntil }) => signsUntil === null || signsUntil > now)
    .map(({ sha256, subject, notAfter }) => ({ sha256, kind: 'hub', subject, notAfter, agencyCode: null }))
}
