import { acceptDocument, addSystem, type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  appendDocumentEvents,
  findAcceptance,
  findAcceptancesByBytes,
  findAddressedDocument,
  findDocument,
  findEarlierPackets,
  findKnownDocumentIds,
  findSendersOf,
  listDocumentEvents,
  listDocumentReceivers,
  listDocuments,
  storeRefusal,
  useKey,
} from '../../src/index.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database?.close())

it('takes one new document under a DocumentId of a sender, and another sender’s beside it', async () => {
  await acceptDocument(database, { documentId: 'once' })

  await expect(acceptDocument(database, { documentId: 'once' })).rejects.toThrow('accepted before')
  await expect(acceptDocument(database, { documentId: 'once', sender: 'G98' })).resolves.toMatch(/^[0-9a-f]{24}$/)
  expect(await findSendersOf(database, 'once')).toHaveLength(2)
})

it('writes nothing at all of a packet that is in the way of another', async () => {
  await acceptDocument(database, { documentId: 'alone', receivers: ['H99'] })
  const before = await countAll()

  await acceptDocument(database, { documentId: 'alone', receivers: ['H99', 'H98'] }).catch(() => undefined)

  expect(await countAll()).toEqual(before)
})

it('finds the first acceptance by its bytes, for the system that sent them', async () => {
  const id = await acceptDocument(database, { systemId: 'g99' })
  const { sha256 } = (await findAcceptance(database, id)) ?? { sha256: '' }

  const found = await findAcceptancesByBytes(database, [
    { systemId: 'other', sha256 },
    { systemId: 'g99', sha256 },
  ])

  expect(found).toMatchObject([undefined, { id, receiptId: expect.any(String) }])
})

it('keeps a list of checks once for all verdicts that rest on it, and shows it with each', async () => {
  const verdict = { verdict: 'VALID', code: 'OK', checks: [{ rule: 'V06', detail: 'the digest', passed: true }] }
  const ids = [await acceptDocument(database, { verdict }), await acceptDocument(database, { verdict })]
  const other = await acceptDocument(database, { verdict: { ...verdict, checks: [] } })

  const acceptances = await Promise.all([...ids, other].map(id => findAcceptance(database, id)))
  const { rows } = await database.query(
    'select id, verdict from document where id = any($1) and checks_sha256 in (select sha256 from verdict_checks)',
    [ids],
  )

  expect(acceptances.map(acceptance => acceptance?.verdict)).toEqual([verdict, verdict, { ...verdict, checks: [] }])
  expect(rows.map(row => row.verdict)).toEqual(Array(2).fill({ verdict: 'VALID', code: 'OK' }))
})

it('shows checks that an older release stored inside the verdict', async () => {
  const verdict = { verdict: 'VALID', code: 'OK', checks: [{ rule: 'V06', detail: 'the digest', passed: true }] }
  const id = await acceptDocument(database)
  await database.query('update document set verdict = $2, checks_sha256 = null where id = $1', [id, verdict])

  expect(await findAcceptance(database, id)).toMatchObject({ verdict })
})

it('gives a status message no receipt', async () => {
  const id = await acceptDocument(database, { kind: 'status' })

  expect(await findAcceptance(database, id)).toMatchObject({ kind: 'status', receiptId: null })
})

it('lists what holds a DocumentId with the receivers it reached', async () => {
  await acceptDocument(database, { documentId: 'holds', receivers: ['H99', { written: 'X77', fault: 'R.x' }] })

  const earlier = await findEarlierPackets(database, 'G99', 'holds')

  expect(earlier.map(packet => packet.receivers)).toEqual([['H99', 'X77']])
  expect(await findEarlierPackets(database, 'G98', 'holds')).toEqual([])
})

it('knows documents by their sender only, and the two parties of each', async () => {
  const id = await acceptDocument(database, { documentId: 'known', receivers: ['H99'] })

  expect([...(await findKnownDocumentIds(database, 'G99', ['known', 'never']))]).toEqual(['known'])
  expect([...(await findKnownDocumentIds(database, 'G98', ['known']))]).toEqual([])
  expect(await findAddressedDocument(database, 'G99', 'known', 'H99')).toEqual({ id, deliveryId: null })
  expect(await findAddressedDocument(database, 'G99', 'known', 'H98')).toBeUndefined()
})

it('shows a document to its sender, and to nobody before it is delivered', async () => {
  const id = await acceptDocument(database, { receivers: ['H99'] })

  expect(await findDocument(database, id, ['G99'])).toMatchObject({ id, role: 'sender' })
  expect(await findDocument(database, id, ['H99'])).toBeUndefined()
  expect(await findDocument(database, id, [])).toBeUndefined()
})

it('shows a receiver nothing of what was withdrawn before it could fetch', async () => {
  const id = await acceptDocument(database, { receivers: ['H99'] })
  await deliver(id, 'H99', 'withdrawn', 0)
  const fetched = await acceptDocument(database, { receivers: ['H99'] })
  await deliver(fetched, 'H99', 'withdrawn', 1)

  expect(await findDocument(database, id, ['H99'])).toBeUndefined()
  expect(await findDocument(database, fetched, ['H99'])).toMatchObject({ role: 'receiver' })
})

it('pages what agencies sent, newest first, and takes a foreign cursor for the end', async () => {
  const ids: string[] = []
  for (let count = 0; count < 3; count += 1) ids.push(await acceptDocument(database, { sender: 'P1', systemId: 'p1' }))
  const foreign = await acceptDocument(database, { sender: 'P2', systemId: 'p2' })

  const first = await listDocuments(database, ['P1'], { limit: 2 })
  const rest = await listDocuments(database, ['P1'], { limit: 2, after: first.at(-1)?.id })

  expect([...first, ...rest].map(document => document.id)).toEqual(ids.toReversed())
  expect(await listDocuments(database, ['P1'], { limit: 2, after: foreign })).toEqual([])
})

it('keeps receivers as they were resolved, in the order of the envelope', async () => {
  const id = await acceptDocument(database, {
    receivers: [{ written: 'H98', resolved: 'H99', level: 'province', name: 'Tỉnh H99' }, 'H99.05'],
  })

  expect(await listDocumentReceivers(database, id)).toEqual([
    { position: 0, written: 'H98', resolved: 'H99', level: 'province', name: 'Tỉnh H99' },
    { position: 1, written: 'H99.05', resolved: 'H99.05', level: 'commune' },
  ])
})

it('tells the history in the order written, to a receiver only its own part', async () => {
  const id = await acceptDocument(database, { receivers: ['H99', 'H98'] })
  const mine = await deliver(id, 'H99', 'available', 0)
  const other = await deliver(id, 'H98', 'available', 0)
  await appendDocumentEvents(database, [
    { documentId: id, deliveryId: mine, what: 'available' },
    { documentId: id, deliveryId: other, what: 'available' },
  ])

  const all = await listDocumentEvents(database, id)
  const seen = await listDocumentEvents(database, id, ['H99'])

  expect(all.map(event => event.what)).toEqual(['accepted', 'available', 'available'])
  expect(seen.map(event => event.deliveryId)).toEqual([mine])
})

it('keeps one refusal per system and bytes', async () => {
  await addSystem(database, 'refused')
  const refusal = {
    id: 'a'.repeat(24),
    systemId: 'refused',
    sha256: 'b'.repeat(64),
    sizeBytes: 1,
    problem: 'ENVELOPE_REFUSED' as const,
    findings: [],
  }

  const first = await storeRefusal(database, refusal)
  const again = await storeRefusal(database, { ...refusal, id: 'c'.repeat(24) })

  expect(first).toMatchObject({ id: refusal.id, first: true })
  expect(again).toMatchObject({ id: refusal.id, first: false, refusedAt: first.refusedAt })
})

it('gives everybody under a key the instant of its first use', async () => {
  await addSystem(database, 'keys')
  const uses = await Promise.all(Array.from({ length: 10 }, () => useKey(database, 'keys', 'k', '1'.repeat(64))))
  const other = await useKey(database, 'keys', 'k', '2'.repeat(64))

  expect(new Set(uses.map(use => use.at.getTime())).size).toBe(1)
  expect(other.requestSha256).toBe('1'.repeat(64))
})

async function deliver(documentId: string, receiver: string, state: string, fetches: number): Promise<string> {
  const { rows } = await database.query<{ id: string }>(
    `insert into delivery (id, document_id, kind, receiver, receiver_written, level, priority, state, accepted_at, fetches,
                           due_at, available_at)
     values (substr(md5(random()::text), 1, 24), $1, 'document', $2, $2, 'province', 0, $3, now(), $4,
             case when $3 = 'available' then now() end, case when $3 not in ('routed', 'held') then now() end)
     returning id`,
    [documentId, receiver, state, fetches],
  )
  return rows[0]?.id ?? ''
}

async function countAll(): Promise<unknown> {
  const { rows } = await database.query(
    `select (select count(*) from document) as documents, (select count(*) from document_receiver) as receivers,
            (select count(*) from receipt) as receipts, (select count(*) from audit_log) as entries,
            (select count(*) from document_event) as events, (select count(*) from outbox_log) as outbox`,
  )
  return rows[0]
}
