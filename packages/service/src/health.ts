import type { Bus } from '@docaxis/bus'
import type { BlobStore, Database } from '@docaxis/store'
import type { FastifyInstance } from 'fastify'
import type { ClockWatch } from './clock-watch.ts'
import { inTime } from './in-time.ts'
import type { HealthCheck, Service } from './service.ts'

export interface HealthDeps {
  readonly database: Database
  readonly bus: Bus
  readonly blobs: BlobStore
  readonly services: readonly Pick<Service, 'name' | 'ready'>[]
  readonly clock: Pick<ClockWatch, 'check'>
  readonly draining: () => boolean
}

export interface Readiness {
  readonly status: 'ready' | 'not-ready'
  readonly checks: readonly HealthCheck[]
}

/** Probes of many load balancers together cost the database one question a second. */
const keptMs = 1_000
/** A check that hangs is a check that failed. */
const patienceMs = 3_000

/** `/health/live`: the process answers. `/health/ready`: it can do its work now; 503 with the reasons when not. */
export function healthRoutes(app: FastifyInstance, deps: HealthDeps): void {
  const readiness = keptFor(keptMs, () => readinessOf(deps))
  const options = { config: { duringShutdown: true } }

  app.get('/health/live', options, async () => ({ status: 'live' }))
  app.get('/health/ready', options, async (_request, reply) => {
    const { status, checks } = deps.draining() ? stopping : await readiness()
    return reply.code(status === 'ready' ? 200 : 503).send({ status, checks })
  })
}

const stopping: Readiness = {
  status: 'not-ready',
  checks: [{ name: 'process', ok: false, detail: 'is stopping' }],
}

export async function readinessOf({ database, bus, blobs, services, clock }: HealthDeps): Promise<Readiness> {
  const checks = await Promise.all([
    check('database', async () => {
      await database.query('select 1')
      return { ok: true, detail: 'answers' }
    }),
    check('bus', () => bus.health()),
    check('blobs', async () => {
      await blobs.probe()
      return { ok: true, detail: 'can be written' }
    }),
    ...services.map(service => serviceChecks(service)),
  ])
  const all = [...checks.flat(), clock.check()]
  return { status: all.every(({ ok, advisory = false }) => ok || advisory) ? 'ready' : 'not-ready', checks: all }
}

async function serviceChecks({ name, ready }: Pick<Service, 'name' | 'ready'>): Promise<readonly HealthCheck[]> {
  if (ready === undefined) return []
  try {
    return await answered(ready())
  } catch {
    return [{ name, ok: false, detail: 'does not answer' }]
  }
}

/** The reason stays in the log: what an error says may tell a stranger about the inside. */
async function check(
  name: string,
  ask: () => Promise<{ readonly ok: boolean; readonly detail: string }>,
): Promise<HealthCheck> {
  try {
    const { ok, detail } = await answered(ask())
    return { name, ok, detail }
  } catch {
    return { name, ok: false, detail: 'does not answer' }
  }
}

function answered<T>(work: Promise<T>): Promise<T> {
  return inTime(work, patienceMs, () => new Error('no answer in time'))
}

function keptFor<T>(ms: number, work: () => Promise<T>): () => Promise<T> {
  let kept: Promise<T> | undefined
  let until = 0
  return () => {
    if (kept === undefined || performance.now() > until) {
      kept = work()
      until = performance.now() + ms
    }
    return kept
  }
}
