import { publication } from '@docaxis/events'
import {
  advanceCursors,
  appendOutbox,
  assignPositions,
  type Claim,
  claimCursors,
  countTry,
  createCursors,
  pauseCursor,
  renewLeases,
} from '@docaxis/store'
import { type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'

const topic = 'docaxis.receipt.issued'
const noon = new Date('2030-01-15T05:00:00Z')
const wanted = [{ group: 'notary', topic, maxBatch: 8 }] as const
let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})

afterAll(() => database.close())

beforeEach(async () => {
  await database.query('truncate outbox, outbox_batch, bus_cursor')
  await createCursors(database, wanted, 4)
})

/** Rows of one key lie in one partition: H99 in 0, H99.32 in 1. */
async function publish(key: string, count: number): Promise<void> {
  const data = { receiptId: '0'.repeat(24), kind: 'delivery', systemId: 's', sha256: '', issuedAt: '' } as const
  const rows = Array.from({ length: count }, (_, index) =>
    publication({ topic, key, id: `${key}/${index + 1}`, subject: key, time: noon, data }),
  )
  await database.transaction(tx => appendOutbox(tx, rows))
  await database.transaction(tx => assignPositions(tx, 1_000))
}

const claim = (owner: string, limit = 4) => claimCursors(database, wanted, { owner, leaseSeconds: 60, limit })
const ids = (claims: readonly Claim[]) => claims.map(({ events }) => events.map(({ event }) => event.id))
const endLeases = () => database.query(`update bus_cursor set lease_until = now() - interval '1 second'`)

async function claimOne(owner: string): Promise<Claim> {
  const [only] = await claim(owner)
  if (only === undefined) throw new Error('nothing could be claimed')
  return only
}

const finish = (held: Claim, remaining = 0) =>
  database.transaction(tx =>
    advanceCursors(tx, [{ lease: held, position: held.events.at(-1 - remaining)?.position ?? 0n, remaining }]),
  )

it('claims only partitions with something to read, a batch of each', async () => {
  await publish('H99', 10)
  await publish('H99.32', 2)

  const claims = await claim('a')

  expect(
    ids(claims)
      .map(batch => batch.length)
      .sort(),
  ).toEqual([2, 8])
})

it('gives a partition to one owner at a time', async () => {
  await publish('H99', 1)

  const claims = await Promise.all([claim('a'), claim('b'), claim('c')])

  expect(claims.flat()).toHaveLength(1)
})

it('shares the partitions among owners', async () => {
  await publish('H99', 1)
  await publish('H99.32', 1)

  const [first, second] = [await claim('a', 1), await claim('b', 1)]

  expect([...ids(first), ...ids(second)].sort()).toEqual([['H99.32/1'], ['H99/1']])
})

it('goes on behind the position that was committed with the effect', async () => {
  await publish('H99', 3)
  await finish(await claimOne('a'), 1)
  await endLeases()

  expect(ids(await claim('b'))).toEqual([['H99/3']])
})

it('refuses the late write of an owner whose lease was taken over', async () => {
  await publish('H99', 1)
  const frozen = await claimOne('frozen')
  await endLeases()
  await claimOne('next')

  await expect(finish(frozen)).rejects.toThrow('taken over')
})

it('keeps a lease that is renewed', async () => {
  await publish('H99', 1)
  await claimOne('a')
  await database.query(`update bus_cursor set lease_until = now() + interval '1 second' where owner = 'a'`)

  await renewLeases(database, 'a', 60)

  const { rows } = await database.query(
    `select lease_until > now() + interval '30 s' as kept from bus_cursor where owner = 'a'`,
  )
  expect(rows).toEqual([{ kept: true }])
})

it('halves a batch whose owner died with it until one event stands alone', async () => {
  await publish('H99', 8)

  const seen: [number, boolean][] = []
  for (const owner of ['a', 'b', 'c', 'd', 'e']) {
    const { events, suspect } = await claimOne(owner)
    seen.push([events.length, suspect])
    await endLeases()
  }

  expect(seen).toEqual([
    [8, false],
    [4, true],
    [2, true],
    [1, true],
    [1, true],
  ])
})

it('keeps the tries that were counted when an owner died with the event', async () => {
  await publish('H99', 1)
  const tries: number[] = []
  for (const owner of ['a', 'b', 'c']) {
    tries.push(await countTry(database, await claimOne(owner)))
    await endLeases()
  }

  expect(tries).toEqual([1, 2, 3])
})

it('takes whole batches again after progress', async () => {
  await publish('H99', 8)
  await claimOne('died')
  await endLeases()
  await finish(await claimOne('a'))
  await publish('H99', 4)

  expect(ids(await claim('a'))[0]).toHaveLength(8)
})

it('holds a paused partition back, and then gives the failed event alone', async () => {
  await publish('H99', 8)
  await pauseCursor(database, await claimOne('a'), 1, 60_000)
  const during = await claim('b')
  await endLeases()

  const after = await claimOne('b')

  expect(during).toEqual([])
  expect(after).toMatchObject({ attempts: 1, suspect: true, events: [{ event: { id: 'H99/1' } }] })
})
