import type { Identity } from '@docaxis/pki/authority'
import { daysFromNoon, testAuthority } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { watchExpiry } from '../../src/expiry/watch-expiry.ts'
import { bindSeal, type TrustBench, trustBench } from '../harness.ts'

let bench: TrustBench
let seal: Identity

const end = daysFromNoon(100)
const before = (days: number, seconds = 0) => new Date(end.getTime() - days * 86_400_000 + seconds * 1000)

beforeAll(async () => {
  bench = await trustBench()
  seal = await (await testAuthority()).seal('G99', { keyType: 'ec', notAfter: end })
  await bindSeal(bench.database, 'G99', seal)
})
afterAll(() => bench?.close())
beforeEach(() => bench.database.query('truncate expiry_notice, outbox, outbox_batch'))

const watch = async (now: Date) => (await watchExpiry(bench.database, { now, own: [] })).map(({ days }) => days)

it.each([60, 30, 7, 1])('tells %d days before the end, and not a second earlier', async days => {
  await watch(before(days, -1))

  expect(await watch(before(days))).toEqual([days])
})

it('tells each threshold once in the life of a certificate', async () => {
  const told = []
  for (const days of [61, 60, 59, 30, 29, 7, 6, 1, 0.5]) told.push(...(await watch(before(days))))

  expect(told).toEqual([60, 30, 7, 1])
})

it('tells of the nearest threshold alone when it sees a certificate late', async () => {
  expect(await watch(before(5))).toEqual([7])
  expect(await watch(before(4))).toEqual([])
})

it('says nothing of what has ended', async () => {
  expect(await watch(before(-1))).toEqual([])
})

it('publishes the holder and the end', async () => {
  await watch(before(30))

  const { rows } = await bench.database.query("select key, event -> 'data' as data from outbox_log")
  expect(rows).toEqual([
    {
      key: 'G99',
      data: {
        sha256: seal.certificate.sha256,
        kind: 'seal',
        subject: seal.certificate.subject.text,
        agency: 'G99',
        notAfter: end.toISOString(),
        days: 30,
      },
    },
  ])
})

it('watches the hub’s own certificate too', async () => {
  const own = { sha256: 'ab'.repeat(32), kind: 'hub', subject: 'CN=hub', notAfter: end, agencyCode: null } as const

  const warnings = await watchExpiry(bench.database, { now: before(30), own: [own] })

  expect(warnings.map(({ certificate }) => certificate.kind)).toEqual(['seal', 'hub'])
})
