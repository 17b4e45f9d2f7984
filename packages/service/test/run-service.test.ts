import { EventEmitter, once } from 'node:events'
import { type TestBlobs, type TestDatabase, testBlobs, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type CreateService, type Host, runProgram, runService } from '../src/index.ts'

let database: TestDatabase
let blobs: TestBlobs
beforeAll(async () => {
  database = await testDatabase()
  blobs = await testBlobs()
})
afterAll(async () => {
  await database.close()
  await blobs.close()
})

/** What `process` is to a program, to look at from outside. */
class TestHost extends EventEmitter implements Host {
  readonly env: Record<string, string>
  readonly exited: Promise<unknown[]> = once(this, 'exited')
  said = ''
  readonly stderr = {
    write: (text: string) => {
      this.said += text
    },
  }

  constructor(env: Record<string, string>) {
    super()
    this.env = { DOCAXIS_LOG_LEVEL: 'silent', ...env }
  }

  exit(code: number): void {
    this.emit('exited', code)
  }
}

function settings(): Record<string, string> {
  return {
    DOCAXIS_HTTP_PORT: '0',
    DOCAXIS_DATABASE_URL: database.connectionString,
    DOCAXIS_BLOB_URL: `file://${blobs.folder}`,
  }
}

function probe(events: string[], start: () => Promise<void> = async () => undefined): CreateService {
  return () => ({
    name: 'probe',
    async start() {
      events.push('start')
      await start()
    },
    stop: async () => void events.push('stop'),
  })
}

it('runs a service until SIGTERM, and then stops it', async () => {
  const host = new TestHost(settings())
  const events: string[] = []

  await runService('probe', probe(events), host)
  expect(events).toEqual(['start'])
  host.emit('SIGTERM')

  expect(await host.exited).toEqual([0])
  expect(events).toEqual(['start', 'stop'])
})

it('names every wrong setting and exits with 2', async () => {
  const host = new TestHost({ DOCAXIS_HTTP_PORT: 'x', DOCAXIS_DEMO: 'x' })

  void runService('probe', probe([]), host)

  expect(await host.exited).toEqual([2])
  expect(host.said).toContain('DOCAXIS_HTTP_PORT')
  expect(host.said).toContain('DOCAXIS_DEMO')
})

it('asks a service on its own for the database it shares', async () => {
  const host = new TestHost({})

  void runService('probe', probe([]), host)

  expect(await host.exited).toEqual([2])
  expect(host.said).toContain('DOCAXIS_DATABASE_URL')
})

it('exits with 1, everything closed, when a service cannot start', async () => {
  const host = new TestHost(settings())
  const events: string[] = []

  void runService(
    'probe',
    probe(events, () => Promise.reject(new Error('no key'))),
    host,
  )

  expect(await host.exited).toEqual([1])
  expect(events).toEqual(['start', 'stop'])
})

it('exits with 1 at an error that nobody caught', async () => {
  const host = new TestHost({})
  await runProgram(host, async () => ({ stop: async () => undefined }))

  host.emit('unhandledRejection', new Error('bug'))

  expect(await host.exited).toEqual([1])
})

it('exits at once at a second signal', async () => {
  const host = new TestHost({})
  await runProgram(host, async () => ({ stop: () => new Promise(() => undefined) }))

  host.emit('SIGINT')
  host.emit('SIGINT')

  expect(await host.exited).toEqual([1])
})
