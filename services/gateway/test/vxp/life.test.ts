import { writeStatus } from '@docaxis/edxml'
import { type EnvelopeWish, envelopeXml } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { codeOf, edoc, type VxpHub, vxpHub } from './vxp-hub.ts'

// What acts on earlier documents, through the VXP door on both sides.

let hub: VxpHub
let count = 0

beforeAll(async () => {
  hub = await vxpHub()
  await hub.addVxpSystem('sender', ['G98'])
  await hub.addVxpSystem('receiver', ['H99.05', 'H99.06'])
})
afterAll(() => hub?.close())

const receiver = () => hub.kit('receiver')
const statuses = { servicetype: 'eDoc', messagetype: 'status' }

/** A document of G98 that waits in the list. */
async function waiting(wish: Partial<EnvelopeWish> = {}) {
  const documentId = `G98,2030,vxp-life-${++count}`
  const xml = envelopeXml({ sender: 'G98', receivers: ['H99.05'], documentId, ...wish })
  const { DocId } = await hub.kit('sender').sendEdoc(edoc('G98'), xml)
  const [row] = await hub.received(receiver(), 1)
  return { documentId, id: String(DocId), docId: row?.docId ?? '' }
}

function status(documentId: string, statusCode: '13' | '15', from: string, to: string): Buffer {
  return writeStatus({
    sender: { agencyCode: from, name: `Cơ quan ${from}` },
    receiverCode: to,
    documentId,
    code: '12/CV-VP',
    statusCode,
    reason: 'Gửi nhầm',
    reportedAt: hub.deps.now(),
  })
}

const takeBack = (documentId: string) =>
  hub.kit('sender').sendEdoc(edoc('G98', 'status'), status(documentId, '13', 'G98', 'H99.05'))

async function sentRow(id: string) {
  const { data } = await hub.kit('sender').call('getSentEdocList', { docId: id, messagetype: 'edoc' })
  return (data as unknown as Record<string, string>[])[0]
}

it('withdraws what nobody has fetched: out of the list, refused by getEdoc, left as a row without content', async () => {
  const { documentId, id, docId } = await waiting()

  const taken = await takeBack(documentId)

  expect([codeOf(taken), taken.ErrorDesc]).toEqual([
    'OK 0',
    expect.stringContaining('đã rút lại trước khi bên nhận lấy'),
  ])
  expect((await receiver().getReceivedEdocList({ messagetype: 'edoc' })).data).toEqual([])
  expect((await receiver().getReceivedEdocList(statuses)).data).toEqual([])
  const refused = await receiver().getEdoc(docId)
  expect([codeOf(refused), refused.ErrorDesc]).toEqual(['FAIL 22', expect.stringContaining('bên gửi đã rút lại')])
  expect(codeOf(await receiver().updateStatus(docId, 'done'))).toBe('FAIL 22')
  const left = await receiver().getReceivedEdocList({ messagetype: 'edoc', status: 'withdrawn' })
  expect(left.data).toMatchObject([
    { docId, status: 'withdrawn', status_desc: 'Bên gửi đã rút lại', contentSha256: '', contentLength: 0 },
  ])
  expect(await sentRow(id)).toMatchObject({ receiveStatusDesc: 'Đã rút lại' })
})

it('asks for what was fetched, and brings the answer back', async () => {
  const { documentId, id, docId } = await waiting()
  await receiver().getEdoc(docId)
  await receiver().updateStatus(docId, 'done')

  const taken = await takeBack(documentId)
  const [request] = await hub.received(receiver(), 1, statuses)
  await receiver().updateStatus(request?.docId ?? '', 'done')
  const agreed = status(documentId, '15', 'H99.05', 'G98')
  await receiver().sendEdoc(edoc('H99.05', 'status'), agreed)

  expect(taken.ErrorDesc).toContain('chờ trả lời 15/16')
  const [answer] = await hub.received(hub.kit('sender'), 1, statuses)
  expect((await hub.kit('sender').getEdoc(answer?.docId ?? '')).file).toEqual(agreed)
  expect(await sentRow(id)).toMatchObject({
    receiveStatus: 'done',
    receiveStatusDesc: expect.stringContaining('lấy lại'),
  })
})

it('revokes for one agency behind a system and asks the other, in one packet', async () => {
  const { documentId, docId } = await waiting({ receivers: ['H99.05', 'H99.06'] })
  await hub.database.query(
    `update delivery set state = 'acknowledged', first_fetched_at = now(), closed_at = now()
      where id = $1 and receiver = 'H99.05'`,
    [docId],
  )

  const revoke = { sender: 'G98', receivers: ['H99.05', 'H99.06'], documentId: `${documentId}-r`, target: documentId }
  const revoked = await hub
    .kit('sender')
    .sendEdoc(edoc('G98'), envelopeXml({ ...revoke, action: 'revoke', reason: 'Sai nội dung' }))

  expect(revoked.ErrorDesc).toMatch(/H99\.05: bên nhận đã có văn bản.*; H99\.06: đã rút lại/)
  const [request] = await hub.received(receiver(), 1)
  expect(request?.to).toBe('H99.05')
  expect((await receiver().getEdoc(request?.docId ?? '')).file).toBeDefined()
})
