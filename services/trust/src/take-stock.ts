import { listAuthorities, listCrls, listEnding, type Sql, tallyOcsp } from '@docaxis/store'
import { thresholdDays } from './expiry/watch-expiry.ts'

/** How fresh everything is, at one moment. */
export interface TrustStock {
  readonly lists: readonly {
    readonly issuer: string
    readonly ageSeconds: number
    readonly leftSeconds: number | null
  }[]
  readonly ocspMissing: readonly { readonly authority: string; readonly count: number }[]
  readonly expiring: readonly { readonly days: number; readonly count: number }[]
}

const dayMs = 86_400_000

export async function takeStock(sql: Sql, now: Date): Promise<TrustStock> {
  const until = new Date(now.getTime() + Math.max(...thresholdDays) * dayMs)
  const [crls, tallies, authorities, ending] = await Promise.all([
    listCrls(sql),
    tallyOcsp(sql, now),
    listAuthorities(sql),
    listEnding(sql, { from: now, until }),
  ])
  const nameOf = new Map(authorities.map(({ sha256, subject }) => [sha256, subject]))
  return {
    lists: crls
      .filter(({ delta }) => !delta)
      .map(({ issuer, thisUpdate, nextUpdate }) => ({
        issuer,
        ageSeconds: seconds(now.getTime() - thisUpdate.getTime()),
        leftSeconds: nextUpdate ? seconds(nextUpdate.getTime() - now.getTime()) : null,
      })),
    ocspMissing: tallies.map(({ authority, missing }) => ({
      authority: nameOf.get(authority) ?? authority,
      count: missing,
    })),
    expiring: thresholdDays.map(days => ({
      days,
      count: ending.filter(({ notAfter }) => notAfter.getTime() - now.getTime() <= days * dayMs).length,
    })),
  }
}

function seconds(ms: number): number {
  return Math.round(ms / 1000)
}
