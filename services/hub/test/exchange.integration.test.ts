import {
  describeWithKafka,
  orphansLeftIn,
  type TestBroker,
  type TestDatabase,
  testBroker,
  testDatabase,
} from '@docaxis/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exchangeSuite } from './support/exchange-suite.ts'
import { type TestHub, testHub } from './support/test-hub.ts'

describe('the exchange on the embedded database', () => {
  let hub: TestHub
  beforeAll(async () => {
    hub = await testHub()
  })
  afterAll(() => hub.stop())

  exchangeSuite(() => hub)

  // The other shape is asked the same as its database is closed.
  it('leaves no row without its parent', async () => {
    await hub.hub.stop()

    expect(await orphansLeftIn(hub.dataDir)).toEqual([])
  })
})

const suiteWithKafka = await describeWithKafka()

suiteWithKafka('the exchange on PostgreSQL and Kafka', () => {
  let database: TestDatabase
  let broker: TestBroker
  let hub: TestHub
  beforeAll(async () => {
    broker = await testBroker()
    database = await testDatabase()
    hub = await testHub({
      DOCAXIS_DATABASE_URL: database.connectionString,
      DOCAXIS_KAFKA_BROKERS: broker.brokers.join(','),
    })
  }, 120_000)
  afterAll(async () => {
    await hub.stop()
    await database.close()
    await broker.stop()
  })

  exchangeSuite(() => hub)
})
