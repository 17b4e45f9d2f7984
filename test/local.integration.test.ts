import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findPostgres, startPostgres, stopPostgres } from '../deploy/local/postgres.ts'
import { openDatabase } from '../packages/store/src/index.ts'
import { describeWithKafka, testBroker } from '../packages/testkit/src/index.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docaxis-local-'))
})

afterAll(async () => {
  await stopPostgres(folder)
  await rm(folder, { recursive: true })
})

async function ask(url: string, question: string): Promise<unknown[]> {
  const database = openDatabase({ connectionString: url })
  return await database
    .query(question)
    .then(({ rows }) => rows)
    .finally(() => database.close())
}

it('starts PostgreSQL once, keeps its data and its address, and stops it', { timeout: 120_000 }, async () => {
  const first = await startPostgres(folder, 0)
  await ask(first.url, 'create table kept as select 1 as one')
  const again = await startPostgres(folder, 0)
  await stopPostgres(folder)
  const stopped = await findPostgres(folder)
  const later = await startPostgres(folder, 0)

  expect(again).toEqual(first)
  expect(stopped).toBeUndefined()
  expect(later.url).toBe(first.url)
  expect(await ask(later.url, 'select one from kept')).toEqual([{ one: 1 }])
})

it('lets nobody in without the password', { timeout: 120_000 }, async () => {
  const { url } = await startPostgres(folder, 0)

  await expect(ask(url.replace(/:[^:@]*@/, ':guess@'), 'select 1')).rejects.toMatchObject({ code: '28P01' })
})

const suite = await describeWithKafka()

suite('the broker from its jars', () => {
  it('answers again at the same address after it was killed', { timeout: 180_000 }, async context => {
    const broker = await testBroker()
    if (broker.restart === undefined) return context.skip('the broker is not ours to kill')

    await broker.restart()

    expect(broker.brokers).toEqual([expect.stringMatching(/^127\.0\.0\.1:\d+$/)])
    await broker.stop()
  })
})
