import { createHash, randomBytes } from 'node:crypto'
import { writeStatus } from '@docaxis/edxml'
import { envelopeXml, type KitVersion, runKitLoop } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { codeOf, edoc, type VxpHub, vxpHub } from './vxp-hub.ts'

// The whole loop of the kits, between three agencies at three levels.

let hub: VxpHub

beforeAll(async () => {
  hub = await vxpHub()
  await hub.addVxpSystem('center-g98', ['G98'])
  await hub.addVxpSystem('center-h99', ['H99'])
  await hub.addVxpSystem('center-h99.05', ['H99.05'])
})
afterAll(() => hub?.close())

it.each([
  { zone: 'UTC', versions: ['2.0.0', '2.0.1', '2.0.0'] },
  { zone: 'Asia/Ho_Chi_Minh', versions: ['2.0.1', '2.0.0', '2.0.1'] },
] as const)('runs twice over under TZ=$zone, with kits of both versions', async ({ zone, versions }) => {
  const before = process.env.TZ
  process.env.TZ = zone
  const [ministry, province, commune] = officesOf(versions)
  try {
    for (const round of [1, 2]) {
      const documentId = `G98,2030/01/15,${zone}-${round}`
      const sent = envelopeXml({ sender: 'G98', receivers: ['H99', 'H99.05'], documentId })

      const accepted = await ministry.kit.sendEdoc(edoc('G98'), sent)
      const again = await ministry.kit.sendEdoc(edoc('G98'), sent)
      expect([codeOf(accepted), codeOf(again), again.DocId]).toEqual(['OK 0', 'OK 0', accepted.DocId])
      expect(accepted.DocId).toMatch(/^[0-9a-f]{24}$/)

      for (const office of [province, commune]) {
        await waiting(office, 'edoc')
        await runKitLoop(office.kit, 'edoc', office.documents)
        expect(bytesOf(office.documents).at(-1)).toEqual(sent)
        for (const statusCode of ['01', '03'] as const) {
          const status = statusOn(documentId, office.code, statusCode)
          expect(codeOf(await office.kit.sendEdoc(edoc(office.code, 'status'), status))).toBe('OK 0')
        }
      }

      await expect.poll(() => countOf(ministry, 'countReceiveStatus'), { timeout: 20_000 }).toBe(4)
      await runKitLoop(ministry.kit, 'status', ministry.statuses)
      expect(ministry.statuses.size).toBe(4 * round)
      const view = (await hub.get(`/api/v1/documents/${accepted.DocId}`, 'g98')).json()
      expect(view.deliveries).toMatchObject([
        { receiver: 'H99', transport: 'acknowledged', business: '03' },
        { receiver: 'H99.05', transport: 'acknowledged', business: '03' },
      ])
    }
    expect([province.documents.size, commune.documents.size]).toEqual([2, 2])
    expect(await waitingCounts([ministry, province, commune])).toEqual([0, 0, 0])
  } finally {
    process.env.TZ = before
  }
})

it('lists what was sent, with what became of it', async () => {
  const kit = hub.kit('center-g98')
  const xml = envelopeXml({ sender: 'G98', receivers: ['H99'], documentId: 'G98,2030,sent-list', subject: 'V/v thử' })
  const { DocId } = await kit.sendEdoc(edoc('G98'), xml)
  await waiting(office('center-h99', 'H99'), 'edoc')
  const receiver = hub.kit('center-h99')
  const [row] = await hub.received(receiver, 1)
  await receiver.getEdoc(row?.docId ?? '')
  await receiver.updateStatus(row?.docId ?? '', 'done')

  const { data } = await kit.call('getSentEdocList', { servicetype: 'eDoc', messagetype: 'edoc', docId: String(DocId) })

  expect(data).toEqual([
    {
      serviceType: 'eDoc',
      messageType: 'edoc',
      title: 'V/v thử',
      notation: '12/CV-VP',
      fromCode: 'G98',
      toCode: 'H99',
      senderDocId: DocId,
      receiverDocId: row?.docId,
      sentTime: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
      receivedTime: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
      sendStatus: 'done',
      sendStatusDesc: 'Trục đã nhận',
      receiveStatus: 'done',
      receiveStatusDesc: 'Đã nhận',
    },
  ])
})

it('hands over the same bytes by downloadEdoc, and takes a file as the part of a form', async () => {
  const xml = envelopeXml({ sender: 'G98', receivers: ['H99'], documentId: 'G98,2030,form' })
  expect(codeOf(await hub.kit('center-g98').sendForm(edoc('G98'), xml))).toBe('OK 0')
  const kit = hub.kit('center-h99')
  const [row] = await hub.received(kit, 1)

  const { status, bytes, headers } = await kit.downloadEdoc(row?.docId ?? '')

  expect(status).toBe(200)
  expect(bytes).toEqual(xml)
  expect(headers['content-length']).toBe(String(xml.length))
  expect(row).toMatchObject({
    contentSha256: createHash('sha256').update(xml).digest('hex'),
    contentLength: xml.length,
    messageType: 'edoc',
    from: 'G98',
    to: 'H99',
    status: 'inbox',
  })
  expect((await hub.received(hub.kit('center-h99'), 1))[0]).toMatchObject({ docId: row?.docId, status: 'processing' })
  await kit.updateStatus(row?.docId ?? '', 'done')
})

it.each(['sendEdoc', 'sendForm'] as const)(
  'carries a packet of megabytes by %s, and back by getEdoc',
  async operation => {
    const attachments = [{ name: 'lon.bin', content: randomBytes(4_500_001), type: 'application/octet-stream' }]
    const xml = envelopeXml({ sender: 'G98', receivers: ['H99'], attachments })
    expect(codeOf(await hub.kit('center-g98')[operation](edoc('G98'), xml))).toBe('OK 0')
    const kit = hub.kit('center-h99')
    const [row] = await hub.received(kit, 1)

    const { file } = await kit.getEdoc(row?.docId ?? '')

    expect(file?.equals(xml)).toBe(true)
    await kit.updateStatus(row?.docId ?? '', 'done')
  },
)

it('answers in JSON with the charset that kits look for', async () => {
  const answer = await hub.app.inject({ method: 'POST', url: '/XrdAdapter/getAgenciesList' })

  expect(answer.headers['content-type']).toBe('application/json;charset=UTF-8')
  expect([answer.statusCode, answer.json().status]).toEqual([200, 'FAIL'])
})

it('serves every base path', async () => {
  const kit = hub.kit('center-h99', { endpoint: `${hub.url}/XrdAdapter/adapter` })

  expect(codeOf(await kit.call('countReceiveEdoc'))).toBe('OK 0')
})

interface Office {
  readonly kit: ReturnType<VxpHub['kit']>
  readonly code: string
  readonly documents: Map<string, Buffer>
  readonly statuses: Map<string, Buffer>
}

function office(system: string, code: string, version: KitVersion = '2.0.1'): Office {
  return { kit: hub.kit(system, { version }), code, documents: new Map(), statuses: new Map() }
}

function officesOf([g98, h99, h9905]: readonly [KitVersion, KitVersion, KitVersion]): [Office, Office, Office] {
  return [office('center-g98', 'G98', g98), office('center-h99', 'H99', h99), office('center-h99.05', 'H99.05', h9905)]
}

function statusOn(documentId: string, sender: string, statusCode: '01' | '03'): Buffer {
  return writeStatus({
    sender: { agencyCode: sender, name: `Cơ quan ${sender}` },
    receiverCode: 'G98',
    documentId,
    code: '12/CV-VP',
    statusCode,
    reportedAt: hub.deps.now(),
  })
}

async function waiting({ kit }: Office, messagetype: 'edoc' | 'status'): Promise<void> {
  await hub.received(kit, 1, { messagetype })
}

async function countOf({ kit }: Office, operation: string): Promise<unknown> {
  return (await kit.call(operation, { servicetype: 'eDoc' }, '{}')).count
}

function waitingCounts(offices: readonly Office[]): Promise<unknown[]> {
  return Promise.all(offices.map(each => countOf(each, 'countReceiveEdoc')))
}

function bytesOf(files: ReadonlyMap<string, Buffer>): Buffer[] {
  return [...files.values()]
}
