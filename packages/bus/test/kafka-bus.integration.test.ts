import { randomBytes } from 'node:crypto'
import { appendOutbox, listDeadLetters } from '@docaxis/store'
import { describeWithKafka, type TestBroker, type TestDatabase, testBroker, testDatabase } from '@docaxis/testkit'
import { Kafka, logLevel } from 'kafkajs'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Bus, createBus } from '../src/index.ts'
import { busContract } from './contract.ts'
import { processDeathContract } from './process-death.ts'
import { firstArrivals, Recorder } from './recorder.ts'
import { event, events, topic } from './test-events.ts'

const logger = { debug: ignore, info: ignore, warn: ignore, error: ignore }
function ignore(): void {}

let database: TestDatabase
let broker: TestBroker

const suite = await describeWithKafka()

suite('the event log on Kafka', () => {
  let run: string
  let recorder: Recorder
  let started: Bus[]

  beforeAll(async () => {
    broker = await testBroker()
    database = await testDatabase()
  }, 180_000)

  afterAll(async () => {
    await broker.stop()
    await database.close()
  })

  beforeEach(() => {
    run = randomBytes(6).toString('hex')
    recorder = new Recorder(run)
    started = []
  })

  afterEach(async () => {
    await Promise.all(started.map(bus => bus.stop()))
  })

  busContract(() => ({ kind: 'kafka', connectionString: database.connectionString, brokers: broker.brokers }))

  processDeathContract(() => ({ database, connectionString: database.connectionString, brokers: broker.brokers }))

  async function startBus(brokers = broker.brokers): Promise<Bus> {
    const bus = createBus({ kind: 'kafka', brokers, database, logger, clientId: 'test' })
    bus.subscribe({ group: run, topics: [topic], handle: recorder.handle })
    await bus.start()
    started.push(bus)
    return bus
  }

  const publish = (from: number, to: number) =>
    database.transaction(tx => appendOutbox(tx, events(run, to, 4).slice(from)))

  function kafka(): Kafka {
    return new Kafka({ clientId: 'other', brokers: [...broker.brokers], logLevel: logLevel.NOTHING })
  }

  it('puts each event into the partition of its outbox row', async () => {
    await startBus()
    await publish(0, 8)
    await recorder.untilDistinct(8)
    const found = new Map<string, number>()
    const consumer = kafka().consumer({ groupId: `${run}-look` })
    await consumer.connect()
    await consumer.subscribe({ topic, fromBeginning: true })
    await consumer.run({
      eachMessage: async ({ partition, message }) => {
        if (String(message.value).includes(run)) found.set(String(message.key), partition)
      },
    })

    await expect.poll(() => found.size, { timeout: 25_000 }).toBe(4)
    await consumer.disconnect()

    const { rows } = await database.query<{ key: string; partition: number }>(
      `select distinct key, partition from outbox where event->>'subject' = $1`,
      [run],
    )
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(rows.map(row => [row.key, row.partition])))
  })

  it('brings a record that is no event to the dead letters and goes on', async () => {
    await startBus()
    const producer = kafka().producer()
    await producer.connect()
    await producer.send({ topic, messages: [{ key: 'K0', value: `not an event of ${run}` }] })
    await producer.disconnect()

    await publish(0, 8)

    await recorder.untilDistinct(8)
    const letters = async () => (await listDeadLetters(database, { limit: 100 })).filter(one => one.group === run)
    await expect.poll(letters, { timeout: 25_000 }).toMatchObject([{ code: 'EVENT_INVALID' }])
  })

  it('carries in their order events that are too much for one request', async () => {
    await startBus()
    const large = events(run, 5, 1).map(({ event, ...place }) => ({
      ...place,
      event: { ...event, data: { ...event.data, sha256: '0'.repeat(300_000) } },
    }))

    await database.transaction(tx => appendOutbox(tx, large))

    await recorder.untilDistinct(5)
    expect(firstArrivals(recorder.seen)).toEqual(new Map([['K0', [1, 2, 3, 4, 5]]]))
  })

  it('starts without a broker, says so, and stops', async () => {
    const bus = await startBus(['127.0.0.1:1'])

    await expect.poll(() => bus.health(), { timeout: 25_000 }).toMatchObject({ ok: false })
    expect((await bus.health()).detail).toMatch(/^event log on Kafka not usable since [\dT:.-]+Z$/)
  })

  it('counts what waits while there is no broker', async () => {
    const bus = await startBus(['127.0.0.1:1'])
    await publish(0, 8)

    await expect.poll(async () => (await bus.health()).backlog, { timeout: 25_000 }).toBeGreaterThanOrEqual(8)
  })

  it('creates a lost topic again and goes on', { timeout: 120_000 }, async () => {
    await startBus()
    await publish(0, 20)
    await recorder.untilDistinct(20)

    const admin = kafka().admin()
    await admin.connect()
    await admin.deleteTopics({ topics: [topic] })
    await expect.poll(() => admin.listTopics(), { timeout: 25_000 }).not.toContain(topic)
    await admin.disconnect()
    await publish(20, 40)

    await expect.poll(() => recorder.distinct.size, { timeout: 100_000, interval: 50 }).toBe(40)
  })

  it('delivers everything when the broker is killed and comes back', { timeout: 180_000 }, async context => {
    const { restart } = broker
    if (restart === undefined) return context.skip('the broker is not ours to kill')
    const bus = await startBus()
    await publish(0, 20)
    await recorder.untilDistinct(20)

    const restarted = restart()
    await publish(20, 40)
    await restarted
    await publish(40, 60)

    await expect.poll(() => recorder.distinct.size, { timeout: 150_000, interval: 50 }).toBe(60)
    await expect.poll(async () => (await bus.health()).ok, { timeout: 25_000 }).toBe(true)
  })

  it('keeps the events of a group that is away until it comes back', async () => {
    const away = await startBus()
    await publish(0, 8)
    await recorder.untilDistinct(8)
    await away.stop()
    started = []
    const other = createBus({ kind: 'kafka', brokers: broker.brokers, database, logger, clientId: 'relay' })
    await other.start()
    started.push(other)
    await database.transaction(tx => appendOutbox(tx, [event(run, 'later', 1)]))
    await expect.poll(async () => (await other.health()).backlog, { timeout: 25_000 }).toBe(0)

    await startBus()

    await recorder.untilDistinct(9)
  })
})
