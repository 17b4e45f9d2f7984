import type { ServiceDeps, TrustSource } from '@docaxis/service'
import type { GuardedFetch } from '../fetch/guarded-fetch.ts'
import type { TrustMetrics } from '../metrics.ts'

/** What asking an authority takes. */
export interface RefreshDeps extends Pick<ServiceDeps, 'database' | 'logger' | 'now'> {
  readonly fetch: GuardedFetch
  readonly trust: TrustSource
  readonly metrics: TrustMetrics
  /** From 0 to 1; spreads the next turns. */
  readonly random: () => number
}
