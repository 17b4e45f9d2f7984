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
  const { database } = console
  const ending = await endingWithin(console, scope, { from: -pastDays, until: aheadDays })
  const names = await agencyNames(
    database,
    ending.flatMap(({ agencyCode }) => agencyCode ?? []),
  )
  const noticed = await noticedExpiry(
    database,
    ending.map(({ sha256 }) => sha256),
  )
  return ending.map(({ sha256, kind, subject, notAfter, agencyCode, days }) => ({
    sha256,
    kind,
    subject,
    ...(agencyCode !== null && { agency: { code: agencyCode, name: names.get(agencyCode) ?? null } }),
    notAfter: notAfter.toISOString(),
    days,
    reminded: noticed.get(sha256) ?? [],
  }))
}

/** The same, without what else the page tells of them, between two days from now. */
export async function endingWithin(
  { database, now }: Console,
  scope: Scope,
  { from, until }: { readonly from: number; readonly until: number },
) {
  const at = now().getTime()
  const window = { from: new Date(at + from * dayMs), until: new Date(at + until * dayMs) }
  const [watched, own, codes] = await Promise.all([
    listEnding(database, window),
    listOwnCertificates(database, now()),
    codesInScope(database, scope),
  ])
  const mine = codes && new Set(codes)
  return [...watched, ...own]
    .filter(({ notAfter }) => notAfter >= window.from && notAfter <= window.until)
    .filter(({ agencyCode }) => agencyCode === null || mine === undefined || mine.has(agencyCode))
    .map(certificate => ({ ...certificate, days: Math.floor((certificate.notAfter.getTime() - at) / dayMs) }))
    .toSorted((one, other) => one.notAfter.getTime() - other.notAfter.getTime())
}
