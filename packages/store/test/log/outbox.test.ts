import { readFile } from 'node:fs/promises'
import { publication } from '@docaxis/events'
import {
  appendOutbox,
  assignPositions,
  countUnrelayed,
  markRelayed,
  partitionOf,
  purgeOutbox,
  readPartition,
  readUnrelayed,
  settlePartitions,
} from '@docaxis/store'
import { type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'

const topic = 'docaxis.dead-letter'
const noon = new Date('2030-01-15T05:00:00Z')
let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})

afterAll(() => database.close())

beforeEach(async () => {
  await database.query('truncate outbox, outbox_batch, bus_cursor')
  await database.query('update outbox_sequence set last_position = 0, relayed = 0')
})

const note = (key: string) =>
  publication({
    topic,
    key,
    id: `event of ${key}`,
    subject: key,
    time: noon,
    data: { deadLetterId: '0'.repeat(24), group: 'router', topic, eventId: 'e', code: 'UNEXPECTED' },
  })

const append = (...keys: string[]) => database.transaction(tx => appendOutbox(tx, keys.map(note)))
const assign = (limit = 100) => database.transaction(tx => assignPositions(tx, limit))

async function placed(): Promise<{ position: string; key: string; partition: number }[]> {
  const { rows } = await database.query('select position, key, partition from outbox order by position')
  return rows
}

it('cuts keys into the same partitions for ever', () => {
  const cut = ['G99', 'H99', 'H99.32', 'H99.32.05', 'Sở Nội vụ', ''].map(key => partitionOf(key, 4))

  expect(cut).toEqual([2, 0, 1, 2, 0, 1])
})

it('stores each row in the partition of its key', async () => {
  const keys = Array.from({ length: 50 }, (_, index) => `K${index}`)

  await append(...keys)
  await assign()

  const rows = await placed()
  expect(rows.map(({ key, partition }) => [key, partition])).toEqual(keys.map(key => [key, partitionOf(key, 4)]))
})

it('writes nothing for no publications', async () => {
  await append()

  expect((await database.query('select from outbox_log')).rows).toEqual([])
})

it('numbers committed rows without gaps, also where transactions were rolled back', async () => {
  await append('a')
  await database
    .transaction(async tx => {
      await appendOutbox(tx, [note('undone')])
      throw new Error('undo')
    })
    .catch(() => undefined)
  await append('b', 'c')

  await assign()

  expect((await placed()).map(({ position, key }) => [position, key])).toEqual([
    ['1', 'a'],
    ['2', 'b'],
    ['3', 'c'],
  ])
})

it('numbers in portions when there are many rows', async () => {
  await append('a', 'b')
  await append('c')

  expect([await assign(2), await assign(2), await assign(2)]).toEqual([2, 1, 0])
})

it('takes a batch whole, and the next one only below the limit', async () => {
  await append('a')
  await append('b', 'c')
  await append('d')

  expect([await assign(2), await assign(2), await assign(2)]).toEqual([3, 1, 0])
  expect((await placed()).map(({ key }) => key)).toEqual(['a', 'b', 'c', 'd'])
})

it('keeps the order of more events than a batch holds', async () => {
  const keys = Array.from({ length: 2_500 }, (_, index) => `K${index}`)

  await append(...keys)
  expect(await assign(1)).toBe(1_000)
  expect(await countUnrelayed(database)).toBe(2_500)
  await assign(10_000)

  expect((await placed()).map(({ key }) => key)).toEqual(keys)
})

it('shows what is told in its order, placed or not', async () => {
  await append('a', 'b')
  await assign()
  await append('c', 'd')

  const { rows } = await database.query('select key from outbox_log order by position, batch, place')
  expect(rows.map(({ key }) => key)).toEqual(['a', 'b', 'c', 'd'])
})

it('lets one sequencer work at a time', async () => {
  await append('a')

  const second = await database.transaction(async tx => {
    await assignPositions(tx, 1)
    return await assign(1)
  })

  expect(second).toBeUndefined()
})

it('numbers without gaps when many sequencers and writers run at once', async () => {
  const writers = Array.from({ length: 40 }, (_, index) => append(`w${index}`, `w${index}`))
  const sequencers = Array.from({ length: 20 }, () => assign(7))
  await Promise.all([...writers, ...sequencers])
  let more: number | undefined
  do more = await assign(7)
  while (more !== 0)

  const positions = (await placed()).map(({ position }) => Number(position))

  expect(positions).toEqual(Array.from({ length: 80 }, (_, index) => index + 1))
})

it('goes on with the log of an older release, and with what that left without a place', async () => {
  await append('H99')
  await assign()
  const older = JSON.stringify(note('H99.32').event)
  await database.query(`
    drop view outbox_log;
    drop table outbox_batch;
    alter table outbox drop constraint outbox_placed;
    create index outbox_unpositioned on outbox (id) where position is null;
    insert into outbox (topic, key, partition, event) values ('${topic}', 'H99.32', 3, '${older}')`)

  await database.query(await readFile(new URL('../../migrations/0033_outbox_batches.sql', import.meta.url), 'utf8'))
  await append('H99.32')
  await assign()

  const { rows } = await database.query('select position, key, partition, event from outbox order by position')
  expect(rows).toMatchObject([
    { position: '1', key: 'H99' },
    { position: '2', key: 'H99.32', partition: 3, event: note('H99.32').event },
    { position: '3', key: 'H99.32', partition: partitionOf('H99.32', 4), event: note('H99.32').event },
  ])
})

it('refuses rows without a place, which nobody would read', async () => {
  const unplaced = database.query(`insert into outbox (topic, key, partition, event) values ('${topic}', 'a', 0, '{}')`)

  await expect(unplaced).rejects.toThrow('outbox_placed')
})

it('reads one partition behind a position', async () => {
  await append('G99', 'H99', 'G99', 'H99.32.05')
  await assign()

  const rows = await readPartition(database, topic, 2, 1n, 10)

  expect(rows).toMatchObject([
    { position: 3n, key: 'G99' },
    { position: 4n, key: 'H99.32.05', event: note('H99.32.05').event },
  ])
})

it('gives the relay what is not on Kafka yet, to one process at a time', async () => {
  await append('a', 'b', 'c')
  await assign()

  const seen = await database.transaction(async tx => {
    const mine = await readUnrelayed(tx, 2)
    const others = await database.transaction(other => readUnrelayed(other, 2))
    await markRelayed(tx, 2n)
    return { mine: mine?.map(row => row.key), others }
  })

  expect(seen).toEqual({ mine: ['a', 'b'], others: undefined })
  expect(await database.transaction(tx => readUnrelayed(tx, 2))).toMatchObject([{ key: 'c' }])
})

it('purges old rows that every group has read, and no other', async () => {
  await append('H99', 'H99', 'H99')
  await assign()
  await database.query(`update outbox set created_at = now() - interval '2 hours' where position <= 2`)
  await database.query(
    `insert into bus_cursor (group_name, topic, partition, position) values ('fast', $1, 0, 3), ('slow', $1, 0, 1)`,
    [topic],
  )

  const purged = await purgeOutbox(database, { reader: 'groups', keepSeconds: 3_600, limit: 10 })

  expect(purged).toBe(1)
  expect((await placed()).map(({ position }) => position)).toEqual(['2', '3'])
})

it('purges old rows that are on Kafka, and no other', async () => {
  await append('a', 'b')
  await assign()
  await database.transaction(tx => markRelayed(tx, 1n))
  await database.query(`update outbox set created_at = now() - interval '2 hours'`)

  await purgeOutbox(database, { reader: 'relay', keepSeconds: 3_600, limit: 10 })

  expect((await placed()).map(({ key }) => key)).toEqual(['b'])
})

it('fixes the number of partitions at the first start', async () => {
  const first = await database.transaction(tx => settlePartitions(tx, 8))
  const later = await database.transaction(tx => settlePartitions(tx, undefined))
  const changed = database.transaction(tx => settlePartitions(tx, 16))

  expect([first, later]).toEqual([8, 8])
  await expect(changed).rejects.toThrow('cut into 8 partitions per topic, the configuration says 16')
  await append('H99.32.05')
  await assign()
  expect(await placed()).toMatchObject([{ partition: partitionOf('H99.32.05', 8) }])
  await database.query(`delete from hub_setting where name = 'bus.partitions'`)
})
