import type { Identity } from '@docaxis/pki/authority'
import { readConfig } from '@docaxis/service'
import { listCrls, listSources } from '@docaxis/store'
import { daysFromNoon, type TestAuthority, testAuthority } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { createService, type TrustSettings } from '../src/index.ts'
import { bindSeal, type TrustBench, trustAuthority, trustBench } from './harness.ts'

let bench: TrustBench
let authority: TestAuthority
let seal: Identity

beforeAll(async () => {
  bench = await trustBench()
  authority = await testAuthority({ name: 'Named CA' })
  const point = { id: '2.5.29.31', critical: false, value: pointOf(`${bench.server.url}/named.crl`) }
  seal = await authority.seal('G99', { keyType: 'ec', extensions: [point], notAfter: daysFromNoon(20) })
  await trustAuthority(bench.database, authority.certificate)
  await bindSeal(bench.database, 'G99', seal)
})
afterAll(() => bench?.close())
beforeEach(() => bench.database.query('truncate revocation_source, crl'))

const eager: TrustSettings = {
  registerEveryMs: 20,
  refreshEveryMs: 20,
  workers: 2,
  watchEveryMs: 20,
  fetch: { limits: { maxBytes: 1024 * 1024, timeoutMs: 500 } },
}

function service(env: Readonly<Record<string, string>> = {}) {
  const config = readConfig({ DOCAXIS_ENVIRONMENT: 'test', DOCAXIS_TRUST_INSIDE_HOSTS: '127.0.0.1', ...env })
  return createService(config, bench.deps, eager)
}

it('finds the list where a registered seal names it, keeps it, and shows how it stands', async () => {
  const times = { thisUpdate: daysFromNoon(-0.25), nextUpdate: daysFromNoon(0.75) }
  bench.server.files.set('/named.crl', authority.crl({ ...times, revoked: [], number: 1 }))
  const running = service()

  await running.start()
  await vi.waitFor(async () => expect(await listCrls(bench.database)).toHaveLength(1), { timeout: 10_000 })
  await vi.waitFor(
    async () => {
      const text = await bench.deps.metrics.metrics()
      expect(text).toMatch(/docaxis_trust_crl_age_seconds\{[^}]*issuer="CN=Named CA"[^}]*\} 21600/)
      expect(text).toMatch(/docaxis_trust_certificates_expiring\{[^}]*days="30"[^}]*\} 1/)
    },
    { timeout: 10_000 },
  )
  const checks = await running.ready?.()
  await running.stop()

  expect(checks).toMatchObject([
    { ok: true, advisory: true },
    { ok: true, advisory: true },
  ])
  bench.deps.metrics.clear()
})

it('warns of an authority that does not answer, and stays ready', async () => {
  bench.server.trouble = 'down'
  const running = service()

  await running.start()
  await vi.waitFor(
    async () => expect(await listSources(bench.database)).toMatchObject([{ failures: 1, givenBy: 'certificate' }]),
    { timeout: 10_000 },
  )
  const checks = await running.ready?.()
  await running.stop()

  expect(checks?.filter(({ ok }) => !ok)).toMatchObject([{ name: 'authorities', advisory: true }])
  bench.deps.metrics.clear()
})

it('calls nobody where fetching is off', async () => {
  const before = bench.server.visits.length
  const running = service({ DOCAXIS_TRUST_FETCH: 'off' })

  await running.start()
  await vi.waitFor(async () => expect(await listSources(bench.database)).toHaveLength(1), { timeout: 10_000 })
  await running.stop()

  expect(bench.server.visits.length).toBe(before)
})

/** One distribution point with one address (RFC 5280 section 4.2.1.13). */
function pointOf(url: string): Buffer {
  const wrap = (tag: number, content: Buffer) => Buffer.concat([Buffer.of(tag, content.length), content])
  const name = wrap(0xa0, wrap(0xa0, wrap(0x86, Buffer.from(url))))
  return wrap(0x30, wrap(0x30, name))
}
