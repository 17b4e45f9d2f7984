import { describe, expect, it } from 'vitest'
import { type StatusInput, writeStatus } from '../src/index.ts'
import { edit, noon, read, verdicts } from './packets.ts'

const input: StatusInput = {
  sender: { agencyCode: 'H99', name: 'Tỉnh Thử nghiệm' },
  receiverCode: 'G99',
  documentId: 'G99,2026/11/20,12/BTN-VP',
  code: '12/BTN-VP',
  issuedOn: '2026-11-20',
  statusCode: '03',
  staff: { department: 'Văn thư', name: 'Nguyễn Văn A', email: 'a@h99.example', mobile: '84900000000' },
  reportedAt: noon,
}
const good = writeStatus(input).toString('utf8')
const without = (name: string) => edit(good, new RegExp(`<edXML:${name}>.*?</edXML:${name}>`, 's'), '')
const withCode = (code: string) => edit(good, /(?<=<edXML:StatusCode>)[^<]*/, code)

it('reads back what was written', () => {
  const reading = read(good, 'strict')

  expect(reading.findings).toEqual([])
  expect(reading.envelope).toEqual({ kind: 'status', dialect: 'D1', ...input, reportedAt: '2026-11-20T05:00:00Z' })
})

describe('what a status must have', () => {
  it.each([
    { packet: without('From'), code: 'N.MessageHeader.From.OrganId' },
    { packet: edit(good, '<edXML:OrganId>G99<', '<edXML:OrganId>null<'), code: 'N.MessageHeader.ResponseFor.OrganId' },
    { packet: without('ResponseFor'), code: 'N.MessageHeader.ResponseFor.OrganId' },
    { packet: without('DocumentId'), code: 'N.MessageHeader.ResponseFor.DocumentId' },
    { packet: withCode(''), code: 'N.MessageHeader.StatusCode' },
    {
      packet: edit(
        good,
        /<edXML:ResponseFor>.*<\/edXML:ResponseFor>/s,
        good.match(/<edXML:ResponseFor>.*<\/edXML:ResponseFor>/s)?.[0].repeat(2) ?? '',
      ),
      code: 'M.MessageHeader.ResponseFor',
    },
    {
      packet: edit(
        good,
        '</edXML:edXMLHeader>',
        '</edXML:edXMLHeader><edXML:edXMLBody><edXML:edXMLManifest/></edXML:edXMLBody>',
      ),
      code: 'M.MessageHeader.StatusCode',
    },
  ])('$code is refused', ({ packet, code }) => {
    expect(verdicts(read(packet))).toContain(`error ${code}`)
  })

  it.each([
    { packet: without('OrganName'), code: 'N.MessageHeader.From.OrganName' },
    { packet: without('Code'), code: 'N.MessageHeader.ResponseFor.Code' },
    { packet: without('Timestamp'), code: 'N.MessageHeader.Timestamp' },
    { packet: withCode('02'), code: 'N.MessageHeader.Description' },
    { packet: withCode('07'), code: 'R.MessageHeader.StatusCode' },
    { packet: withCode('14'), code: 'R.MessageHeader.StatusCode' },
    {
      packet: edit(good, '</edXML:edXMLEnvelope>', '</edXML:edXMLEnvelope><AttachmentEncoded>x</AttachmentEncoded>'),
      code: 'M.AttachmentEncoded',
    },
  ])('$code is a warning under legacy, refused under strict', ({ packet, code }) => {
    expect(verdicts(read(packet, 'legacy'))).toEqual([`warning ${code}`])
    expect(verdicts(read(packet, 'strict'))).toEqual([`error ${code}`])
  })

  it.each([
    { packet: without('PromulgationDate'), code: 'N.MessageHeader.ResponseFor.PromulgationDate' },
    { packet: withCode('3'), code: 'T.MessageHeader.StatusCode' },
    { packet: edit(good, '2026/11/20 12:00:00', '2026/11/19 12:00:00'), code: 'R.MessageHeader.Timestamp' },
    { packet: edit(good, '12/BTN-VP<', '13/BTN-VP<'), code: 'M.MessageHeader.ResponseFor.DocumentId' },
  ])('$code is only a warning', ({ packet, code }) => {
    expect(verdicts(read(packet, 'strict'))).toEqual([`warning ${code}`])
  })
})

it('a single digit is read as the two-digit code, an unknown code is carried', () => {
  expect(read(withCode('3')).envelope).toMatchObject({ statusCode: '03' })
  expect(read(withCode('07')).envelope).toMatchObject({ statusCode: '07' })
})
