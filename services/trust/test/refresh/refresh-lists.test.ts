import { issuerKey, parseCrl } from '@docaxis/pki'
import { listCrls, listSources } from '@docaxis/store'
import { daysFromNoon, noon, type TestAuthority, testAuthority } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { refreshNext } from '../../src/refresh/refresher.ts'
import { everythingDue, registerList, type TrustBench, trustBench } from '../harness.ts'

let bench: TrustBench
let authority: TestAuthority
let other: TestAuthority

beforeAll(async () => {
  bench = await trustBench()
  authority = await testAuthority({ name: 'CA One' })
  other = await testAuthority({ name: 'CA Two' })
})
afterAll(() => bench?.close())
beforeEach(async () => {
  await bench.database.query('truncate authority, trust_anchor, crl cascade')
  bench.server.trouble = undefined
  bench.server.files.clear()
  await registerList(bench.database, authority, `${bench.server.url}/one.crl`)
})

const listOf = (issuer: TestAuthority, life: { from?: Date; until?: Date; number?: number } = {}) =>
  issuer.crl({
    thisUpdate: life.from ?? daysFromNoon(-0.25),
    nextUpdate: life.until ?? daysFromNoon(0.75),
    revoked: [],
    number: life.number ?? 1,
  })

async function source() {
  const [only] = await listSources(bench.database, authority.certificate.sha256)
  if (!only) throw new Error('no source')
  return only
}

const held = async () => (await listCrls(bench.database)).map(({ issuer }) => issuer)

it('keeps the list of an authority and asks again at half of its life', async () => {
  bench.server.files.set('/one.crl', listOf(authority))

  expect(await refreshNext(bench.instance())).toBe(true)

  const { dueAt, triedAt, failures, fault } = await source()
  expect(await held()).toEqual([authority.certificate.subject.text])
  expect({ failures, fault }).toEqual({ failures: 0, fault: null })
  expect((dueAt.getTime() - (triedAt?.getTime() ?? 0)) / 3_600_000).toBe(6)
  expect(await refreshNext(bench.instance())).toBe(false)
})

it.each([
  { trouble: 'slow', says: 'no whole answer' },
  { trouble: 'down', says: 'no answer' },
  { trouble: 'huge', says: 'larger than' },
  { trouble: 'redirect-inside', says: 'another host' },
] as const)('keeps what it has while the server is $trouble, and tries again later', async ({ trouble, says }) => {
  bench.server.files.set('/one.crl', listOf(authority))
  await refreshNext(bench.instance())
  await everythingDue(bench.database)
  bench.server.trouble = trouble

  await refreshNext(bench.instance())

  expect(await source()).toMatchObject({ failures: 1, fault: expect.stringContaining(says), goodAt: expect.any(Date) })
  expect(await held()).toHaveLength(1)
})

describe('what is not a list of the authority', () => {
  const cases = [
    { what: 'signed by another key', bytes: async () => listOf(await testAuthority({ name: 'CA One' })) },
    { what: 'no list', bytes: async () => Buffer.from('<html>welcome to our portal</html>') },
    { what: 'cut off', bytes: async () => listOf(authority).subarray(0, 100) },
    { what: 'of the future', bytes: async () => listOf(authority, { from: daysFromNoon(1), until: daysFromNoon(2) }) },
  ]

  it.each(cases)('is not kept: $what', async ({ bytes }) => {
    bench.server.files.set('/one.crl', await bytes())

    await refreshNext(bench.instance())

    expect(await source()).toMatchObject({ failures: 1, goodAt: null })
    expect(await held()).toEqual([])
  })

  it('is not kept when another known authority signed it', async () => {
    await registerList(bench.database, other, `${bench.server.url}/two.crl`)
    bench.server.files.set('/one.crl', listOf(other))

    while (await refreshNext(bench.instance()));

    expect(await source()).toMatchObject({ failures: 1, fault: expect.stringContaining('CA Two') })
    expect(await held()).toEqual([])
  })
})

it('says that a list ran out, and keeps it: until when it spoke is evidence', async () => {
  bench.server.files.set('/one.crl', listOf(authority, { from: daysFromNoon(-2), until: daysFromNoon(-1) }))

  await refreshNext(bench.instance())

  expect(await source()).toMatchObject({ failures: 1, fault: expect.stringContaining('ran out') })
  expect(await held()).toHaveLength(1)
})

it('never puts an older list in the place of a newer one', async () => {
  bench.server.files.set('/one.crl', listOf(authority, { number: 7 }))
  await refreshNext(bench.instance())
  bench.server.files.set('/one.crl', listOf(authority, { number: 6, from: daysFromNoon(-0.5) }))
  await everythingDue(bench.database)

  await refreshNext(bench.instance())

  expect(await listCrls(bench.database)).toMatchObject([{ number: '7' }])
})

it('goes on with other authorities while one does not answer', async () => {
  await registerList(bench.database, other, `${bench.server.url}/two.crl`)
  bench.server.files.set('/two.crl', listOf(other))

  while (await refreshNext(bench.instance()));

  expect(await source()).toMatchObject({ failures: 1, fault: 'answers status 404' })
  expect(await held()).toEqual([other.certificate.subject.text])
})

it('asks an authority from one instance at a time', async () => {
  bench.server.files.set('/one.crl', listOf(authority))
  const before = bench.server.visits.length

  const turns = await Promise.all(Array.from({ length: 6 }, () => refreshNext(bench.instance())))

  expect(turns.filter(Boolean)).toHaveLength(1)
  expect(bench.server.visits.slice(before)).toEqual(['/one.crl'])
})

it('takes the authority over from an instance that died', async () => {
  bench.server.files.set('/one.crl', listOf(authority))
  await bench.database.query("update authority set leased_until = now() + interval '3 minutes'")
  const whileLeased = await refreshNext(bench.instance())
  await bench.database.query("update authority set leased_until = now() - interval '1 second'")

  expect([whileLeased, await refreshNext(bench.instance())]).toEqual([false, true])
})

it('counts a list no longer than its authority’s policy says', async () => {
  await bench.database.query('update authority set max_crl_age_hours = 6')
  bench.server.files.set('/one.crl', listOf(authority))
  const instance = bench.instance()
  await refreshNext(instance)

  const [crl] = (await instance.trust.current()).crls(issuerKeyOf(authority))

  expect(crl?.nextUpdate).toEqual(noon)
})

function issuerKeyOf(issuer: TestAuthority): string {
  return issuerKey(parseCrl(listOf(issuer)))
}
