import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { openDatabase } from '@docaxis/store'
import { type TestDatabase, testDatabase } from '@docaxis/testkit'
import { type Logger, pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { awaitDatabase } from '../src/await-database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

it('waits for a PostgreSQL that comes up later', async () => {
  const port = await unusedPort()
  const late = openDatabase({ connectionString: `postgres://docaxis@127.0.0.1:${port}/${databaseName()}` })
  let server: Server | undefined
  const logger = loggerThat(() => {
    server ??= forward(port)
  })

  await expect(awaitDatabase(late, logger, 30_000)).resolves.toBeUndefined()

  expect(server).toBeDefined()
  await late.close()
  server?.close()
})

it('gives up once its patience ends, with the reason of PostgreSQL', async () => {
  const never = openDatabase({ connectionString: `postgres://docaxis@127.0.0.1:${await unusedPort()}/docaxis` })

  await expect(awaitDatabase(never, pino({ enabled: false }), 0)).rejects.toMatchObject({ code: 'ECONNREFUSED' })

  await never.close()
})

it('does not wait for a database that does not exist', async () => {
  const wrong = openDatabase({
    connectionString: database.connectionString.replace(databaseName(), 'no_such_database'),
  })

  await expect(awaitDatabase(wrong, pino({ enabled: false }), 60_000)).rejects.toMatchObject({ code: '3D000' })

  await wrong.close()
})

function databaseName(): string {
  return new URL(database.connectionString).pathname.slice(1)
}

function loggerThat(onWarning: () => void): Logger {
  return pino({ level: 'warn' }, { write: onWarning })
}

/** A server on `port` that passes everything on to the tests' PostgreSQL. */
function forward(port: number): Server {
  const { hostname, port: serverPort } = new URL(database.connectionString)
  const host = decodeURIComponent(hostname)
  const server = createServer(client => {
    const upstream = host.startsWith('/') ? connect(join(host, '.s.PGSQL.5432')) : connect(Number(serverPort), host)
    client.on('error', () => upstream.destroy())
    upstream.on('error', () => client.destroy())
    client.pipe(upstream).pipe(client)
  })
  return server.listen(port, '127.0.0.1')
}

async function unusedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
