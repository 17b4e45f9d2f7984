import {
  createTrustSource,
  type HubConfig,
  listOwnCertificates,
  type Periodic,
  periodic,
  type Service,
  type ServiceDeps,
} from '@docaxis/service'
import type { CheckerSettings } from './attachments/attachment-checker.ts'
import { attachmentChecks } from './attachments/index.ts'
import { watchExpiry } from './expiry/watch-expiry.ts'
import { createGuardedFetch, type FetchOptions } from './fetch/guarded-fetch.ts'
import { trustHealth } from './health.ts'
import { trustMetrics } from './metrics.ts'
import { refresher } from './refresh/refresher.ts'
import { createRegister } from './register/register-known.ts'
import { flagNext } from './revoked/flag-documents.ts'
import { searchNextList } from './revoked/search-list.ts'
import { takeStock } from './take-stock.ts'

export interface TrustSettings {
  /** How often configured anchors and the addresses that certificates name are taken up. */
  readonly registerEveryMs: number
  /** How often it is asked whether something is due, and whether a new list is there. */
  readonly refreshEveryMs: number
  /** Authorities that are asked at the same time. */
  readonly workers: number
  /** How often ends are looked for and gauges counted. */
  readonly watchEveryMs: number
  readonly fetch: Pick<FetchOptions, 'limits' | 'resolve'>
  /** Absent: as in production. */
  readonly attachments?: CheckerSettings
}

const defaults: TrustSettings = {
  registerEveryMs: 30_000,
  refreshEveryMs: 5_000,
  workers: 4,
  watchEveryMs: 30_000,
  fetch: {},
}

/** Keeps what authorities say of certificates fresh, finds out who was revoked, and watches ends. */
export function createService(config: HubConfig, deps: ServiceDeps, settings: TrustSettings = defaults): Service {
  const { database, logger, bus, now } = deps
  const trust = createTrustSource(database, config)
  const metrics = trustMetrics(deps.metrics)
  const register = createRegister(database)
  const ending = new AbortController()
  const fetch = createGuardedFetch({
    ...settings.fetch,
    insideHosts: config.trustInsideHosts,
    signal: ending.signal,
  })

  const every = (everyMs: number, failed: string, work: () => Promise<boolean>): Periodic =>
    periodic({ everyMs, work, onError: error => logger.error({ err: error }, failed) })

  const registrar = every(settings.registerEveryMs, 'authorities were not taken up', async () => {
    await register(await trust.current())
    return false
  })

  const searcher = every(settings.refreshEveryMs, 'a revocation list was not searched', async () => {
    const searched = await searchNextList(database)
    if (searched && searched.news > 0) {
      metrics.revoked.inc({ source: 'crl' }, searched.news)
      logger.warn(searched, 'certificates of the register are revoked')
    }
    return searched !== undefined
  })

  const flagger = every(settings.refreshEveryMs, 'documents were not flagged', async () => {
    const flagged = await flagNext(database, config.lateRevocation)
    if (flagged && flagged.documents > 0) logger.warn(flagged, 'documents under way have a seal that is revoked')
    return flagged?.more === true
  })

  const watcher = every(settings.watchEveryMs, 'ends of certificates were not looked for', async () => {
    const own = await listOwnCertificates(database, now())
    const warnings = await watchExpiry(database, { now: now(), own })
    for (const { certificate, days } of warnings) {
      const { sha256, kind, subject, agencyCode, notAfter } = certificate
      logger.warn({ sha256, kind, subject, agency: agencyCode, notAfter, days }, 'a certificate comes to its end')
    }
    if (warnings.length > 0) bus.nudge()
    metrics.show(await takeStock(database, now()))
    return false
  })

  const refreshers = config.trustFetch
    ? Array.from({ length: settings.workers }, () =>
        refresher({ database, logger, now, fetch, trust, metrics, random: Math.random }, settings.refreshEveryMs),
      )
    : []
  const attachments = attachmentChecks(config, deps, trust, settings.attachments)
  const tasks = [registrar, searcher, flagger, watcher, ...refreshers, ...attachments.tasks]

  return {
    name: 'trust',
    async start() {
      // Broken anchors are a fault of the configuration: found at the start.
      await trust.current()
      for (const task of tasks) {
        task.start()
        task.nudge()
      }
    },
    async stop() {
      ending.abort()
      await Promise.all(tasks.map(task => task.stop()))
      await attachments.close()
    },
    ready: () => trustHealth(database, now()),
  }
}
