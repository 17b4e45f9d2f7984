import { readFile } from 'node:fs/promises'
import { parseCertificates } from '@docaxis/pki'
import type { HubConfig } from '@docaxis/service'
import type { OwnCertificate } from './watch-expiry.ts'

/** Certificates of the hub itself, which no table holds: those its receipts verify against. */
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
