import { listOwnCertificates } from '@docaxis/service'
import { listEnding, noticedExpiry } from '@docaxis/store'
import { agencyNames, codesInScope, type Scope } from '@docaxis/store/console'
import type { Console } from '../console.ts'

/** A certificate, and how long it lasts. */
export interface EndingCertificate {
  readonly sha256: string
  readonly kind: 'seal' | 'official' | 'authority' | 'anchor' | 'hub'
  readonly subject: string
  readonly agency?: { readonly code: string; readonly name: string | null }
  readonly notAfter: string
  /** Whole days left; negative: it ended so long ago and still stands in the register. */
  readonly days: number
  /** Thresholds, in days, of which somebody was told. */
  readonly reminded: readonly number[]
}

const dayMs = 86_400_000
/** Shown although it has ended: whoever holds it may not have noticed. */
const pastDays = 30
const aheadDays = 400

/** Certificates within a scope, those that end first at the head. Those of authorities and of the hub concern everybody. */
export async function readEnding(console: Console, scope: Scope): Promise<EndingCertificate[]> {
  const { database, now } = console
  const at = now().getTime()
  const window = { from: new Date(at - pastDays * dayMs), until: new Date(at + aheadDays * dayMs) }
  const [watched, own, codes] = await Promise.all([
    listEnding(database, window),
    listOwnCertificates(database, now()),
    codesInScope(database, scope),
  ])
  const mine = codes && new Set(codes)
  const all = [...watched, ...own]
    .filter(({ agencyCode }) => agencyCode === null || mine === undefined || mine.has(agencyCode))
    .toSorted((one, other) => one.notAfter.getTime() - other.notAfter.getTime())
  const codesNamed = all.flatMap(({ agencyCode }) => agencyCode ?? [])
  const digests = all.map(({ sha256 }) => sha256)
  const [names, noticed] = await Promise.all([agencyNames(database, codesNamed), noticedExpiry(database, digests)])
  return all.map(({ sha256, kind, subject, notAfter, agencyCode }) => ({
    sha256,
    kind,
    subject,
    ...(agencyCode !== null && { agency: { code: agencyCode, name: names.get(agencyCode) ?? null } }),
    notAfter: notAfter.toISOString(),
    days: Math.floor((notAfter.getTime() - at) / dayMs),
    reminded: noticed.get(sha256) ?? [],
  }))
}
