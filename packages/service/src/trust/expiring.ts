import { type Database, listEnding, type WatchedCertificate } from '@docaxis/store'
import { listOwnCertificates, type OwnCertificate } from './own-certificates.ts'

const dayMs = 86_400_000

/** Every certificate in force that ends within so many days, soonest first: of agencies, authorities and the hub. */
export async function listExpiring(
  { database, now }: { readonly database: Database; readonly now: () => Date },
  { days, agency }: { readonly days: number; readonly agency?: string },
): Promise<(WatchedCertificate | OwnCertificate)[]> {
  const from = now()
  const until = new Date(from.getTime() + days * dayMs)
  const own = (await listOwnCertificates(database, from)).filter(({ notAfter }) => notAfter > from && notAfter <= until)
  return [...(await listEnding(database, { from, until })), ...own]
    .filter(({ agencyCode }) => agency === undefined || agencyCode === agency)
    .toSorted((one, other) => one.notAfter.getTime() - other.notAfter.getTime())
}
