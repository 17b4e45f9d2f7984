import { acceptDocument, type DocumentWish, type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  acknowledgeDeliveries,
  deliveriesOfDocument,
  failDeliveries,
  holdDeliveriesOf,
  insertDeliveries,
  listOpenChanges,
  listWithdrawn,
  markFetched,
  newHubId,
  outcomesOfPacket,
  recordBusinessReport,
  releaseDeliveries,
  settleOutcomes,
  takeUnrouted,
} from '../../src/index.ts'
import { deliver, route, runOut } from '../delivering.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

let count = 0
const newName = () => `000.00.00.G99/${++count}`
const receiver = 'H99.32.05'
const by = { agencies: [receiver, 'H99'], systemId: 'commune' }

const fetch = (deliveryId: string) =>
  database.transaction(tx => markFetched(tx, { deliveryId, ...by, leaseMs: 60_000 }))
const acknowledge = (id: string) => database.transaction(tx => acknowledgeDeliveries(tx, { ids: [id], ...by }))

/** A status 13, without the report that carries it. */
function takeBack(target: string, from = receiver): Promise<string> {
  const effects = [{ sender: 'G99', target, action: 'take-back' as const, receiver: from }]
  return acceptDocument(database, { kind: 'status', documentId: target, receivers: [from], effects })
}

function act(action: 'revoke' | 'update' | 'replace', target: string, wish: DocumentWish = {}): Promise<string> {
  const effects = [{ sender: 'G99', target, action }]
  return acceptDocument(database, { action, documentId: newName(), effects, ...wish })
}

async function stateOf(deliveryId: string) {
  const { rows } = await database.query<Record<string, unknown>>(
    `select state, business, business_change as change, business_change_kind as kind, business_change_by as by,
            replaced_by from delivery where id = $1`,
    [deliveryId],
  )
  return rows[0]
}

const wordsOf = async (packetId: string) =>
  (await outcomesOfPacket(database, packetId)).map(({ receiver: at, outcome }) => [at, outcome])

describe('taking back', () => {
  it.each(['available', 'routed', 'held'])('withdraws what is %s', async state => {
    const documentId = newName()
    const [id = ''] = await (state === 'routed' ? route : deliver)(database, { documentId })
    if (state === 'held') await hold(id)

    const packet = await takeBack(documentId)

    expect(await stateOf(id)).toMatchObject({ state: 'withdrawn', business: null, change: null })
    expect(await wordsOf(packet)).toEqual([[receiver, 'withdrawn']])
    expect(await fetch(id)).toMatchObject(state === 'routed' ? { result: 'not-found' } : { state: 'withdrawn' })
    const { rows } = await database.query('select from delivery_hold where delivery_id = $1', [id])
    expect(rows).toEqual([])
  })

  it('owes the sender a receipt that says so, and tells it by an event', async () => {
    const documentId = newName()
    const [id = ''] = await deliver(database, { documentId })

    const packet = await takeBack(documentId)

    const { rows: receipts } = await database.query('select kind, reason from receipt where delivery_id = $1', [id])
    expect(receipts).toEqual([{ kind: 'non-delivery', reason: expect.stringContaining(packet) }])
    const { rows: events } = await database.query("select event from outbox_log where event ->> 'id' = $1", [
      `${id}:withdrawn`,
    ])
    expect(events).toMatchObject([{ event: { data: { deliveryId: id, receiver, listed: true } } }])
  })

  it('makes the delivery of a packet that is not routed yet, so that no router makes another', async () => {
    const documentId = newName()
    const target = await acceptDocument(database, { documentId })

    await takeBack(documentId)
    const made = await database.transaction(tx =>
      insertDeliveries(tx, [
        {
          id: newHubId(),
          documentId: target,
          kind: 'document',
          receiver,
          receiverWritten: receiver,
          level: 'commune',
          priority: 0,
        },
      ]),
    )

    expect(made.size).toBe(0)
    expect(await deliveriesOfDocument(database, target)).toMatchObject([{ state: 'withdrawn', availableAt: null }])
  })

  it('leaves the receiver a row without content, where it could have seen the document', async () => {
    const [listed, unlisted] = [newName(), newName()]
    const [id = ''] = await deliver(database, { documentId: listed })
    await route(database, { documentId: unlisted })
    await takeBack(listed)
    await takeBack(unlisted)

    const rows = await listWithdrawn(database, { agencies: [receiver], limit: 500 })

    expect(rows.filter(row => [listed, unlisted].includes(row.documentId))).toEqual([
      {
        deliveryId: id,
        kind: 'document',
        sender: 'G99',
        documentId: listed,
        receiver,
        availableAt: expect.any(Date),
        withdrawnAt: expect.any(Date),
      },
    ])
    expect(await listWithdrawn(database, { agencies: ['H98'], limit: 500 })).toEqual([])
  })

  it('sends no packet to a receiver who has nothing to answer', async () => {
    const documentId = newName()
    await deliver(database, { documentId })

    const packet = await takeBack(documentId)

    expect(await deliveriesOfDocument(database, packet)).toMatchObject([{ receiver, state: 'withdrawn' }])
  })

  it.each(['fetched', 'acknowledged', 'tried and offered again'])('asks for what was %s', async state => {
    const documentId = newName()
    const [id = ''] = await deliver(database, { documentId })
    await fetch(id)
    if (state === 'acknowledged') await acknowledge(id)
    if (state === 'tried and offered again') await fail(id)

    const packet = await takeBack(documentId)

    expect(await wordsOf(packet)).toEqual([[receiver, 'asked']])
    expect(await deliveriesOfDocument(database, packet)).toEqual([])
    expect(await stateOf(id)).not.toMatchObject({ state: 'withdrawn' })
  })

  it('asks what was acknowledged without being fetched: the receiver says that it has it', async () => {
    const documentId = newName()
    const [id = ''] = await deliver(database, { documentId })
    await acknowledge(id)

    expect(await wordsOf(await takeBack(documentId))).toEqual([[receiver, 'asked']])
  })

  it('finds nothing to take back a second time', async () => {
    const documentId = newName()
    await deliver(database, { documentId })
    await takeBack(documentId)

    expect(await wordsOf(await takeBack(documentId))).toEqual([[receiver, 'not-held']])
  })

  it('touches one receiver alone, and nobody else’s document of the same name', async () => {
    const documentId = newName()
    const [, other = ''] = await deliver(database, { documentId, receivers: [receiver, 'H99'] })
    const [foreign = ''] = await deliver(database, { documentId, sender: 'G98', systemId: 'g98' })

    await takeBack(documentId)

    expect([await stateOf(other), await stateOf(foreign)]).toMatchObject([
      { state: 'available' },
      { state: 'available' },
    ])
  })
})

describe('a revocation', () => {
  it('withdraws where nobody has fetched, asks the others, and goes to those alone', async () => {
    const documentId = newName()
    const receivers = ['H99', receiver]
    const ids = await deliver(database, { documentId, receivers })
    const fetched = (await deliveryTo(ids, 'H99')) ?? ''
    await fetch(fetched)

    const packet = await act('revoke', documentId, { receivers })

    expect(await wordsOf(packet)).toEqual([
      ['H99', 'asked'],
      [receiver, 'withdrawn'],
    ])
    expect(await stateOf(fetched)).toMatchObject({ state: 'fetched', change: 'asked', kind: 'revoke', by: packet })
    expect(await deliveriesOfDocument(database, packet)).toMatchObject([{ receiver, state: 'withdrawn' }])
  })

  it('is owed an answer until it is there', async () => {
    const documentId = newName()
    const [id = ''] = await deliver(database, { documentId, receivers: ['H97'] })
    await database.transaction(tx =>
      markFetched(tx, { deliveryId: id, agencies: ['H97'], systemId: 'h97', leaseMs: 60_000 }),
    )
    const packet = await act('revoke', documentId, { receivers: ['H97'] })
    const open = { agencies: ['H97'], role: 'receiver' as const, limit: 10 }
    expect(await listOpenChanges(database, open)).toMatchObject([{ deliveryId: id, kind: 'revoke', askedBy: packet }])

    await report(id, '15')

    expect(await listOpenChanges(database, open)).toEqual([])
    expect(await stateOf(id)).toMatchObject({ business: '15', change: 'agreed', kind: 'revoke' })
  })

  it('asks nobody whom it does not reach', async () => {
    const documentId = newName()
    const [id = ''] = await deliver(database, { documentId })
    await fetch(id)

    const packet = await act('revoke', documentId, { receivers: ['H99'] })

    expect(await wordsOf(packet)).toEqual([[receiver, 'not-told']])
    expect(await stateOf(id)).toMatchObject({ change: null })
  })

  it('takes updates of what it withdraws with it', async () => {
    const documentId = newName()
    await deliver(database, { documentId })
    const [underSameName = ''] = await deliver(database, { documentId, action: 'update' })
    const named = newName()
    const effects = [{ sender: 'G99', target: documentId, action: 'update' as const }]
    const [underOwnName = ''] = await deliver(database, { documentId: named, action: 'update', effects })

    await act('revoke', documentId, { documentId })

    expect([await stateOf(underSameName), await stateOf(underOwnName)]).toMatchObject([
      { state: 'withdrawn' },
      { state: 'withdrawn' },
    ])
  })

  it('never acts on itself, nor on what is sent under the same name afterwards', async () => {
    const documentId = newName()
    await deliver(database, { documentId, receivers: ['H99'] })
    const [revocation = ''] = await deliver(database, {
      documentId,
      action: 'revoke',
      effects: [{ sender: 'G99', target: documentId, action: 'revoke' }],
    })

    expect(await stateOf(revocation)).toMatchObject({ state: 'available' })
  })
})

describe('an update', () => {
  it('asks its receivers, and their answer to it answers for the document', async () => {
    const documentId = newName()
    const [id = ''] = await deliver(database, { documentId })
    const named = newName()
    const [update = ''] = await deliver(database, {
      documentId: named,
      action: 'update',
      effects: [{ sender: 'G99', target: documentId, action: 'update' }],
    })
    expect(await stateOf(id)).toMatchObject({ state: 'available', change: 'asked', kind: 'update' })

    expect(await report(update, '15')).toMatchObject({ flagged: false })

    expect(await stateOf(id)).toMatchObject({ business: '15', change: 'agreed', kind: 'update' })
    expect(await stateOf(update)).toMatchObject({ business: null })
  })

  it('asks for a document that is routed later', async () => {
    const documentId = newName()
    const target = await acceptDocument(database, { documentId })
    const packet = await act('update', documentId)

    const id = await routeNow(target)

    expect(await stateOf(id)).toMatchObject({ change: 'asked', kind: 'update', by: packet })
  })
})

describe('a replacement', () => {
  it('marks the earlier document for those it names, and leaves it where it is', async () => {
    const documentId = newName()
    const ids = await deliver(database, { documentId, receivers: [receiver, 'H99'] })
    const [first = '', second = ''] = [await deliveryTo(ids, receiver), await deliveryTo(ids, 'H99')]

    const effects = [
      { sender: 'G99', target: documentId, action: 'replace' as const, receiver },
      { sender: 'G99', target: documentId, action: 'replace' as const, receiver },
    ]
    const packet = await act('replace', documentId, { effects })

    expect(await stateOf(first)).toMatchObject({ state: 'available', replaced_by: packet })
    expect(await stateOf(second)).toMatchObject({ replaced_by: null })
  })

  it('marks a document that is routed later', async () => {
    const documentId = newName()
    const target = await acceptDocument(database, { documentId })
    const packet = await act('replace', documentId)

    expect(await stateOf(await routeNow(target))).toMatchObject({ replaced_by: packet })
  })
})

describe('at the same moment', () => {
  it.each(Array.from({ length: 40 }, (_, seed) => seed))(
    'taking back and fetching have one winner (seed %i)',
    async seed => {
      const documentId = newName()
      const [id = ''] = await deliver(database, { documentId })
      const fetches = Array.from({ length: 1 + (seed % 3) }, () => () => fetch(id))
      const takes = [() => takeBack(documentId)]
      const order = seed % 2 === 0 ? [...fetches, ...takes] : [...takes, ...fetches]

      const answers = await Promise.all(order.map(start => start()))

      const packet = answers.find(answer => typeof answer === 'string') ?? ''
      const [[, word] = []] = await wordsOf(packet)
      const fetched = answers.filter(answer => typeof answer !== 'string').map(({ result }) => result)
      expect(new Set(fetched).size).toBe(1)
      expect(word).toBe(fetched[0] === 'fetched' ? 'asked' : 'withdrawn')
      expect(await stateOf(id)).toMatchObject({ state: fetched[0] === 'fetched' ? 'fetched' : 'withdrawn' })
    },
  )
})

it('waits for the router that makes the deliveries of an update meanwhile, and withdraws those', async () => {
  const documentId = newName()
  await acceptDocument(database, { documentId })
  const update = await act('update', documentId)
  const delivery = { id: newHubId(), documentId: update, receiver, level: 'commune', priority: 0 } as const
  const router = await database.pool.connect()
  await router.query('begin')
  await insertDeliveries(router, [{ ...delivery, kind: 'document', receiverWritten: receiver }])

  const revoking = act('revoke', documentId)
  await vi.waitFor(async () => {
    const { rowCount } = await database.query(
      "select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
    )
    expect(rowCount).toBeGreaterThan(0)
  })
  await takeUnrouted(router, [update])
  await router.query('commit')
  router.release()

  expect(await wordsOf(await revoking)).toContainEqual([receiver, 'withdrawn'])
  expect(await stateOf(delivery.id)).toMatchObject({ state: 'withdrawn' })
})

async function hold(deliveryId: string): Promise<void> {
  await database.transaction(async tx => {
    const { rows } = await tx.query<{ document_id: string }>('select document_id from delivery where id = $1', [
      deliveryId,
    ])
    await holdDeliveriesOf(tx, [rows[0]?.document_id ?? ''], { reason: 'test' })
  })
}

async function fail(id: string): Promise<void> {
  const request = { ids: [id], ...by, reason: 'disk full', maxAttempts: 5, backOffMs: 60_000 }
  await database.transaction(tx => failDeliveries(tx, request))
  await runOut(database, id)
}

async function report(deliveryId: string, code: string) {
  return database.transaction(tx =>
    recordBusinessReport(tx, { deliveryId, statusId: null, code, reporter: 'H97', systemId: 'g99', via: 'json' }),
  )
}

async function deliveryTo(ids: readonly string[], code: string): Promise<string | undefined> {
  const { rows } = await database.query<{ id: string }>(
    'select id from delivery where id = any($1) and receiver = $2',
    [ids, code],
  )
  return rows[0]?.id
}

/** What the router does with one packet to one receiver. */
async function routeNow(target: string): Promise<string> {
  const id = newHubId()
  await database.transaction(async tx => {
    await insertDeliveries(tx, [
      {
        id,
        documentId: target,
        kind: 'document',
        receiver,
        receiverWritten: receiver,
        level: 'commune',
        priority: 0,
      },
    ])
    await settleOutcomes(tx, [target])
  })
  await database.transaction(tx => releaseDeliveries(tx, [id]))
  return id
}
