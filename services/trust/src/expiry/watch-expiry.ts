import { publication } from '@docaxis/events'
import type { OwnCertificate } from '@docaxis/service'
import { appendOutbox, type Database, listEnding, noticeExpiry, type Tx, type WatchedCertificate } from '@docaxis/store'

/** Days before the end of a certificate on which its holder is told, furthest first. */
export const thresholdDays = [60, 30, 7, 1] as const

const dayMs = 86_400_000

export interface ExpiryWarning {
  readonly certificate: WatchedCertificate | OwnCertificate
  /** The threshold that was crossed. */
  readonly days: number
}

/**
 * Tells of every certificate that has come within a threshold of its end, each threshold once. One that is first seen
 * within several is told of by the nearest alone: three warnings of one fact are two too many.
 */
export function watchExpiry(
  database: Database,
  { now, own }: { readonly now: Date; readonly own: readonly OwnCertificate[] },
): Promise<ExpiryWarning[]> {
  const until = new Date(now.getTime() + thresholdDays[0] * dayMs)
  return database.transaction(async tx => {
    const registered = await listEnding(tx, { from: now, until })
    const mine = own.filter(({ notAfter }) => notAfter > now && notAfter <= until)
    const warnings: ExpiryWarning[] = []
    for (const certificate of [...registered, ...mine]) {
      const warning = await warn(tx, certificate, now)
      if (warning) warnings.push(warning)
    }
    return warnings
  })
}

async function warn(tx: Tx, certificate: ExpiryWarning['certificate'], now: Date): Promise<ExpiryWarning | undefined> {
  const left = certificate.notAfter.getTime() - now.getTime()
  const crossed = thresholdDays.filter(days => left <= days * dayMs)
  const days = Math.min(...crossed)
  if (!(await noticeExpiry(tx, certificate.sha256, crossed)).includes(days)) return undefined
  const { sha256, kind, subject, agencyCode, notAfter } = certificate
  await appendOutbox(tx, [
    publication({
      topic: 'docaxis.certificate.expiring',
      key: agencyCode ?? sha256,
      id: `${sha256}:${days}`,
      subject: sha256,
      time: now,
      data: { sha256, kind, subject, agency: agencyCode, notAfter: notAfter.toISOString(), days },
    }),
  ])
  return { certificate, days }
}
