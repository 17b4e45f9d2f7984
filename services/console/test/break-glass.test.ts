import { listDocumentEvents } from '@docaxis/store'
import { contentRight } from '@docaxis/store/console'
import { acceptDocument } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type SignedIn, signedIn, type TestConsole, testConsole } from './support/test-console.ts'

let hub: TestConsole
let documentId: string
let asker: SignedIn
let second: SignedIn

const whole = { scope: { everything: true } }
const body = { reason: 'complaint 12/KN of the receiver' }

beforeAll(async () => {
  hub = await testConsole()
  asker = await signedIn(hub, { ...whole, role: 'operator', login: 'asker' })
  second = await signedIn(hub, { ...whole, role: 'auditor', login: 'second' })
  documentId = await acceptDocument(hub.database, { sender: 'G99', receivers: ['H99.05'] })
})
afterAll(() => hub?.close())

it('shows content to people of the agency that sent it, and to nobody because of their role', async () => {
  const administrator = await signedIn(hub, { ...whole, role: 'administrator' })

  expect(await rightOf(administrator, [])).toBeUndefined()
  expect(await rightOf(administrator, ['G99'])).toBe('party')
  expect(await rightOf(administrator, ['H98'])).toBeUndefined()
})

it('shows it to a receiver only once it was made available there', async () => {
  const clerk = await signedIn(hub, { agencies: ['H99.05'] })

  expect(await rightOf(clerk, ['H99.05'])).toBeUndefined()
})

it('opens it for the asker alone, once a second person has allowed it, and tells both agencies', async () => {
  const id = await ask(asker)
  expect(await rightOf(asker, [])).toBeUndefined()

  expect((await second.post(`/break-glass/${id}/decision`, { allowed: true })).statusCode).toBe(204)

  expect(await rightOf(asker, [])).toBe('break-glass')
  expect(await rightOf(second, [])).toBeUndefined()
  const told = (await listDocumentEvents(hub.database, documentId)).filter(({ what }) => what === 'content-opened')
  expect(told).toMatchObject([{ details: { by: 'asker', allowedBy: 'second', reason: body.reason } }])
})

it('is an event that the systems of both agencies are told of', async () => {
  await makeAvailable()
  const id = await ask(asker)

  await second.post(`/break-glass/${id}/decision`, { allowed: true })

  expect(await openedEvents()).toContainEqual(
    expect.objectContaining({
      requestId: id,
      document: documentId,
      by: 'asker',
      allowedBy: 'second',
      tell: ['G99', 'H99.05'],
    }),
  )
})

it('closes again after an hour', async () => {
  await hub.database.query("update break_glass set ends_at = now() - interval '1 second' where allowed")

  expect(await rightOf(asker, [])).toBeUndefined()
})

it('is allowed by nobody who asked for it', async () => {
  const auditor = await signedIn(hub, { ...whole, role: 'auditor' })
  const id = await ask(auditor)

  expect((await auditor.post(`/break-glass/${id}/decision`, { allowed: true })).statusCode).toBe(404)
  expect(await rightOf(auditor, [])).toBeUndefined()
})

it('stays closed when the second person refuses, and is decided once', async () => {
  const id = await ask(asker)

  await second.post(`/break-glass/${id}/decision`, { allowed: false })

  expect((await second.post(`/break-glass/${id}/decision`, { allowed: true })).statusCode).toBe(404)
  expect(await rightOf(asker, [])).toBeUndefined()
})

it('is asked for with a sentence', async () => {
  const answer = await asker.post(`/documents/${documentId}/break-glass`, { reason: 'because' })

  expect(answer.statusCode).toBe(400)
})

/** As delivery does. */
async function makeAvailable() {
  await hub.database.query(
    `insert into delivery (id, document_id, kind, receiver, receiver_written, level, priority, state, accepted_at,
                           due_at, available_at)
     select substr(md5('delivery'), 1, 24), id, 'document', 'H99.05', 'H99.05', 'commune', 0, 'available', accepted_at,
            now(), now()
       from document where id = $1`,
    [documentId],
  )
}

async function openedEvents() {
  const text =
    "select event -> 'data' as data from outbox_log where topic = 'docaxis.content.opened' order by position, batch, place"
  const { rows } = await hub.database.query<{ data: unknown }>(text)
  return rows.map(({ data }) => data)
}

async function ask(person: SignedIn): Promise<string> {
  return (await person.post(`/documents/${documentId}/break-glass`, body)).json().id
}

function rightOf({ accountId }: SignedIn, agencies: readonly string[]) {
  return contentRight(hub.database, documentId, { accountId, agencies })
}
