import { type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { isTransient, openDatabase, statement, toHubError } from '../src/index.ts'
import { proxyThatCutsAfter } from './cutting-proxy.ts'
import { dyingServer } from './dying-server.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  await database.query('create table book (id integer primary key, value integer not null)')
  await database.query('insert into book select n, 0 from generate_series(1, 10) n')
})
afterAll(() => database.close())

async function valueIn(id: number): Promise<number | undefined> {
  const { rows } = await database.query<{ value: number }>('select value from book where id = $1', [id])
  return rows[0]?.value
}

it('commits what the work did', async () => {
  await database.transaction(tx => tx.query('update book set value = 1 where id = 1'))

  expect(await valueIn(1)).toBe(1)
})

it('undoes everything when the work throws, and throws the same', async () => {
  const fault = new Error('no')

  const attempt = database.transaction(async tx => {
    await tx.query('update book set value = 1 where id = 2')
    throw fault
  })

  await expect(attempt).rejects.toBe(fault)
  expect(await valueIn(2)).toBe(0)
})

it('repeats two transactions that lock each other out, with no effect doubled', async () => {
  const turns = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const
  const addTo = async (first: number, second: number, mine: 0 | 1) => {
    await database.transaction(async tx => {
      await tx.query('update book set value = value + 1 where id = $1', [first])
      turns[mine].resolve()
      await turns[1 - mine]?.promise
      await tx.query('update book set value = value + 1 where id = $1', [second])
    })
  }

  await Promise.all([addTo(3, 4, 0), addTo(4, 3, 1)])

  expect([await valueIn(3), await valueIn(4)]).toEqual([2, 2])
})

it('gives up a transaction that can never be serialized, after three tries', async () => {
  let tries = 0

  const attempt = database.transaction(async tx => {
    tries += 1
    await tx.query("do $$ begin raise exception 'again' using errcode = '40001'; end $$")
  })

  await expect(attempt).rejects.toMatchObject({ code: '40001' })
  expect(tries).toBe(3)
})

it('waits a bounded time for a lock', async () => {
  const impatient = openDatabase({ connectionString: database.connectionString, lockTimeoutMs: 50 })

  const attempt = database.transaction(async tx => {
    await tx.query('lock table book')
    await impatient.query('select from book')
  })

  const error = await attempt.catch((caught: unknown) => caught)
  expect(toHubError(error)).toMatchObject({ code: 'STORAGE_UNAVAILABLE', details: { reason: '55P03' } })
  await impatient.close()
})

it('works again after PostgreSQL closed its connections', async () => {
  await database.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  )

  await expect(database.transaction(tx => tx.query('select 1'))).resolves.toMatchObject({ rowCount: 1 })
})

it('does not end the program when a connection breaks in the middle of a transaction', async () => {
  const attempt = database.transaction(async tx => {
    const { rows } = await tx.query<{ pid: number }>('select pg_backend_pid() as pid')
    await database.query('select pg_terminate_backend($1)', [rows[0]?.pid])
    await tx.query('select 1')
  })

  const error = await attempt.catch((caught: unknown) => caught)
  expect(isTransient(error)).toBe(true)
})

it('reports a commit whose answer never came as unavailable, never as done', async () => {
  const proxy = await proxyThatCutsAfter('commit', database.connectionString)
  const cut = openDatabase({ connectionString: proxy.connectionString, onError: () => undefined })

  const attempt = cut.transaction(tx => tx.query('update book set value = 7 where id = 7'))

  const error = await attempt.catch((caught: unknown) => caught)
  expect(toHubError(error)).toMatchObject({ code: 'STORAGE_UNAVAILABLE', status: 503 })
  await expect.poll(() => valueIn(7)).toBe(7)
  await cut.close()
  await proxy.close()
})

it('reports a server that is not there as unavailable', async () => {
  const nowhere = openDatabase({ connectionString: 'postgres://docaxis@%2Fnonexistent/docaxis' })

  const error = await nowhere.query('select 1').catch((caught: unknown) => caught)

  expect(toHubError(error)).toMatchObject({ code: 'STORAGE_UNAVAILABLE' })
  await nowhere.close()
})

it('prepares a statement once per connection', async () => {
  const find = statement('book.find', 'select value from book where id = $1')

  await database.transaction(async tx => {
    await tx.query(find(5))
    await tx.query(find(6))
    const { rows } = await tx.query("select from pg_prepared_statements where name = 'book.find'")
    expect(rows).toHaveLength(1)
  })
})

it('answers by an error, and lives on, when the server dies while it lets a connection in', async () => {
  const server = await dyingServer()
  const dying = openDatabase({ connectionString: server.connectionString })

  for (const question of [() => dying.query('select 1'), () => dying.transaction(tx => tx.query('select 1'))]) {
    expect(isTransient(await question().catch((error: unknown) => error))).toBe(true)
  }

  await dying.close()
  server.close()
})
