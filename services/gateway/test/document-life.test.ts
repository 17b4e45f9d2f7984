import { writeStatus } from '@docaxis/edxml'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningHub, runningHub } from './running-hub.ts'

let hub: RunningHub

beforeAll(async () => {
  hub = await runningHub()
  await hub.addSystem({ id: 'e-office', profile: 'legacy', statusPolicy: 'record' }, ['G99'])
})
afterAll(() => hub?.close())

let count = 0
const newName = () => `G99,2030,life-${++count}`

interface Sent {
  readonly id: string
  readonly documentId: string
  readonly deliveryId: string
}

/** A document from the ministry that waits at one receiver. */
async function sent(receiver = 'H99.05', wish: Partial<Parameters<RunningHub['sealed']>[0]> = {}): Promise<Sent> {
  const documentId = newName()
  const xml = hub.sealed({ sender: 'G99', receivers: [receiver], documentId, ...wish })
  const { id } = (await hub.post(xml, 'g99')).json()
  const { deliveryId } = await hub.waiting(receiver.toLowerCase(), id)
  return { id, documentId, deliveryId }
}

const takeBack = (id: string, body: object = { reason: 'Gửi nhầm' }, system = 'g99') =>
  hub.postJson(`/api/v1/documents/${id}/take-back`, body, system)
const envelope = (deliveryId: string, system = 'h99.05') => hub.get(`/api/v1/deliveries/${deliveryId}/envelope`, system)
const answer = (deliveryId: string, code: string, system = 'h99.05') =>
  hub.postJson(`/api/v1/deliveries/${deliveryId}/status`, { code, reason: 'Theo đề nghị' }, system)
const view = async (id: string, system = 'g99') => (await hub.get(`/api/v1/documents/${id}`, system)).json()
const items = async (path: string, system: string) => (await hub.get(path, system)).json().items

/** An act of the ministry on an earlier document. */
async function act(action: 'revoke' | 'update' | 'replace', target: string, receivers = ['H99.05']) {
  const about = action === 'replace' ? { replaces: [{ documentId: target, agencyCodes: [] }] } : { target }
  const wish = { sender: 'G99', receivers, documentId: newName(), action, reason: 'Có sai sót', ...about }
  return (await hub.post(hub.sealed(wish), 'g99')).json()
}

describe('taking back', () => {
  it('before anybody fetched withdraws: no packet reaches the receiver, whose row says so without content', async () => {
    const { id, documentId, deliveryId } = await sent('H99.05', { subject: 'MARKER-SUBJECT' })

    const taken = await takeBack(id)

    expect(taken.json().items).toMatchObject([{ receiver: 'H99.05', outcome: 'withdrawn', flagged: false }])
    expect((await hub.mail('h99.05')).map(mail => mail.documentId)).not.toContain(documentId)
    const fetched = await envelope(deliveryId)
    expect([fetched.statusCode, fetched.json()]).toMatchObject([
      409,
      { code: 'STATE_CONFLICT', details: { state: 'withdrawn' } },
    ])
    const left = await hub.get('/api/v1/inbox/withdrawn', 'h99.05')
    expect(left.json().items).toContainEqual(
      expect.objectContaining({ deliveryId, documentId, note: { vi: 'Bên gửi đã rút lại', en: expect.any(String) } }),
    )
    expect(left.body).not.toContain('MARKER-SUBJECT')
    expect((await hub.get(`/api/v1/documents/${id}`, 'h99.05')).statusCode).toBe(404)
  })

  it('shows the sender the end of it, without an answer that nobody gave', async () => {
    const { id } = await sent()
    await takeBack(id)

    const { deliveries } = await view(id)

    expect(deliveries).toMatchObject([
      { transport: 'withdrawn', business: null, change: null, history: [{ code: '13', reporter: 'G99' }] },
    ])
    expect(deliveries[0].history[0].flagged).toBe(false)
  })

  it('after it was fetched asks, and the receiver agrees', async () => {
    const { id, deliveryId } = await sent()
    await envelope(deliveryId)

    const taken = (await takeBack(id)).json().items[0]
    const request = await hub.waiting('h99.05', taken.id)
    const open = await items('/api/v1/changes', 'h99.05')
    await answer(deliveryId, '15')

    expect(taken.outcome).toBe('asked')
    expect(request).toMatchObject({ kind: 'status' })
    expect(open).toContainEqual(expect.objectContaining({ deliveryId, kind: 'take-back', askedBy: taken.id }))
    expect((await view(id)).deliveries).toMatchObject([
      { business: '15', change: { kind: 'take-back', state: 'agreed', by: taken.id } },
    ])
    expect(await items('/api/v1/changes?role=sender', 'g99')).not.toContainEqual(
      expect.objectContaining({ deliveryId }),
    )
  })

  it('shows the state before again when the receiver refuses', async () => {
    const { id, deliveryId } = await sent()
    await envelope(deliveryId)
    await answer(deliveryId, '03')
    await takeBack(id)

    await answer(deliveryId, '16')

    expect((await view(id)).deliveries).toMatchObject([{ business: '03', change: { state: 'refused' } }])
  })

  it('before it is routed withdraws too', async () => {
    const documentId = newName()
    const { id } = (await hub.post(hub.sealed({ sender: 'G99', receivers: ['H99.05'], documentId }), 'g99')).json()

    const taken = await takeBack(id)

    expect(taken.json().items).toMatchObject([{ outcome: 'withdrawn' }])
    expect((await view(id)).deliveries).toMatchObject([{ transport: 'withdrawn' }])
  })

  it('is answered the same when it is sent again, and says so when there is nothing left', async () => {
    const { id } = await sent()

    const first = await takeBack(id)
    const again = await takeBack(id)
    const other = await takeBack(id, { reason: 'Lý do khác' })

    expect(again.body).toBe(first.body)
    expect(other.json().items).toMatchObject([{ outcome: 'not-held' }])
    expect((await view(id)).deliveries[0].history).toMatchObject([{ flagged: false }, { flagged: true }])
  })

  it('takes back from those named alone', async () => {
    const documentId = newName()
    const xml = hub.sealed({ sender: 'G99', receivers: ['H99.05', 'H99.06'], documentId })
    const { id } = (await hub.post(xml, 'g99')).json()
    await hub.waiting('h99.06', id)

    await takeBack(id, { reason: 'Gửi nhầm', receivers: ['H99.05'] })

    expect((await view(id)).deliveries).toMatchObject([{ transport: 'withdrawn' }, { transport: 'available' }])
  })

  it.each([
    { what: 'by a receiver', system: 'h99.05', body: { reason: 'x' }, status: 404 },
    { what: 'from one it did not go to', system: 'g99', body: { reason: 'x', receivers: ['H99.06'] }, status: 400 },
    { what: 'without a reason', system: 'g99', body: {}, status: 400 },
  ])('is refused $what', async ({ system, body, status }) => {
    const { id } = await sent()

    expect((await takeBack(id, body, system)).statusCode).toBe(status)
  })

  it('works by the edXML message as by the call', async () => {
    const { id, documentId } = await sent()
    const status = writeStatus({
      sender: { agencyCode: 'G99', name: 'Cơ quan G99' },
      receiverCode: 'H99.05',
      documentId,
      code: '12/CV-VP',
      statusCode: '13',
      reason: 'Gửi nhầm',
      reportedAt: hub.deps.now(),
    })

    const taken = await hub.post(status, 'e-office')

    expect(taken.json()).toMatchObject({ effects: [{ action: 'take-back', document: id, outcome: 'withdrawn' }] })
  })
})

describe('at the same moment', () => {
  it.each(Array.from({ length: 12 }, (_, seed) => seed))(
    'one of taking back and fetching wins, and both are told (seed %i)',
    async seed => {
      const { id, deliveryId } = await sent()
      const calls = [() => takeBack(id), () => envelope(deliveryId)]

      const answers = await Promise.all((seed % 2 === 0 ? calls : calls.toReversed()).map(call => call()))

      const [taken, fetched] = seed % 2 === 0 ? answers : answers.toReversed()
      const { outcome } = taken?.json().items[0] ?? {}
      expect([outcome, fetched?.statusCode]).toEqual(outcome === 'withdrawn' ? ['withdrawn', 409] : ['asked', 200])
      if (outcome === 'withdrawn') expect(fetched?.json().details).toEqual({ state: 'withdrawn' })
    },
  )
})

describe('a revocation', () => {
  it('is answered the same when it is sent again, whatever came under the name meanwhile', async () => {
    const { documentId } = await sent()
    await act('update', documentId)
    await sent('H99.06', { documentId })
    const wish = { sender: 'G99', receivers: ['H99.05'], documentId: newName(), target: documentId }
    const revocation = hub.sealed({ ...wish, action: 'revoke', reason: 'Có sai sót' })

    const [first, again] = [await hub.post(revocation, 'g99'), await hub.post(revocation, 'g99')]

    expect(first.json().effects).toHaveLength(3)
    expect(again.json().effects).toEqual(first.json().effects)
  })

  it('goes to those alone who have the document, and they must confirm it', async () => {
    const documentId = newName()
    const receivers = ['H99.05', 'H99.06']
    const { id } = (await hub.post(hub.sealed({ sender: 'G99', receivers, documentId }), 'g99')).json()
    const { deliveryId } = await hub.waiting('h99.05', id)
    await hub.waiting('h99.06', id)
    await envelope(deliveryId)

    const revocation = await act('revoke', documentId, receivers)

    expect(revocation.effects).toMatchObject([
      { receiver: 'H99.05', outcome: 'asked' },
      { receiver: 'H99.06', outcome: 'withdrawn' },
    ])
    const request = await hub.waiting('h99.05', revocation.id)
    expect(await items('/api/v1/changes', 'h99.05')).toContainEqual(
      expect.objectContaining({ deliveryId, kind: 'revoke', askedBy: revocation.id }),
    )
    await answer(request.deliveryId, '15')
    expect((await view(id)).deliveries).toMatchObject([
      { transport: 'fetched', business: '15', change: { kind: 'revoke', state: 'agreed' } },
      { transport: 'withdrawn' },
    ])
    expect((await hub.mail('h99.06')).map(mail => mail.id)).not.toContain(revocation.id)
  })
})

describe('links', () => {
  it('mark what is replaced, and lead both ways', async () => {
    const { id, documentId } = await sent()

    const replacement = await act('replace', documentId)

    expect(replacement.effects).toMatchObject([{ document: id, receiver: 'H99.05', outcome: 'replaced' }])
    expect((await view(id)).deliveries).toMatchObject([{ transport: 'available', replacedBy: replacement.id }])
    expect((await view(id)).links.actedOnBy).toMatchObject([{ id: replacement.id, action: 'replace' }])
    await hub.waiting('h99.05', replacement.id)
    expect((await view(replacement.id, 'h99.05')).links.effects).toMatchObject([{ document: id }])
  })

  it('show an answer at the document, and one to a document that is not there as open', async () => {
    const { id, documentId } = await sent()
    const repliesTo = [
      { agencyCode: 'G99', documentId, code: '12/CV-VP', issuedOn: '2030-01-15' },
      { agencyCode: 'G99', documentId: 'never-sent' },
    ]

    const reply = (await hub.post(hub.sealed({ sender: 'H99.05', receivers: ['G99'], repliesTo }), 'h99.05')).json()

    expect((await view(reply.id, 'h99.05')).links.repliesTo).toEqual([
      { id, sender: 'G99', documentId, code: '12/CV-VP', issuedOn: '2030-01-15' },
      { id: null, sender: 'G99', documentId: 'never-sent', code: null, issuedOn: null },
    ])
    await hub.waiting('g99', reply.id)
    expect((await view(id)).links.replies).toMatchObject([{ id: reply.id, sender: 'H99.05' }])
  })

  it('close when the document comes after its answer', async () => {
    const documentId = newName()
    const repliesTo = [{ agencyCode: 'G99', documentId }]
    const reply = (await hub.post(hub.sealed({ sender: 'H99.05', receivers: ['G99'], repliesTo }), 'h99.05')).json()

    const { id } = await sent('H99.05', { documentId })

    expect((await view(reply.id, 'h99.05')).links.repliesTo).toMatchObject([{ id }])
  })

  it('make a thread, of which nobody sees more than it is a party to', async () => {
    const first = await sent()
    const reply = hub.sealed({
      sender: 'H99.05',
      receivers: ['G99'],
      documentId: newName(),
      repliesTo: [{ agencyCode: 'G99', documentId: first.documentId }],
    })
    const second = (await hub.post(reply, 'h99.05')).json()
    await hub.waiting('g99', second.id)
    const onward = hub.sealed({
      sender: 'G99',
      receivers: ['H99.06'],
      documentId: newName(),
      repliesTo: [{ agencyCode: 'H99.05', documentId: second.documentId }],
    })
    const third = (await hub.post(onward, 'g99')).json()
    await hub.waiting('h99.06', third.id)

    const thread = async (id: string, system: string) =>
      (await items(`/api/v1/documents/${id}/thread`, system)).map((entry: { id: string }) => entry.id)

    expect(await thread(second.id, 'g99')).toEqual([first.id, second.id, third.id])
    expect(await thread(first.id, 'h99.05')).toEqual([first.id, second.id])
    expect(await thread(third.id, 'h99.06')).toEqual([third.id])
    expect((await view(third.id, 'h99.06')).links.repliesTo).toMatchObject([{ id: null }])
  })
})
