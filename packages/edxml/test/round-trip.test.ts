import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DocumentInput, readEnvelope, writeDocument, writeStatus } from '../src/index.ts'
import { readDay, readInstant } from '../src/read/dates.ts'
import { countingIds, goodInput, goodXml, noon, pdf, read } from './packets.ts'

const letters = [
  ...'aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂĐÊÔƠƯáàảãạấầẩẫậ0123456789',
  ...'<>&"\'.,;:-/()',
  ' ',
  '\n',
  '😀',
  'e\u0323\u0302',
]
const value = (maxLength: number) =>
  fc
    .string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: Math.floor(maxLength / 3) })
    .filter(text => text.trim() !== '' && text.trim().toLowerCase() !== 'null')
const code = fc.stringMatching(/^[A-Z][0-9]{2}(\.[0-9]{2}){0,3}$/)
const day = fc
  .date({ min: new Date('2000-01-01'), max: noon, noInvalidDate: true })
  .map(date => date.toISOString().slice(0, 10))
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const party = fc.record({
  agencyCode: code,
  name: value(200),
  inCharge: optional(value(500)),
  address: optional(value(500)),
  email: optional(value(100)),
  telephone: optional(value(50)),
  fax: optional(value(50)),
  website: optional(value(100)),
})
const staff = fc.record({
  department: value(200),
  departmentId: value(200),
  name: value(200),
  staffId: value(200),
  email: value(200),
  mobile: value(200),
})

const documents: fc.Arbitrary<DocumentInput> = fc.record({
  sender: party,
  receivers: fc.uniqueArray(party, { minLength: 1, maxLength: 4, selector: ({ agencyCode }) => agencyCode }),
  documentId: value(200),
  code: fc.record({ number: value(11), notation: value(30) }),
  issuedAt: optional(value(50)),
  issuedOn: day,
  documentType: fc.record({ type: fc.nat(99), typeDetail: optional(fc.nat(9)), name: value(100) }),
  subject: value(500),
  content: optional(value(500)),
  signer: fc.record({ capacity: optional(value(100)), position: optional(value(100)), fullName: value(100) }),
  dueOn: optional(day),
  priority: fc.constantFrom(0, 1, 2, 3, 4),
  scope: optional(value(100)),
  typist: optional(value(10)),
  copies: optional(fc.nat(65_535)),
  pages: optional(fc.nat(65_535)),
  direction: optional(fc.boolean()),
  appendices: fc.array(value(500), { maxLength: 3 }),
  repliesTo: fc.array(fc.record({ agencyCode: code, code: value(45), issuedOn: day, documentId: value(200) }), {
    maxLength: 2,
  }),
  steeringType: optional(fc.nat(2)),
  recipientLines: fc.array(value(150), { maxLength: 3 }),
  taskCodes: fc.array(value(100), { maxLength: 2 }),
  applicationType: optional(value(50)),
  sentAt: fc.constant(noon),
  action: fc.constantFrom('new', 'revoke', 'update', 'replace'),
  reason: value(500),
  target: value(200),
  paperFollows: fc.boolean(),
  staff,
  update: fc.record({
    documentChanges: fc.boolean(),
    receiversChange: fc.boolean(),
    receivers: fc.array(fc.record({ agencyCode: code, type: fc.constantFrom('0', '1') }), { maxLength: 2 }),
  }),
  replaces: fc.uniqueArray(
    fc.record({ documentId: value(200), agencyCodes: fc.array(code, { minLength: 1, maxLength: 3 }) }),
    {
      minLength: 1,
      maxLength: 2,
      selector: ({ documentId }) => documentId.normalize('NFC').trim(),
    },
  ),
  attachments: fc.array(
    fc.record({
      name: value(60).map(name => `${name}.bin`),
      content: fc.uint8Array({ minLength: 1 }),
      description: optional(value(500)),
    }),
    { minLength: 1, maxLength: 3 },
  ),
})

/** What the wire makes of a value: NFC, trimmed, one name for equal things. */
function onWire<T>(input: T): T {
  const walked = JSON.stringify(input, (_key, item: unknown) =>
    typeof item === 'string' ? item.normalize('NFC').trim() : item,
  )
  return JSON.parse(walked)
}

describe('a document written is read back', () => {
  it('whatever its values, without an error', () => {
    fc.assert(
      fc.property(documents, input => {
        const reading = readEnvelope(writeDocument(input, countingIds()), { profile: 'strict', receivedAt: noon })
        fc.pre(!reading.stateSecret)
        const { sentAt: _sentAt, attachments, target, update, replaces, ...same } = input
        const { action } = input

        expect(
          reading.findings.filter(
            ({ severity, code }) => severity === 'error' && !code.endsWith('ReplacementInfo.DocumentId'),
          ),
        ).toEqual([])
        expect(onWire(reading.envelope)).toMatchObject(onWire(same))
        expect(reading.envelope).toMatchObject({
          target: action === 'revoke' || action === 'update' ? target?.normalize('NFC').trim() : undefined,
          replaces: action === 'replace' ? onWire(replaces) : [],
          ...(action === 'update' && { update }),
          attachments: attachments.map(({ content }) => ({ wrapped: true, content: { sizeBytes: content.length } })),
        })
      }),
      { numRuns: 150 },
    )
  })

  it('a new document with nothing to say has no Bussiness block', () => {
    expect(goodXml()).not.toContain('Bussiness')
    expect(goodXml({ action: 'update', reason: 'x' })).toContain('Bussiness')
  })

  it('a rebuilt file is recognised by equal sameness, another is not', () => {
    const first = read(goodXml()).sameness
    const later = goodXml({ sentAt: new Date(noon.getTime() + 60_000) })
    const rebuilt = writeDocument(goodInput, () => crypto.randomUUID())

    expect(read(later).sameness).toEqual(first)
    expect(read(rebuilt).sameness).toEqual(first)
    expect(read(goodXml({ subject: 'khác' })).sameness?.headerDigest).not.toBe(first?.headerDigest)
    expect(read(goodXml({ receivers: [{ agencyCode: 'H98', name: 'x' }] })).sameness).toMatchObject({
      headerDigest: expect.not.stringMatching(first?.headerDigest ?? ''),
      attachmentsDigest: first?.attachmentsDigest,
    })
    expect(
      read(goodXml({ attachments: [{ name: 'a.pdf', content: Buffer.concat([pdf, pdf]) }] })).sameness,
    ).toMatchObject({
      headerDigest: first?.headerDigest,
      attachmentsDigest: expect.not.stringMatching(first?.attachmentsDigest ?? ''),
    })
  })
})

describe('the writer', () => {
  it('writes the prefixes, order and layout that clients read by', () => {
    const xml = goodXml()

    expect(xml.split('\n').slice(0, 6)).toEqual([
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016">',
      '  <edXML:edXMLEnvelope xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016">',
      '    <edXML:edXMLHeader>',
      '      <edXML:MessageHeader>',
      '        <edXML:From>',
    ])
    expect(xml).toMatch(/<edXML:ContentTransferEncoded xmlns:edXML="[^"]*">[A-Za-z0-9+/]+={0,2}<\//)
    expect(xml).not.toContain('\r')
  })

  it.each(['a\u0000b', 'a\u000bb', '\ud800', '\uffff'])('refuses %j, which XML cannot carry', subject => {
    expect(() => goodXml({ subject })).toThrow(expect.objectContaining({ code: 'REQUEST_INVALID' }))
  })

  it('refuses a day of another form', () => {
    expect(() => goodXml({ issuedOn: '20/11/2026' })).toThrow(expect.objectContaining({ code: 'REQUEST_INVALID' }))
  })

  it('writes a status with nothing but what it was given', () => {
    const xml = writeStatus({
      sender: { agencyCode: 'H99' },
      receiverCode: 'G99',
      documentId: 'd',
      statusCode: '01',
      reportedAt: noon,
    }).toString()

    expect(xml).not.toMatch(/StaffInfo|Description|PromulgationDate|TraceHeaderList|edXMLBody/)
  })
})

describe('dates', () => {
  it.each([
    ['2026/11/20', '2026-11-20', true],
    ['20/11/2026', '2026-11-20', false],
    ['2026-11-20', '2026-11-20', false],
    ['2026/11/20 08:00:00', '2026-11-20', false],
    ['2024/02/29', '2024-02-29', true],
  ])('the day %s is %s', (text, day, standardForm) => {
    expect(readDay(text)).toEqual({ value: day, standardForm })
  })

  it.each([
    '2026/02/29',
    '2014/02/30',
    '2026/13/01',
    '31/04/2026',
    '20/11/26',
    '2026/1/2',
    '2026',
    '',
    'hôm nay',
    '2026/11/20x',
  ])('%j is no day', text => {
    expect(readDay(text)).toBeUndefined()
  })

  it.each([
    ['2026/11/20 12:00:00', '2026-11-20T05:00:00Z', true],
    ['20/11/2026 12:00:00', '2026-11-20T05:00:00Z', false],
    ['2026-11-20 12:00:00', '2026-11-20T05:00:00Z', false],
    ['2026-11-20T12:00:00Z', '2026-11-20T12:00:00Z', false],
    ['2026-11-20T12:00:00.123+07:00', '2026-11-20T05:00:00Z', false],
  ])('the time %s is %s', (text, instant, standardForm) => {
    expect(readInstant(text)).toEqual({ value: instant, standardForm })
  })

  it.each([
    '2026/11/20',
    '2026/11/20 24:00:00',
    '2026/11/20 12:60:00',
    '2026/02/30 12:00:00',
    '2026-11-20T12:00:00',
    '12:00:00',
  ])('%j is no time', text => {
    expect(readInstant(text)).toBeUndefined()
  })
})
