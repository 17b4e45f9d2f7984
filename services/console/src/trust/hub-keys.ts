import { listHubCertificates } from '@docaxis/store'
import type { Console } from '../console.ts'

/** A certificate with which the hub signs receipts, did, or will. */
export interface HubKeyView {
  readonly sha256: string
  readonly subject: string
  readonly notAfter: string
  readonly state: 'coming' | 'signing' | 'past'
  readonly from: string
  readonly until: string | null
  /** Null: it has not signed yet. */
  readonly firstSignedAt: string | null
}

/** Newest first. */
export async function readHubKeys({ database, now }: Console): Promise<HubKeyView[]> {
  const at = now()
  const rows = await listHubCertificates(database)
  return rows.map(({ sha256, subject, notAfter, signsFrom, signsUntil, firstSignedAt }) => ({
    sha256,
    subject,
    notAfter: notAfter.toISOString(),
    state: signsFrom > at ? 'coming' : signsUntil !== null && signsUntil <= at ? 'past' : 'signing',
    from: signsFrom.toISOString(),
    until: signsUntil?.toISOString() ?? null,
    firstSignedAt: firstSignedAt?.toISOString() ?? null,
  }))
}
