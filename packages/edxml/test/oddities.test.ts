import { expect, it } from 'vitest'
import { edit, goodXml, pdf, read, verdicts } from './packets.ts'

/** Oddities of real packets (edXML 15) that no other test shows; the number is the row's. */

it('11: no OrganName in From and To is a warning each under legacy', () => {
  const packet = goodXml({ sender: { agencyCode: 'G99' }, receivers: [{ agencyCode: 'H99' }] })

  expect(verdicts(read(packet))).toEqual([
    'warning N.MessageHeader.From.OrganName',
    'warning N.MessageHeader.To.OrganName',
  ])
})

it.each(['01.K36#79.H36', 'vxp.saas.03', '28.22.H17', '000.00.00.H53', 'Ủy-ban'])(
  '15: the code %s outside a pattern is as good as any',
  agencyCode => {
    const packet = goodXml({ receivers: [{ agencyCode, name: 'x' }] })

    expect(read(packet, 'strict').findings).toEqual([])
    expect(read(packet).envelope).toMatchObject({ receivers: [{ agencyCode: agencyCode.normalize('NFC') }] })
  },
)

it.each([
  { number: '74fass22', findings: [] },
  { number: 'GW-AUTO', findings: [] },
  { number: '20191234567890', findings: ['warning R.MessageHeader.Code.CodeNumber'] },
])('16: the number $number is text, too long only over 11', ({ number, findings }) => {
  const packet = goodXml({ documentId: 'x', code: { number, notation: 'y' } })

  expect(verdicts(read(packet))).toEqual(findings)
  expect(read(packet).envelope).toMatchObject({ code: { number } })
})

it('17: without code, date and trace a packet is accepted under legacy with warnings, refused under strict', () => {
  const bare = ['Code', 'PromulgationInfo', 'TraceHeaderList'].reduce(
    (xml, name) => edit(xml, new RegExp(`<edXML:${name}>.*?</edXML:${name}>`, 's'), ''),
    goodXml(),
  )
  const codes = [
    'N.MessageHeader.Code.CodeNumber',
    'N.MessageHeader.Code.CodeNotation',
    'N.MessageHeader.PromulgationInfo.PromulgationDate',
    'N.TraceHeaderList',
  ]

  expect(verdicts(read(bare, 'legacy'))).toEqual(codes.map(code => `warning ${code}`))
  expect(verdicts(read(bare, 'strict'))).toEqual(codes.map(code => `error ${code}`))
  expect(read(bare).envelope).toMatchObject({ action: 'new', hops: [] })
})

it('20: empty elements equal absent ones', () => {
  const empty = '<edXML:DueDate/><edXML:Content> </edXML:Content><edXML:ResponseFor><edXML:Code/></edXML:ResponseFor>'
  const info =
    '<edXML:OtherInfo><edXML:Priority/><edXML:Appendixes><edXML:Appendix/></edXML:Appendixes></edXML:OtherInfo>'
  const packet = edit(goodXml(), '<edXML:SignerInfo>', `${empty}${info}<edXML:SignerInfo>`)

  expect(read(packet, 'strict').findings).toEqual([])
  expect(read(packet).envelope).toEqual(read(goodXml()).envelope)
})

it('21: a UUID is a DocumentId', () => {
  const documentId = '9fbfbad2-f1f8-4256-a2eb-50fb1061cddb'

  expect(read(goodXml({ documentId }), 'strict').findings).toEqual([])
})

it('31: ReceiverList naming fewer agencies than To changes no receiver', () => {
  const update = { documentChanges: false, receiversChange: true, receivers: [{ agencyCode: 'H99', type: '1' }] }
  const { envelope } = read(goodXml({ action: 'update', reason: 'x', update }))

  expect(envelope).toMatchObject({ update, receivers: [{ agencyCode: 'H99' }, { agencyCode: 'H99.32' }] })
})

it.each(['Kế hoạch số 12.SIGNED.PDF', 'GUIDE INSTALL.Pdf'])('35: the file name %s is kept', name => {
  const { envelope, findings } = read(goodXml({ attachments: [{ name, content: pdf }] }), 'strict')

  expect(findings).toEqual([])
  expect(envelope).toMatchObject({ attachments: [{ name: name.normalize('NFC') }] })
})

it('what the .NET kit writes is read as D1n', () => {
  const attributes = 'id="t" version="1.0" mustUnderstand="1" actor="http://schemas.xmlsoap.org/soap/actor/next"'
  const traced = edit(goodXml(), '<edXML:TraceHeaderList>', `<edXML:TraceHeaderList ${attributes}>`)
  const linked = edit(
    goodXml(),
    '<edXML:Reference>',
    '<edXML:Reference xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="cid:1" xlink:role="XLinkRole" xlink:type="simple">',
  )
  const signed = edit(goodXml(), '</edXML:edXMLHeader>', '<edXML:DigitalSignature/></edXML:edXMLHeader>')

  for (const packet of [traced, linked, signed]) {
    expect(read(packet, 'strict').findings).toEqual([])
    expect(read(packet).envelope).toMatchObject({ dialect: 'D1n', documentId: 'G99,2026/11/20,12/BTN-VP' })
  }
  expect(read(signed).signature).toMatchObject({ count: 0, legacyBlock: false })
})
