import { randomBytes } from 'node:crypto'
import { HubError } from '@docaxis/errors'
import { appendOutbox, type Database, listDeadLetters, openDatabase, replayDeadLetter } from '@docaxis/store'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Bus, BusOptions, Handler } from '../src/index.ts'
import { createBus } from '../src/index.ts'
import { firstArrivals, Recorder } from './recorder.ts'
import { event, events, type TestTopic, topic } from './test-events.ts'

/** What a suite brings: where the log lies. The database is the test's own and may be cut off. */
export interface Ground {
  readonly connectionString: string
  readonly kind: BusOptions['kind']
  readonly brokers?: readonly string[]
}

const quiet = { debug: ignore, info: ignore, warn: ignore, error: ignore }
function ignore(): void {}

/** What every adapter promises. One database and one log serve all tests; each has its own run and group. */
export function busContract(ground: () => Ground): void {
  let run: string
  let database: Database
  let started: Bus[]
  let opened: Database[]

  beforeEach(() => {
    run = randomBytes(6).toString('hex')
    started = []
    opened = []
    database = open()
  })

  afterEach(async () => {
    await Promise.all(started.map(bus => bus.stop()))
    await Promise.all(opened.map(one => one.close()))
  })

  function open(): Database {
    const one = openDatabase({ connectionString: ground().connectionString })
    opened.push(one)
    return one
  }

  /** One process: a bus with a pool of its own. */
  async function startBus(
    handle: Handler<TestTopic>,
    { idleMs, ...overrides }: { maxAttempts?: number; idleMs?: BusOptions['idleMs'] } = {},
  ): Promise<Bus> {
    const { kind, brokers } = ground()
    const options = { kind, brokers, database: open(), logger: quiet, clientId: 'test', firstRetryMs: 5 }
    const bus = createBus({ ...options, ...(idleMs && { idleMs }) })
    bus.subscribe({ group: run, topics: [topic], handle, ...overrides })
    await bus.start()
    started.push(bus)
    return bus
  }

  const publish = (publications: ReturnType<typeof events>) =>
    database.transaction(tx => appendOutbox(tx, publications))

  it('keeps the order of each key', async () => {
    const recorder = new Recorder(run)
    await startBus(recorder.handle)

    for (const publications of [events(run, 300, 20), events(run, 600, 20).slice(300)]) await publish(publications)

    await recorder.untilDistinct(600)
    for (const numbers of firstArrivals(recorder.seen).values()) {
      expect(numbers).toEqual(Array.from({ length: 30 }, (_, index) => index + 1))
    }
  })

  it('delivers a row that commits after rows with higher ids', async () => {
    const recorder = new Recorder(run)
    await startBus(recorder.handle)
    const slow = await database.pool.connect()
    await slow.query('begin')
    await appendOutbox(slow, [event(run, 'late', 1)])
    await publish([event(run, 'early', 1)])
    await recorder.untilDistinct(1)

    await slow.query('commit')
    slow.release()

    await recorder.untilDistinct(2)
    expect(recorder.seen).toEqual(['early/1', 'late/1'])
  })

  it('looks at once for what a handler has written', async () => {
    const recorder = new Recorder(run)
    const chain: Handler<TestTopic> = async (batch, tx) => {
      await recorder.handle(batch, tx)
      const next = recorder.mine(batch).flatMap(({ data }) => {
        const number = Number(data.deliveryId.split('/').at(-1)) + 1
        return number <= 10 ? [event(run, 'link', number)] : []
      })
      await appendOutbox(tx, next)
    }
    const never = 10 * 60_000
    const bus = await startBus(chain, { idleMs: { first: never, last: never } })

    await publish([event(run, 'link', 1)])
    bus.nudge()

    await recorder.untilDistinct(10)
  })

  it('never delivers what was rolled back', async () => {
    const recorder = new Recorder(run)
    await startBus(recorder.handle)

    const failed = database.transaction(async tx => {
      await appendOutbox(tx, [event(run, 'undone', 1)])
      throw new Error('changed my mind')
    })
    await expect(failed).rejects.toThrow('changed my mind')
    await publish([event(run, 'done', 1)])

    await recorder.untilDistinct(1)
    expect(recorder.seen).toEqual(['done/1'])
  })

  it('shares the partitions among two processes of a group', async () => {
    const [first, second] = [new Recorder(run), new Recorder(run)]
    await startBus(first.handle)
    await startBus(second.handle)

    let sent = 0
    const bothWork = async () => {
      await publish(Array.from({ length: 40 }, (_, index) => event(run, `K${index}`, sent / 40 + 1)))
      sent += 40
      return first.seen.length > 0 && second.seen.length > 0
    }
    await expect.poll(bothWork, { timeout: 25_000, interval: 50 }).toBe(true)

    const together = () => new Set([...first.seen, ...second.seen]).size
    await expect.poll(together, { timeout: 25_000 }).toBe(sent)
  })

  it('goes on after a restart where it stopped', async () => {
    const before = new Recorder(run)
    const bus = await startBus(before.handle)
    await publish(events(run, 50, 5))
    await before.untilDistinct(50)
    await bus.stop()

    const after = new Recorder(run)
    await publish(events(run, 100, 5).slice(50))
    await startBus(after.handle)

    await after.untilDistinct(50)
    const repeated = after.seen.filter(name => before.distinct.has(name))
    expect(repeated).toEqual([])
  })

  it('brings an event that can never be handled to the dead letters and goes on', async () => {
    const recorder = new Recorder(run)
    const refusesOne: Handler<TestTopic> = async (batch, tx) => {
      const bad = recorder.mine(batch).find(one => one.data.deliveryId.endsWith('/K/23'))
      if (bad !== undefined) throw new HubError('EVENT_INVALID', 'number 23 is not to be had')
      await recorder.handle(batch, tx)
    }
    await startBus(refusesOne)

    await publish(events(run, 40, 1).map(({ event: { id } }, index) => ({ ...event(run, 'K', index + 1), id })))

    await recorder.untilDistinct(39)
    expect(recorder.seen).toEqual(Array.from({ length: 40 }, (_, index) => `K/${index + 1}`).filter(n => n !== 'K/23'))
    const letters = await lettersOf(run)
    expect(letters).toMatchObject([{ code: 'EVENT_INVALID', attempts: 1, topic, key: 'K' }])
  })

  it('tries an event that fails unexpectedly a bounded number of times', async () => {
    const recorder = new Recorder(run)
    let tries = 0
    const alwaysFails: Handler<TestTopic> = async (batch, tx) => {
      const bad = recorder.mine(batch).find(one => one.data.deliveryId.endsWith('/bad/1'))
      if (bad !== undefined) {
        if (batch.length === 1) tries += 1
        throw new Error('a bug')
      }
      await recorder.handle(batch, tx)
    }
    await startBus(alwaysFails, { maxAttempts: 3 })

    await publish([event(run, 'bad', 1), event(run, 'bad', 2)])

    await recorder.untilDistinct(1)
    expect(tries).toBe(3)
    expect(await lettersOf(run)).toMatchObject([{ code: 'UNEXPECTED', reason: 'a bug', attempts: 3 }])
  })

  it('handles an event that fails once without losing or doubling its effect', async () => {
    const recorder = new Recorder(run)
    let failed = false
    const failsOnce: Handler<TestTopic> = async (batch, tx) => {
      if (!failed && recorder.mine(batch).length > 0) {
        failed = true
        throw new Error('not yet')
      }
      await recorder.handle(batch, tx)
    }
    await startBus(failsOnce)

    await publish(events(run, 10, 1))

    await recorder.untilDistinct(10)
    expect(recorder.seen).toHaveLength(10)
    expect(await lettersOf(run)).toEqual([])
  })

  it('delivers a replayed dead letter with the same event id', async () => {
    const recorder = new Recorder(run)
    let isMended = false
    const mended: Handler<TestTopic> = async (batch, tx) => {
      if (!isMended && recorder.mine(batch).length > 0) throw new HubError('EVENT_INVALID', 'not mended yet')
      await recorder.handle(batch, tx)
    }
    await startBus(mended)
    await publish([event(run, 'K', 1)])
    await expect.poll(() => lettersOf(run), { timeout: 25_000 }).toHaveLength(1)
    isMended = true

    for (const { id } of await lettersOf(run)) await database.transaction(tx => replayDeadLetter(tx, id))

    await recorder.untilDistinct(1)
    expect(await lettersOf(run)).toEqual([])
  })

  it('repeats the batch of a consumer whose connection was cut in the middle', async () => {
    const recorder = new Recorder(run)
    let isCut = false
    const cutOnce: Handler<TestTopic> = async (batch, tx) => {
      if (!isCut && recorder.mine(batch).length > 0) {
        isCut = true
        await tx.query('select pg_terminate_backend(pg_backend_pid())')
      }
      await recorder.handle(batch, tx)
    }
    await startBus(cutOnce)

    await publish(events(run, 30, 3))

    await recorder.untilDistinct(30)
    expect(recorder.seen).toHaveLength(30)
    expect(await lettersOf(run)).toEqual([])
  })

  it('waits while the database cannot be reached, and resumes by itself', async () => {
    const recorder = new Recorder(run)
    const bus = await startBus(recorder.handle)
    await publish(events(run, 20, 4))
    await recorder.untilDistinct(20)

    await cutOff()
    await expect.poll(async () => (await bus.health()).ok, { timeout: 15_000 }).toBe(false)
    expect((await bus.health()).detail).not.toMatch(/ECONN|ENOENT|127\.0\.0\.1|\/tmp/)
    await letIn()
    await publish(events(run, 40, 4).slice(20))

    await recorder.untilDistinct(40)
    await expect.poll(async () => (await bus.health()).ok, { timeout: 15_000 }).toBe(true)
  })

  it('finishes the batch in hand when it is stopped', async () => {
    const recorder = new Recorder(run)
    let finish: () => void = ignore
    let isInHand = false
    const held = new Promise<void>(resolve => {
      finish = resolve
    })
    const holds: Handler<TestTopic> = async (batch, tx) => {
      if (recorder.mine(batch).length > 0) {
        isInHand = true
        await held
      }
      await recorder.handle(batch, tx)
    }
    const bus = await startBus(holds)
    await publish([event(run, 'K', 1)])
    await expect.poll(() => isInHand, { timeout: 25_000 }).toBe(true)

    const stopped = bus.stop()
    finish()
    await stopped

    expect(recorder.seen).toEqual(['K/1'])
    const next = new Recorder(run)
    await startBus(next.handle)
    await publish([event(run, 'K', 2)])
    await next.untilDistinct(1)
    expect(next.seen).toEqual(['K/2'])
  })

  it('tells a backlog of nothing when everything was read', async () => {
    const recorder = new Recorder(run)
    const bus = await startBus(recorder.handle)

    await publish(events(run, 20, 4))
    bus.nudge()
    await recorder.untilDistinct(20)

    await expect.poll(() => bus.health(), { timeout: 15_000 }).toMatchObject({ ok: true, backlog: 0 })
  })

  it('refuses another number of partitions than the log was cut with', async () => {
    const { kind, brokers } = ground()
    const bus = createBus({ kind, brokers, database, logger: quiet, clientId: 'test', partitions: 7 })

    await expect(bus.start()).rejects.toThrow('4 partitions')
  })

  async function lettersOf(group: string): ReturnType<typeof listDeadLetters> {
    const letters = await listDeadLetters(database, { limit: 100 })
    return letters.filter(letter => letter.group === group)
  }

  async function cutOff(): Promise<void> {
    await onServer(name => [
      `alter database ${name} allow_connections false`,
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
    ])
  }

  async function letIn(): Promise<void> {
    await onServer(name => [`alter database ${name} allow_connections true`])
  }

  /** Statements run from another database of the same server. */
  async function onServer(statements: (databaseName: string) => string[]): Promise<void> {
    const { connectionString } = ground()
    const name = /\/(\w+)(?:\?.*)?$/.exec(connectionString)?.[1] ?? ''
    const server = openDatabase({ connectionString: connectionString.replace(/\/\w+(\?.*)?$/, '/postgres$1') })
    for (const statement of statements(name)) await server.query(statement)
    await server.close()
  }
}
