import { createHash } from 'node:crypto'
import { utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type BlobFault, purgeKeys, takeUpkeepTurn, useKey } from '@docaxis/store'
import { noon, type TestBlobs, type TestDatabase, testBlobs, testDatabase, testServiceDeps } from '@docaxis/testkit'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createUpkeep } from '../src/upkeep.ts'

const longAgo = new Date('2020-01-01T00:00:00Z')
let database: TestDatabase
let blobs: TestBlobs

beforeEach(async () => {
  database = await testDatabase()
  blobs = await testBlobs()
})
afterEach(async () => {
  await database.close()
  await blobs.close()
})

function start(onFault: (fault: BlobFault) => void = () => undefined) {
  const upkeep = createUpkeep(testServiceDeps(database, blobs), { askEveryMs: 5, onFault })
  upkeep.start()
  return upkeep
}

async function keepBlob(content: string): Promise<string> {
  const bytes = Buffer.from(content)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await blobs.put(bytes, sha256)
  return sha256
}

const pathOf = (sha256: string) => join(blobs.folder, sha256.slice(0, 2), sha256)

it('removes old blobs that no document names', async () => {
  const forgotten = await keepBlob('forgotten')
  await utimes(pathOf(forgotten), longAgo, longAgo)

  const upkeep = start()

  await expect.poll(() => blobs.keptAt(forgotten)).toBeUndefined()
  await upkeep.stop()
})

it('names blobs that changed on disk', async () => {
  const damaged = await keepBlob('as received')
  await writeFile(pathOf(damaged), 'as rotten')
  // Young by the hub's clock: not garbage yet.
  await utimes(pathOf(damaged), noon, noon)
  const faults: BlobFault[] = []

  const upkeep = start(fault => faults.push(fault))

  await expect.poll(() => faults).toEqual([{ sha256: damaged, fault: 'changed' }])
  await upkeep.stop()
})

it('gives one of many processes the turn, and the next when it is due', async () => {
  const turns = await Promise.all(Array.from({ length: 5 }, () => takeUpkeepTurn(database, 'task', 24)))
  await database.query(
    `update hub_setting set value = to_jsonb(now() - interval '25 hours') where name = 'upkeep.task'`,
  )

  expect(turns.filter(Boolean)).toHaveLength(1)
  expect(await takeUpkeepTurn(database, 'task', 24)).toBe(true)
  expect(await takeUpkeepTurn(database, 'task', 24)).toBe(false)
})

it('forgets idempotency keys after their time, and no others', async () => {
  await database.query("insert into system (id, name) values ('s', 's')")
  await useKey(database, 's', 'old', 'ab'.repeat(32))
  await database.query("update idempotency set created_at = now() - interval '31 days'")
  await useKey(database, 's', 'new', 'ab'.repeat(32))

  expect(await purgeKeys(database, 30)).toBe(1)

  const { rows } = await database.query('select key from idempotency')
  expect(rows).toEqual([{ key: 'new' }])
})
