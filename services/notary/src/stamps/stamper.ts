import {
  createTrustSource,
  type HealthCheck,
  type HubConfig,
  type PeriodicOptions,
  type ServiceDeps,
} from '@docaxis/service'
import { type Database, oldestUnstamped } from '@docaxis/store'
import { askTsa } from './ask-tsa.ts'
import { stampReceipts } from './stamp-receipts.ts'

export interface StamperSettings {
  readonly tsaTimeoutMs: number
  readonly stampBackOffMs: number
}

type Config = Pick<HubConfig, 'anchorsDir' | 'algorithmEnds' | 'tsaUrl' | 'tsaPolicyId' | 'tsaBatch' | 'tsaEveryMs'>
type Deps = Pick<ServiceDeps, 'database' | 'logger' | 'bus' | 'now'>

/** Has receipts time-stamped; nothing where no authority is configured. */
export function stampers(config: Config, deps: Deps, settings: StamperSettings): PeriodicOptions[] {
  const { tsaUrl: url, tsaPolicyId: policyId, tsaBatch: batch, tsaEveryMs: everyMs } = config
  if (url === undefined) return []
  const { database, logger, bus, now } = deps
  const trust = createTrustSource(database, config)
  const tsa = { url, policyId, timeoutMs: settings.tsaTimeoutMs }
  const options = {
    batch,
    leaseMs: 2 * settings.tsaTimeoutMs + 10_000,
    backOffMs: settings.stampBackOffMs,
    ask: async (root: Buffer) => askTsa(root, { tsa, trust: await trust.current(), now }),
    onFault: (error: unknown, tries: number) => logger.warn({ err: error, url, tries }, 'no time stamp for receipts'),
  }
  return [
    {
      everyMs,
      async work() {
        const more = await stampReceipts(database, options)
        bus.nudge()
        return more
      },
      onError: error => logger.error({ err: error }, 'stamping of receipts failed'),
    },
  ]
}

/** An alarm where receipts have waited too long. While they are shown without it, it is a note. */
export async function stampCheck(
  database: Database,
  { tsaPolicy, tsaAlarmMs }: Pick<HubConfig, 'tsaPolicy' | 'tsaAlarmMs'>,
  now: Date,
): Promise<HealthCheck[]> {
  if (tsaPolicy === 'off') return []
  const oldest = await oldestUnstamped(database)
  const ok = !oldest || now.getTime() - oldest.getTime() <= tsaAlarmMs
  const detail = oldest ? `receipts wait for a time stamp since ${oldest.toISOString()}` : 'no receipt waits for one'
  return [{ name: 'time stamps', ok, advisory: true, detail }]
}
