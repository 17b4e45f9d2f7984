import { emptyTables, type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { acknowledgeDeliveries, listMailbox, markFetched } from '../../src/index.ts'
import { deliver, route, runOut } from '../delivering.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())
beforeEach(() => emptyTables(database, 'document'))

const commune = { agencies: ['H99.32.05'], limit: 10 }
const fetching = { agencies: ['H99.32.05'], systemId: 'g99', leaseMs: 60_000 }

async function waiting(query = commune): Promise<string[]> {
  return (await listMailbox(database, query)).items.map(item => item.deliveryId)
}

it('shows what a receiver needs to decide and to check', async () => {
  const [id] = await deliver(database, { documentId: '000.00.00.G99/1', priority: 2 })

  const { items, next } = await listMailbox(database, commune)

  expect(items).toMatchObject([
    {
      deliveryId: id,
      documentId: '000.00.00.G99/1',
      sender: 'G99',
      receiver: 'H99.32.05',
      priority: 2,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      redelivered: false,
      verdict: expect.not.objectContaining({ checks: expect.anything() }),
    },
  ])
  expect(next).toBeUndefined()
})

it('lists urgent before ordinary, and older before newer', async () => {
  const [ordinary] = await deliver(database)
  const [later] = await deliver(database)
  const [urgent] = await deliver(database, { priority: 1 })
  const [mostUrgent] = await deliver(database, { priority: 4 })

  expect(await waiting()).toEqual([mostUrgent, urgent, ordinary, later])
})

it('pages through everything once, across agencies and kinds', async () => {
  const ids: string[] = []
  for (const priority of [0, 3, 0, 1, 0] as const) {
    ids.push(...(await deliver(database, { priority, receivers: ['H99.32.05', 'H99.32.06'] })))
  }
  ids.push(...(await deliver(database, { kind: 'status' })))
  const query = { agencies: ['H99.32.05', 'H99.32.06'], limit: 4 }

  const seen: string[] = []
  let after: string | undefined
  do {
    const page = await listMailbox(database, { ...query, ...(after && { after }) })
    seen.push(...page.items.map(item => item.deliveryId))
    after = page.next
  } while (after)

  expect(seen).toHaveLength(11)
  expect(new Set(seen)).toEqual(new Set(ids))
})

it('shows nothing of another agency', async () => {
  await deliver(database, { receivers: ['H99.32.06'] })

  expect(await waiting()).toEqual([])
})

it('shows one kind when asked for it', async () => {
  await deliver(database)
  const [status] = await deliver(database, { kind: 'status' })

  const { items } = await listMailbox(database, { ...commune, kind: 'status' })

  expect(items.map(item => item.deliveryId)).toEqual([status])
})

it('hides what was routed and not made available', async () => {
  await route(database)

  expect(await waiting()).toEqual([])
})

it('hides a fetched delivery until its lease runs out, and then marks it redelivered', async () => {
  const [id = ''] = await deliver(database)
  await database.transaction(tx => markFetched(tx, { ...fetching, deliveryId: id }))
  expect(await waiting()).toEqual([])

  await runOut(database, id)

  expect((await listMailbox(database, commune)).items).toMatchObject([{ deliveryId: id, redelivered: true }])
})

it('forgets what was acknowledged', async () => {
  const ids = await deliver(database)
  await database.transaction(tx => acknowledgeDeliveries(tx, { ...fetching, ids }))

  expect(await waiting()).toEqual([])
})

it('serves a system of 400 agencies in one listing', async () => {
  const agencies = Array.from({ length: 400 }, (_, index) => `C${index}`)
  await deliver(database, { receivers: agencies.slice(0, 50) })

  const { items, next } = await listMailbox(database, { agencies, limit: 20 })

  expect(items).toHaveLength(20)
  expect(next).toBeDefined()
})

it.each(['', 'x', 'MH4x', Buffer.from("0~2030-99-99T00:00:00.000000Z~'").toString('base64url')])(
  'refuses the cursor %j',
  async after => {
    await expect(listMailbox(database, { ...commune, after })).rejects.toMatchObject({ code: 'REQUEST_INVALID' })
  },
)
