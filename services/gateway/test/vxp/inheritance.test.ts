import { envelopeXml } from '@docaxis/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeOf, edoc, type VxpHub, vxpHub } from './vxp-hub.ts'

// What a closed agency had sent and received is its successor's to read through the VXP door too, and nobody else's.

let hub: VxpHub
/** H99.61 took one document of G98 and sent it another; then it was merged into H99.62. */
let taken: { readonly docId: string; readonly bytes: Buffer }
let sent: string

beforeAll(async () => {
  hub = await vxpHub()
  await hub.addAgencies(
    ['H99.61', 'H99.62', 'H99.63'].map(code => ({
      code,
      parent: 'H99',
      name: `Cơ quan ${code}`,
      validFrom: '2020-01-01',
    })),
  )
  await hub.addVxpSystem('sender', ['G98'])
  await hub.addVxpSystem('closed', ['H99.61'])
  await hub.addVxpSystem('successor', ['H99.62'])
  await hub.addVxpSystem('other', ['H99.63'])

  const bytes = envelopeXml({ sender: 'G98', receivers: ['H99.61'] })
  await hub.kit('sender').sendEdoc(edoc('G98'), bytes)
  const [row] = await hub.received(hub.kit('closed'), 1)
  taken = { docId: row?.docId ?? '', bytes }
  await hub.kit('closed').getEdoc(taken.docId)
  await hub.kit('closed').updateStatus(taken.docId, 'done')
  const { DocId } = await hub
    .kit('closed')
    .sendEdoc(edoc('H99.61'), envelopeXml({ sender: 'H99.61', receivers: ['G98'], subject: 'Đã gửi' }))
  sent = String(DocId)

  const merge = { do: 'merge', codes: ['H99.61'], into: 'H99.62' }
  const file = { format: 'docaxis-reform-1', name: 'm', title: 'Sáp nhập', effectiveOn: '2025-07-01', changes: [merge] }
  expect((await hub.postJson('/api/v1/admin/reforms', file, 'operator')).statusCode).toBe(201)
}, 300_000)
afterAll(() => hub?.close())

const history = { servicetype: 'eDoc', messagetype: 'edoc', status: 'done' }
const listed = async (system: string, parameters: Record<string, string>) => {
  const answer = await hub.kit(system).getReceivedEdocList(parameters)
  return answer.data?.map(({ docId }) => docId) ?? codeOf(answer)
}
const titles = async (system: string, parameters: Record<string, string>) => {
  const { data } = await hub.kit(system).call('getSentEdocList', { messagetype: 'edoc', ...parameters })
  return (data as readonly { title: string }[]).map(({ title }) => title)
}

describe('the successor', () => {
  it('lists what the closed agency had received where it names it, and its own history as before', async () => {
    expect(await listed('successor', { ...history, to: 'H99.61' })).toEqual([taken.docId])
    expect(await listed('successor', history)).toEqual([])
  })

  it('reads it, and marks nothing', async () => {
    const { file } = await hub.kit('successor').getEdoc(taken.docId)
    const { bytes } = await hub.kit('successor').downloadEdoc(taken.docId)

    expect([file, bytes]).toEqual([taken.bytes, taken.bytes])
    const { rows } = await hub.database.query('select fetches, state from delivery where id = $1', [taken.docId])
    expect(rows).toEqual([{ fetches: 1, state: 'acknowledged' }])
  })

  it('changes nothing of it', async () => {
    expect(codeOf(await hub.kit('successor').updateStatus(taken.docId, 'done'))).toBe('FAIL 22')
  })

  it('finds no mail that waits under the closed code: that has moved to its own', async () => {
    expect(await listed('successor', { servicetype: 'eDoc', messagetype: 'edoc', to: 'H99.61' })).toBe('FAIL 15')
  })

  it('lists what the closed agency had sent, as a list and one by one', async () => {
    expect(await titles('successor', { from: 'H99.61' })).toEqual(['Đã gửi'])
    expect(await titles('successor', { from: 'H99.61', docId: sent })).toEqual(['Đã gửi'])
    expect(await titles('successor', {})).toEqual([])
  })
})

it('gives another system nothing of it', async () => {
  expect(await listed('other', { ...history, to: 'H99.61' })).toBe('FAIL 15')
  expect(codeOf(await hub.kit('other').getEdoc(taken.docId))).toBe('FAIL 22')
  expect(await titles('other', { from: 'H99.61' })).toEqual([])
})
