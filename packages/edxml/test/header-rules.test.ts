import { describe, expect, it } from 'vitest'
import { edit, goodXml, read, verdicts } from './packets.ts'

const qcvn = 'http://www.mic.gov.vn/TBT/QCVN_102_2016'
const element = (name: string, content: string) => `<edXML:${name}>${content}</edXML:${name}>`

function replacing(name: string, content: string, occurrence = ''): string {
  const pattern = new RegExp(`${occurrence}<edXML:${name}>[^<]*</edXML:${name}>`)
  return edit(goodXml(), pattern, element(name, content))
}

function without(name: string): string {
  return edit(goodXml(), new RegExp(`<edXML:${name}[ >].*?</edXML:${name}>`, 's'), '')
}

it('accepts the good packet under both profiles without a word', () => {
  expect(read(goodXml(), 'legacy').findings).toEqual([])
  expect(read(goodXml(), 'strict').findings).toEqual([])
})

describe('what is needed always is refused when missing (E)', () => {
  it.each([
    { packet: without('From'), code: 'N.MessageHeader.From.OrganId' },
    { packet: replacing('OrganId', ''), code: 'N.MessageHeader.From.OrganId' },
    { packet: replacing('OrganId', 'NULL'), code: 'N.MessageHeader.From.OrganId' },
    { packet: replacing('OrganId', 'G99,H1'), code: 'T.MessageHeader.From.OrganId' },
    { packet: replacing('OrganId', 'G 99'), code: 'T.MessageHeader.From.OrganId' },
    { packet: edit(goodXml(), /<edXML:To>.*<\/edXML:To>/s, ''), code: 'N.MessageHeader.To' },
    { packet: edit(goodXml(), '<edXML:OrganId>H99.32<', '<edXML:OrganId>null<'), code: 'N.MessageHeader.To.OrganId' },
    { packet: without('DocumentId'), code: 'N.MessageHeader.DocumentId' },
    { packet: without('MessageHeader'), code: 'N.MessageHeader' },
    { packet: without('edXMLHeader'), code: 'N.edXMLHeader' },
    { packet: edit(goodXml(), /<edXML:edXMLEnvelope .*<\/edXML:edXMLEnvelope>/s, ''), code: 'N.edXMLEnvelope' },
  ])('$code', ({ packet, code }) => {
    expect(verdicts(read(packet))).toContain(`error ${code}`)
  })
})

describe('what is needed for good order is a warning under legacy and refused under strict (S)', () => {
  it.each([
    { packet: replacing('OrganName', ''), code: 'N.MessageHeader.From.OrganName' },
    { packet: without('Code'), code: 'N.MessageHeader.Code.CodeNumber' },
    { packet: without('CodeNotation'), code: 'N.MessageHeader.Code.CodeNotation' },
    { packet: without('PromulgationDate'), code: 'N.MessageHeader.PromulgationInfo.PromulgationDate' },
    { packet: replacing('PromulgationDate', '2026/02/30'), code: 'T.MessageHeader.PromulgationInfo.PromulgationDate' },
    { packet: replacing('PromulgationDate', '2026/11/21'), code: 'R.MessageHeader.PromulgationInfo.PromulgationDate' },
    { packet: without('Type'), code: 'N.MessageHeader.DocumentType.Type' },
    { packet: replacing('Type', 'một'), code: 'T.MessageHeader.DocumentType.Type' },
    { packet: without('TypeName'), code: 'N.MessageHeader.DocumentType.TypeName' },
    { packet: without('Subject'), code: 'N.MessageHeader.Subject' },
    { packet: replacing('Subject', 'x'.repeat(501)), code: 'R.MessageHeader.Subject' },
    { packet: replacing('CodeNumber', '123456789012'), code: 'R.MessageHeader.Code.CodeNumber' },
    { packet: replacing('OrganId', 'G'.repeat(36)), code: 'R.MessageHeader.From.OrganId' },
    { packet: without('TraceHeaderList'), code: 'N.TraceHeaderList' },
    {
      packet: edit(goodXml({ reason: 'x' }), /<edXML:TraceHeader>.*<\/edXML:TraceHeader>/s, ''),
      code: 'N.TraceHeaderList.TraceHeader',
    },
    {
      packet: edit(goodXml(), '<edXML:OrganId>H99.32<', '<edXML:OrganId>H99<'),
      code: 'M.MessageHeader.To.OrganId',
    },
    {
      packet: edit(
        goodXml(),
        '<edXML:Subject>',
        `<edXML:OtherInfo>${element('Priority', '5')}</edXML:OtherInfo><edXML:Subject>`,
      ),
      code: 'R.MessageHeader.OtherInfo.Priority',
    },
    {
      packet: edit(goodXml(), '<edXML:Subject>', '<x:Note xmlns:x="urn:x">y</x:Note><edXML:Subject>'),
      code: 'M.MessageHeader.Note',
    },
    { packet: edit(goodXml(), 'version="1.0">\n', 'version="2.0">\n'), code: 'M.edXMLManifest' },
    { packet: without('edXMLManifest'), code: 'N.edXMLManifest' },
  ])('$code', ({ packet, code }) => {
    expect(verdicts(read(packet, 'legacy'))).toContain(`warning ${code}`)
    expect(verdicts(read(packet, 'strict'))).toContain(`error ${code}`)
  })
})

describe('what only looks odd is a warning under both profiles (W)', () => {
  it.each([
    { packet: replacing('FullName', ''), code: 'N.MessageHeader.SignerInfo.FullName' },
    { packet: replacing('PromulgationDate', '20/11/2026'), code: 'T.MessageHeader.PromulgationInfo.PromulgationDate' },
    {
      packet: replacing('PromulgationDate', '2026-11-20T08:00:00'),
      code: 'T.MessageHeader.PromulgationInfo.PromulgationDate',
    },
    { packet: goodXml({ dueOn: '2026-11-19' }), code: 'R.MessageHeader.DueDate' },
    { packet: goodXml({ documentId: 'G99,2026/11/20,13/BTN-VP' }), code: 'M.MessageHeader.DocumentId' },
    { packet: goodXml({ documentId: 'G99,2025,13' }), code: 'M.MessageHeader.DocumentId' },
    { packet: goodXml({ receivers: [{ agencyCode: 'G99', name: 'x' }] }), code: 'M.MessageHeader.To.Sender' },
    {
      packet: edit(goodXml(), '<edXML:Subject>', '<edXML:Extra>y</edXML:Extra><edXML:Subject>'),
      code: 'M.MessageHeader.Extra',
    },
    {
      packet: edit(
        goodXml(),
        /<edXML:TraceHeader>.*<\/edXML:TraceHeader>/s,
        element('TraceHeader', element('OrganId', 'null')),
      ),
      code: 'N.TraceHeaderList.TraceHeader.OrganId',
    },
    { packet: replacing('Timestamp', '2026-11-20 10:00:00'), code: 'T.TraceHeaderList.TraceHeader.Timestamp' },
    { packet: `\ufeff${goodXml()}`, code: 'M.XML.ByteOrderMark' },
  ])('$code', ({ packet, code }) => {
    expect(verdicts(read(packet, 'legacy'))).toContain(`warning ${code}`)
    expect(verdicts(read(packet, 'strict'))).toEqual(expect.not.arrayContaining([expect.stringMatching(/^error/)]))
  })
})

describe('a single-valued element that stands twice is refused: two readers could pick different ones', () => {
  it.each([
    { name: 'From', code: 'M.MessageHeader.From' },
    { name: 'DocumentId', code: 'M.MessageHeader.DocumentId' },
    { name: 'Subject', code: 'M.MessageHeader.Subject' },
    { name: 'CodeNumber', code: 'M.MessageHeader.Code.CodeNumber' },
    { name: 'MessageHeader', code: 'M.MessageHeader' },
    { name: 'TraceHeaderList', code: 'M.TraceHeaderList' },
    { name: 'edXMLHeader', code: 'M.edXMLHeader' },
    { name: 'edXMLBody', code: 'M.edXMLBody' },
    { name: 'edXMLManifest', code: 'M.edXMLManifest' },
  ])('$name', ({ name, code }) => {
    const block = new RegExp(`<edXML:${name}[ >].*?</edXML:${name}>`, 's').exec(goodXml())?.[0] ?? ''

    expect(verdicts(read(edit(goodXml(), block, block + block)))).toContain(`error ${code}`)
  })

  it('edXMLEnvelope and AttachmentEncoded', () => {
    const envelope = /<edXML:edXMLEnvelope .*<\/edXML:edXMLEnvelope>/s.exec(goodXml())?.[0] ?? ''
    const files = /<AttachmentEncoded>.*<\/AttachmentEncoded>/s.exec(goodXml())?.[0] ?? ''

    expect(verdicts(read(edit(goodXml(), envelope, envelope + envelope)))).toContain('error M.edXMLEnvelope')
    expect(verdicts(read(edit(goodXml(), files, files + files)))).toContain('error M.AttachmentEncoded')
  })

  it('also when the second is empty', () => {
    const packet = edit(goodXml(), '<edXML:Subject>', '<edXML:Subject/><edXML:Subject>')

    expect(verdicts(read(packet))).toContain('error M.MessageHeader.Subject')
  })
})

describe('actions', () => {
  it.each([
    { type: '4', code: 'error R.TraceHeaderList.Bussiness.BussinessDocType' },
    { type: '', code: 'warning N.TraceHeaderList.Bussiness.BussinessDocType' },
    { type: '3', code: 'warning N.TraceHeaderList.Bussiness.ReplacementInfoList' },
    { type: '1', code: 'warning N.TraceHeaderList.Bussiness.BussinessDocReason' },
  ])('BussinessDocType "$type" gives $code', ({ type, code }) => {
    const business = `<edXML:Bussiness>${element('BussinessDocType', type)}${element('Paper', '1')}</edXML:Bussiness>`
    const packet = edit(goodXml(), '</edXML:TraceHeaderList>', `${business}</edXML:TraceHeaderList>`)

    expect(verdicts(read(packet))).toContain(code)
  })

  it('a revocation without a target means its own document', () => {
    expect(read(goodXml({ action: 'revoke', reason: 'nhầm' })).envelope).toMatchObject({
      action: 'revoke',
      target: 'G99,2026/11/20,12/BTN-VP',
    })
  })

  it('a document cannot replace itself', () => {
    const packet = goodXml({
      action: 'replace',
      reason: 'sai',
      replaces: [{ documentId: 'G99,2026/11/20,12/BTN-VP', agencyCodes: ['H99'] }],
    })

    expect(verdicts(read(packet))).toEqual([
      'error M.TraceHeaderList.Bussiness.ReplacementInfoList.ReplacementInfo.DocumentId',
    ])
  })
})

describe('what real packets do and is accepted', () => {
  it('comments are skipped, CDATA is text, blanks around are trimmed', () => {
    const packet = replacing('Subject', '\t Về <!-- cũ --><![CDATA[việc < & ]]>thử\r\n ')

    expect(read(packet).envelope).toMatchObject({ subject: 'Về việc < & thử' })
  })

  it('decomposed letters are read composed', () => {
    expect(read(replacing('Subject', 'Tiếng Việt'.normalize('NFD'))).envelope).toMatchObject({ subject: 'Tiếng Việt' })
  })

  it('without prefixes the same packet is the same document, of the dialect D1n', () => {
    const plain = goodXml()
      .replaceAll('edXML:', '')
      .replaceAll(/ xmlns:edXML="[^"]*"/g, '')
    const { dialect: d1, ...prefixed } = read(goodXml()).envelope ?? {}
    const { dialect: d1n, ...unprefixed } =
      read(plain.replaceAll(/ xmlns="[^"]*"/g, '').replace('<edXML>', `<edXML xmlns="${qcvn}">`)).envelope ?? {}

    expect([d1, d1n]).toEqual(['D1', 'D1n'])
    expect(unprefixed).toEqual(prefixed)
  })

  it('children come in any order, Bussiness before TraceHeader', () => {
    const packet = goodXml({ reason: 'x', action: 'update', target: 'd0' })
    const business = /<edXML:Bussiness>.*<\/edXML:Bussiness>/s.exec(packet)?.[0] ?? ''
    const moved = edit(edit(packet, business, ''), '<edXML:TraceHeader>', `${business}<edXML:TraceHeader>`)

    expect(read(moved).envelope).toEqual(read(packet).envelope)
  })

  it('a name that looks like an object property stays an unknown element', () => {
    const packet = edit(goodXml(), '<edXML:Subject>', '<edXML:__proto__>x</edXML:__proto__><edXML:Subject>')

    expect(verdicts(read(packet))).toEqual(['warning M.MessageHeader.__proto__'])
  })

  it('a value with an element inside could be read in two ways and is no value', () => {
    const packet = replacing('OrganId', 'G9<edXML:x/>9')

    expect(verdicts(read(packet))).toContain('error T.MessageHeader.From.OrganId')
    expect(read(packet).envelope).toBeUndefined()
  })
})

describe('dialects', () => {
  it.each([
    { name: 'any other XML', xml: '<a/>', code: 'M.Dialect' },
    { name: 'the envelope without its root', xml: `<edXMLEnvelope xmlns="${qcvn}"/>`, code: 'M.Dialect' },
    {
      name: 'e-doc SOAP',
      xml: '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><e:MessageHeader xmlns:e="http://www.e-doc.vn/Schema/"/></s:Header></s:Envelope>',
      code: 'M.Dialect.D2',
    },
    { name: 'flat eDoc', xml: '<EdXMLEnvelope xmlns="http://www.go.vn/eDoc"/>', code: 'M.Dialect.D3' },
    {
      name: 'antivirus report',
      xml: `<edXML xmlns="${qcvn}"><edXMLEnvelope><edXMLBody><AVReport/></edXMLBody></edXMLEnvelope></edXML>`,
      code: 'M.Dialect.D4',
    },
  ])('$name is refused as $code', ({ xml, code }) => {
    const reading = read(xml)

    expect(verdicts(reading)).toEqual([`error ${code}`])
    expect(reading.envelope).toBeUndefined()
  })
})

describe('reporting', () => {
  it('names the position of a repeated element and speaks of the field in both languages', () => {
    const packet = edit(goodXml(), '<edXML:OrganId>H99.32</edXML:OrganId>', '')

    expect(read(packet).findings).toMatchObject([
      {
        code: 'N.MessageHeader.To.OrganId',
        path: 'MessageHeader/To[2]/OrganId',
        vi: 'Thiếu mã định danh cơ quan nhận (MessageHeader/To[2]/OrganId).',
        en: 'The code of the receiving agency is missing (MessageHeader/To[2]/OrganId).',
      },
    ])
  })

  it('reports every fault at once, in document order, at most 50, and never an error less for warnings', () => {
    const receivers = Array.from({ length: 80 }, (_, index) => ({ agencyCode: `H${index}` }))
    const packet = edit(
      goodXml({ receivers }),
      /<edXML:TraceHeaderList>/,
      '<edXML:TraceHeaderList/><edXML:TraceHeaderList>',
    )

    const found = verdicts(read(packet))

    expect(found).toHaveLength(50)
    expect(found.at(-1)).toBe('error M.TraceHeaderList')
    expect(found[0]).toBe('warning N.MessageHeader.To.OrganName')
  })
})
