import { chown, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { lockFolder, startEmbedded } from '../../src/embedded/index.ts'
import { isAlive } from '../../src/embedded/processes.ts'
import { cleanUps, dataFolder, hubProcess, open, quiet, start } from './helpers.ts'

const after = cleanUps()
afterEach(() => after.run())

const asRoot = process.getuid?.() === 0
const onWindows = process.platform === 'win32'
const nobody = 65_534

it('keeps what was committed over a stop and a start, and leaves nothing running', async () => {
  const dataDir = await dataFolder(after)
  const first = await startEmbedded({ dataDir, log: quiet })
  const before = open(after, first.connectionString)
  await before.query('create table kept as select 1 as one')
  await before.close()
  await first.stop()
  expect(isAlive(first.pid)).toBe(false)

  const second = await start(after, dataDir)

  const { rows } = await open(after, second.connectionString).query('select one from kept')
  expect(rows).toEqual([{ one: 1 }])
})

it('has UTF-8 in code point order, UTC, checksums, and no port', async () => {
  const { connectionString } = await start(after, await dataFolder(after))

  const { rows } = await open(after, connectionString).query(`
    select pg_encoding_to_char(encoding) as encoding, datlocprovider as provider, datlocale as locale, lower('Đ') as lower,
           'z' < 'đ' and 'Z' < 'a' as by_code_point, current_setting('timezone') as timezone,
           current_setting('data_checksums') as checksums, current_setting('listen_addresses') as addresses
      from pg_database where datname = current_database()`)

  expect(rows).toEqual([
    {
      encoding: 'UTF8',
      provider: 'b',
      locale: 'C.UTF-8',
      lower: 'đ',
      by_code_point: true,
      timezone: 'UTC',
      checksums: 'on',
      addresses: onWindows ? '127.0.0.1' : '',
    },
  ])
})

it('makes commits durable unless told otherwise', async () => {
  const server = await startEmbedded({ dataDir: await dataFolder(after), log: quiet })
  after.add(() => server.stop())

  const { rows } = await open(after, server.connectionString).query(
    "select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes')",
  )

  expect(rows.map(({ setting }) => setting)).toEqual(['on', 'on', 'on'])
})

it.skipIf(onWindows)('lets only its own user reach the socket', async () => {
  const { connectionString } = await start(after, await dataFolder(after))
  const folder = decodeURIComponent(/@([^/]+)/.exec(connectionString)?.[1] ?? '')

  expect((await stat(folder)).mode & 0o077).toBe(0)
})

it('refuses a second hub on the same data folder, naming the first', async () => {
  const dataDir = await dataFolder(after)
  await start(after, dataDir)

  const second = startEmbedded({ dataDir, log: quiet })

  await expect(second).rejects.toThrow(`used by another hub, process ${process.pid}`)
})

it('gives the folder free when it cannot start', async () => {
  const dataDir = await dataFolder(after)
  await mkdir(join(dataDir, 'postgres'), { mode: 0o700 })

  await expect(startEmbedded({ dataDir, log: quiet })).rejects.toThrow('PostgreSQL did not start')

  const lock = await lockFolder(dataDir)
  await lock.release()
})

it('starts PostgreSQL again when it is killed, at the same address', async () => {
  const dataDir = await dataFolder(after)
  const server = await start(after, dataDir)
  const database = open(after, server.connectionString)
  await database.query('create table kept as select 1 as one')
  const killed = server.pid
  const exits: boolean[] = []
  server.onExit(({ restarting }) => exits.push(restarting))

  process.kill(killed, 'SIGKILL')

  await vi.waitFor(() => expect(server.pid).not.toBe(killed), { timeout: 30_000 })
  const { rows } = await database.query('select one from kept')
  expect(rows).toEqual([{ one: 1 }])
  expect(exits).toEqual([true])
})

it('starts again after the hub was killed, stopping the PostgreSQL that was left', async () => {
  const dataDir = await dataFolder(after)
  const hub = await hubProcess(after, dataDir)
  const orphan = hub.answer.pid
  await open(after, hub.answer.connectionString).query('create table kept as select 1 as one')
  await hub.kill()
  expect(isAlive(orphan)).toBe(true)

  const warn = vi.fn()
  const server = await start(after, dataDir, { ...quiet, warn })

  expect(isAlive(orphan)).toBe(false)
  expect(warn).toHaveBeenCalledWith({ pid: orphan }, expect.stringContaining('outlived'))
  const { rows } = await open(after, server.connectionString).query('select one from kept')
  expect(rows).toEqual([{ one: 1 }])
})

it('starts again after hub and PostgreSQL were killed together', async () => {
  const dataDir = await dataFolder(after)
  const hub = await hubProcess(after, dataDir)
  await open(after, hub.answer.connectionString).query('create table kept as select 1 as one')
  process.kill(hub.answer.pid, 'SIGKILL')
  await hub.kill()

  const server = await start(after, dataDir)

  const { rows } = await open(after, server.connectionString).query('select one from kept')
  expect(rows).toEqual([{ one: 1 }])
})

it('does not take another program for a PostgreSQL that was left, though it has its process id', async () => {
  const dataDir = await dataFolder(after)
  const hub = await hubProcess(after, dataDir)
  process.kill(hub.answer.pid, 'SIGKILL')
  await hub.kill()
  const pidFile = join(dataDir, 'postgres', 'postmaster.pid')
  const [, ...rest] = (await readFile(pidFile, 'utf8')).split('\n')
  await writeFile(pidFile, [process.pid, ...rest].join('\n'))

  const server = await start(after, dataDir)

  expect(server.pid).not.toBe(process.pid)
})

it('begins the data folder anew when the first start was killed half way', async () => {
  const dataDir = await dataFolder(after)
  await mkdir(join(dataDir, 'postgres.new', 'base'), { recursive: true })

  const { connectionString } = await start(after, dataDir)

  await expect(open(after, connectionString).query('select 1')).resolves.toBeDefined()
})

it.runIf(asRoot)('runs as an ordinary user', async () => {
  const dataDir = await dataFolder(after)
  await chown(dataDir, nobody, nobody)

  const { answer } = await hubProcess(after, dataDir, nobody)
  after.add(async () => process.kill(answer.pid, 'SIGQUIT'))

  expect(answer).toMatchObject({ uid: nobody, connectionString: expect.stringContaining('docaxis') })
  expect(await stat(join(dataDir, 'postgres'))).toMatchObject({ uid: nobody })
})

it.runIf(asRoot)('refuses, as an ordinary user, data that belongs to another', async () => {
  const dataDir = await dataFolder(after)
  await mkdir(join(dataDir, 'postgres'), { mode: 0o700 })
  await chown(join(dataDir, 'postgres'), 1, 1)
  await chown(dataDir, nobody, nobody)

  const { answer } = await hubProcess(after, dataDir, nobody)

  expect(answer.fault).toContain('belongs to user 1, the hub runs as user 65534')
})
