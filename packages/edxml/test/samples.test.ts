import { readFileSync } from 'node:fs'
import { itWithShared, sharedPath } from '@docaxis/testkit'
import { expect } from 'vitest'
import { type EnvelopeReading, type Profile, readEnvelope } from '../src/index.ts'
import { noon, verdicts } from './packets.ts'

const it = itWithShared('samples', 'edxml')
const profiles: readonly Profile[] = ['legacy', 'strict']
const documentId = '000.00.00.G22,2015/09/30,7816/VPCP-TTĐT'
const [g22, h41, h14, g17] = ['000.00.00.G22', '000.00.00.H41', '000.00.00.H14', '000.00.00.G17']

function sample(file: string): Buffer {
  return readFileSync(sharedPath('samples', 'edxml', file))
}

function open(file: string, profile: Profile = 'legacy'): EnvelopeReading {
  return readEnvelope(sample(file), { profile, receivedAt: noon })
}

it.each(profiles)('edoc.edxml is refused under %s for its unbound prefixes, naming them', profile => {
  const reading = open('vpcp-sdk/edoc.edxml', profile)

  expect(reading.findings[0]).toMatchObject({
    code: 'M.XML.Namespace',
    path: 'line 116',
    severity: 'error',
    details: { prefix: 'xlink' },
  })
  expect(reading.findings[1]).toMatchObject({ code: 'M.XML.Namespace', details: { prefix: 'edXML' } })
  expect(reading.envelope).toBeUndefined()
})

it.each(profiles)('edoc_new.edxml is refused under %s for what stands before the XML declaration', profile => {
  const reading = open('vpcp-sdk/edoc_new.edxml', profile)

  expect(reading.findings).toMatchObject([{ code: 'M.XML', path: 'line 1', details: { column: 1 } }])
})

it('edoc_new.edxml without the first four bytes is accepted under legacy as new', () => {
  const reading = readEnvelope(sample('vpcp-sdk/edoc_new.edxml').subarray(4), { profile: 'legacy', receivedAt: noon })

  expect(reading.findings.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(reading.envelope).toMatchObject({
    kind: 'document',
    action: 'new',
    documentId,
    sender: { agencyCode: '002.00.20.H13' },
    receivers: [{ agencyCode: '28.22.H17' }],
    code: { number: '74fass22' },
  })
})

it.each([
  {
    file: 'edoc_update',
    expected: {
      action: 'update',
      target: '000.00.00.G22,2014/02/30,7806/VPCP-TTĐT',
      update: {
        documentChanges: true,
        receiversChange: true,
        receivers: [
          { agencyCode: h41, type: '0' },
          { agencyCode: h14, type: '1' },
        ],
      },
    },
  },
  {
    file: 'edoc_replacement',
    expected: {
      action: 'replace',
      replaces: [{ documentId: '000.00.00.G22,2014/01/30,7806/VPCP-TTĐT', agencyCodes: [h41, h14] }],
    },
  },
  {
    file: 'edoc_revocation',
    expected: { action: 'revoke', target: documentId, repliesTo: [{ agencyCode: h14, code: '267/VPCP-TTĐT' }] },
  },
])('$file.edxml is accepted under legacy for three receivers, with its one attachment', ({ file, expected }) => {
  const reading = open(`vpcp-sdk/${file}.edxml`)

  expect(verdicts(reading)).toEqual([
    'warning M.MessageHeader.DocumentId',
    'warning M.AttachmentEncoded.Attachment.AttachmentName',
  ])
  expect(reading.envelope).toMatchObject({
    ...expected,
    documentId,
    dialect: 'D1',
    sender: { agencyCode: g22 },
    receivers: [{ agencyCode: h41 }, { agencyCode: h14 }, { agencyCode: g17 }],
    attachments: [{ contentId: '209', name: '1896_QD-TTg_m_294779.doc', wrapped: true }],
  })
  expect(reading.signature).toMatchObject({ count: 0, legacyBlock: true, place: 'none' })
})

it('received_2019-05 is accepted under legacy: unwrapped to 17 bytes of noise that do not match .PDF', () => {
  const reading = open('vpcp-sdk-variants/received_2019-05_two-trace-headers.edxml')

  expect(verdicts(reading)).toEqual([
    'warning M.MessageHeader.To.Sender',
    'warning R.MessageHeader.DueDate',
    'warning M.AttachmentEncoded.Attachment.AttachmentName',
  ])
  expect(reading.envelope).toMatchObject({
    action: 'new',
    documentId: '9fbfbad2-f1f8-4256-a2eb-50fb1061cddb',
    repliesTo: [],
    hops: [
      { agencyCode: '01.02.G22', at: '2018-06-20T09:35:56Z' },
      { agencyCode: '001.00.20.TT2', at: '2019-05-17T11:16:33Z' },
    ],
    attachments: [{ wrapped: true, content: { sizeBytes: 17 }, sniffedType: undefined }],
  })
})

it.each(profiles)('the status samples are read under %s with their codes and directions', profile => {
  const codes = {
    status: '01',
    status_inbox_01: '01',
    status_rejection_02: '02',
    status_acceptance_03: '03',
    status_assignment_04: '04',
    status_processing_05: '05',
    status_finish_06: '06',
    'status_change-acceptance_15': '15',
    'status_change-rejection_16': '16',
  }

  for (const [file, statusCode] of Object.entries(codes)) {
    const reading = open(`vpcp-sdk/${file}.edxml`, profile)

    expect(reading.findings.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(reading.envelope).toMatchObject({
      kind: 'status',
      statusCode,
      documentId,
      sender: { agencyCode: h41 },
      receiverCode: g22,
    })
    expect(reading.signature).toMatchObject({ count: 0, legacyBlock: false })
  }
})

it('the take-back sample runs from the sender to the receiver', () => {
  const reading = open('vpcp-sdk/status_cancellation_13.edxml')

  expect(reading.envelope).toMatchObject({ statusCode: '13', sender: { agencyCode: g22 }, receiverCode: h41 })
})

it.each([
  { file: 'status', at: '2018-09-28T10:25:11Z', warning: 'M.MessageHeader.ResponseFor.DocumentId' },
  { file: 'status_inbox_01', at: '2015-09-20T04:08:36Z', warning: 'R.MessageHeader.Timestamp' },
])('$file.edxml is read in the time of Asia/Ho_Chi_Minh, its contradiction a warning', ({ file, at, warning }) => {
  const reading = open(`vpcp-sdk/${file}.edxml`)

  expect(reading.envelope).toMatchObject({ reportedAt: at })
  expect(verdicts(reading)).toEqual([`warning ${warning}`])
})
