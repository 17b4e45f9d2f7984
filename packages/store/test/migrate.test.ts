import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { migrate, openDatabase } from '../src/index.ts'

let database: TestDatabase
let folder: string

beforeEach(async () => {
  database = await testDatabase()
  await database.query('drop table schema_migration')
  folder = await mkdtemp(join(tmpdir(), 'docaxis-migrations-'))
  await file('0001_one.sql', 'create table one (id integer); insert into one values (1)')
})
afterEach(async () => {
  await database.close()
  await rm(folder, { recursive: true })
})

async function file(name: string, text: string): Promise<void> {
  await writeFile(join(folder, name), text)
}

it('applies each file once, in order', async () => {
  await file('0002_two.sql', 'insert into one values (2)')

  const first = await migrate(database, folder)
  const second = await migrate(database, folder)

  expect([first, second]).toEqual([['0001_one.sql', '0002_two.sql'], []])
  const { rows } = await database.query('select id from one order by id')
  expect(rows).toEqual([{ id: 1 }, { id: 2 }])
})

it('works once when many instances start together', async () => {
  const instances = Array.from({ length: 5 }, () => openDatabase({ connectionString: database.connectionString }))

  const applied = await Promise.all(instances.map(instance => migrate(instance, folder)))

  expect(applied.flat()).toEqual(['0001_one.sql'])
  await Promise.all(instances.map(instance => instance.close()))
})

it('keeps nothing of a file that fails, and applies it when it is right', async () => {
  await file('0002_two.sql', 'create table two (id integer); select wrong')

  await expect(migrate(database, folder)).rejects.toMatchObject({ code: 'MIGRATION_FAILED' })
  await file('0002_two.sql', 'create table two (id integer)')

  expect(await migrate(database, folder)).toEqual(['0002_two.sql'])
})

it('refuses a file that was changed after it was applied', async () => {
  await migrate(database, folder)
  await file('0001_one.sql', 'create table one (id bigint)')

  await expect(migrate(database, folder)).rejects.toMatchObject({ code: 'MIGRATION_EDITED' })
})

it('takes a file with other line ends for the same', async () => {
  await file('0001_one.sql', 'create table one (\n  id integer\n)')
  await migrate(database, folder)
  await file('0001_one.sql', 'create table one (\r\n  id integer\r\n)')

  await expect(migrate(database, folder)).resolves.toEqual([])
})

it('refuses a database that a newer release has migrated', async () => {
  await file('0002_two.sql', 'create table two (id integer)')
  await migrate(database, folder)
  await rm(join(folder, '0002_two.sql'))

  await expect(migrate(database, folder)).rejects.toMatchObject({ code: 'DATABASE_NEWER' })
})

it.each(['0001_again.sql', '2_short.sql', '0002-dash.sql'])('refuses a file named %s', async name => {
  await file(name, 'select 1')

  await expect(migrate(database, folder)).rejects.toMatchObject({ code: 'MIGRATION_NAME' })
})
