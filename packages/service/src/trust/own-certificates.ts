import { readFile } from 'node:fs/promises'
import { parseCertificates } from '@docaxis/pki'
import type { HubConfig } from '../config.ts'

/** A certificate of the hub itself, which no table holds. */
export interface OwnCertificate {
  readonly sha256: string
  readonly kind: 'hub'
  readonly subject: string
  readonly notAfter: Date
  readonly agencyCode: null
}

/** Those its receipts verify against. */
export async function readOwnCertificates({ hubCertFile }: Pick<HubConfig, 'hubCertFile'>): Promise<OwnCertificate[]> {
  if (hubCertFile === undefined) return []
  return parseCertificates(await readFile(hubCertFile)).map(({ sha256, subject, notAfter }) => ({
    sha256,
    kind: 'hub',
    subject: subject.text,
    notAfter,
    agencyCode: null,
  }))
}
