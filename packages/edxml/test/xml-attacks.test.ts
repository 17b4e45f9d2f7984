import { readFileSync } from 'node:fs'
import { itWithShared, sharedPath } from '@docaxis/testkit'
import { describe, expect, it } from 'vitest'
import { defaultLimits, readEnvelope } from '../src/index.ts'
import { edit, goodXml, noon, read, verdicts } from './packets.ts'

interface BombCase {
  readonly file: string
  readonly answer: 'REFUSE' | 'INERT'
}

itWithShared('vectors', 'xml-bombs')('every published XML bomb is refused; DOCTYPE before any entity is read', () => {
  const { cases } = JSON.parse(readFileSync(sharedPath('vectors', 'xml-bombs', 'expected.json'), 'utf8')) as {
    cases: BombCase[]
  }
  const codeOf = (file: string) => verdicts(read(readFileSync(sharedPath('vectors', 'xml-bombs', file))))

  expect(cases).toHaveLength(13)
  const [refused, inert] = [
    cases.filter(({ answer }) => answer === 'REFUSE'),
    cases.filter(({ answer }) => answer === 'INERT'),
  ]
  expect(refused.flatMap(({ file }) => codeOf(file))).toEqual(refused.map(() => 'error M.XML.Doctype'))
  expect(inert.map(({ file }) => [file, ...codeOf(file)])).toEqual([
    ['defusedxml/schema-include.xsd', 'error M.Dialect'],
    // It holds a processing instruction.
    ['defusedxml/simple-ns.xml', 'error M.XML'],
    ['defusedxml/simple.xml', 'error M.Dialect'],
  ])
})

describe('bytes that are no XML of ours', () => {
  it.each([
    { name: 'nothing', bytes: Buffer.alloc(0), code: 'M.XML' },
    { name: 'a blank before the declaration', bytes: ` ${goodXml()}`, code: 'M.XML' },
    { name: 'plain text', bytes: 'xin chào', code: 'M.XML' },
    { name: 'UTF-16', bytes: Buffer.from(`\ufeff${goodXml()}`, 'utf16le'), code: 'M.XML' },
    { name: 'UTF-16 without mark', bytes: Buffer.from(goodXml(), 'utf16le'), code: 'M.XML' },
    { name: 'UTF-7', bytes: edit(goodXml(), 'UTF-8', 'UTF-7'), code: 'M.XML' },
    { name: 'a declared other encoding', bytes: edit(goodXml(), 'UTF-8', 'windows-1258'), code: 'M.XML' },
    { name: 'bytes that are not UTF-8', bytes: Buffer.from('<a>H\u00e0 N</a>', 'latin1'), code: 'M.XML' },
    { name: 'XML 1.1', bytes: edit(goodXml(), 'version="1.0"', 'version="1.1"'), code: 'M.XML' },
    { name: 'an unclosed element', bytes: edit(goodXml(), '</edXML:Subject>', ''), code: 'M.XML' },
    {
      name: 'a doubled end tag',
      bytes: edit(goodXml(), '</edXML:Subject>', '</edXML:Subject></edXML:Subject>'),
      code: 'M.XML',
    },
    { name: 'an undefined entity', bytes: edit(goodXml(), '>cong van.pdf<', '>&nbsp;<'), code: 'M.XML' },
    { name: 'a control character', bytes: edit(goodXml(), '>cong van.pdf<', '>&#1;<'), code: 'M.XML' },
    {
      name: 'an attribute twice',
      bytes: edit(goodXml(), 'version="1.0">\n    ', 'version="1.0" version="1.0">\n'),
      code: 'M.XML',
    },
    { name: 'a second root', bytes: `${goodXml()}<a/>`, code: 'M.XML' },
    { name: 'a NUL byte', bytes: edit(goodXml(), '>cong van.pdf<', '>\u0000<'), code: 'M.XML' },
    {
      name: 'a style sheet',
      bytes: edit(goodXml(), '<edXML ', '<?xml-stylesheet href="http://127.0.0.1/x"?><edXML '),
      code: 'M.XML',
    },
    {
      name: 'a processing instruction inside',
      bytes: edit(goodXml(), '<edXML:Subject>', '<?php x?><edXML:Subject>'),
      code: 'M.XML',
    },
    { name: 'a processing instruction at the end', bytes: `${goodXml()}<?x y?>`, code: 'M.XML' },
    {
      name: 'a DOCTYPE after a long comment',
      bytes: `<!--${'x'.repeat(1_000_000)}--><!DOCTYPE a><a/>`,
      code: 'M.XML.Doctype',
    },
    {
      name: 'a parameter entity',
      bytes: '<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/passwd">%p;]><a/>',
      code: 'M.XML.Doctype',
    },
    {
      name: 'an unbound element prefix',
      bytes: edit(goodXml(), '<AttachmentEncoded>', '<x:y/><AttachmentEncoded>'),
      code: 'M.XML.Namespace',
    },
    {
      name: 'an unbound attribute prefix',
      bytes: edit(goodXml(), '<Attachment>', '<Attachment xlink:href="a">'),
      code: 'M.XML.Namespace',
    },
    {
      name: 'a relative name space',
      bytes: edit(goodXml(), '<Attachment>', '<Attachment xmlns:r="r" r:a="1">'),
      code: 'M.XML.Namespace',
    },
    {
      name: 'two prefixes for the same attribute',
      bytes: edit(goodXml(), '<Attachment>', '<Attachment xmlns:r="urn:r" xmlns:s="urn:r" r:a="1" s:a="2">'),
      code: 'M.XML.Namespace',
    },
  ])('$name is refused as $code', ({ bytes, code }) => {
    const reading = read(bytes)

    expect(reading.findings[0]).toMatchObject({ code, severity: 'error' })
    expect(reading.findings[0]?.path).toMatch(/^line \d+$/)
    expect(reading.envelope).toBeUndefined()
    expect(reading.signature).toBeUndefined()
  })

  it('names the line of the fault', () => {
    const packet = edit(goodXml(), '</edXML:Subject>', '')
    const line = packet.slice(0, packet.indexOf('<edXML:SignerInfo>')).split('\n').length

    expect(read(packet).findings[0]?.path).toMatch(/^line \d+$/)
    expect(read(edit(goodXml(), '<edXML:SignerInfo>', '<?x?><edXML:SignerInfo>')).findings[0]?.path).toBe(
      `line ${line}`,
    )
  })

  it('XInclude and schemaLocation are foreign names that nobody follows', () => {
    const packet = edit(
      goodXml(),
      '<AttachmentEncoded>',
      '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/><AttachmentEncoded>',
    )
    const located = edit(
      goodXml(),
      '<edXML ',
      '<edXML xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:x http://127.0.0.1/x.xsd" ',
    )

    expect(verdicts(read(packet))).toEqual(['warning M.include'])
    expect(read(located).findings).toEqual([])
  })
})

describe('limits', () => {
  const nested = (depth: number) => `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`

  it.each([
    { name: '100,000 levels', xml: nested(100_000), code: 'R.XML.Depth' },
    { name: '33 levels', xml: nested(33), code: 'R.XML.Depth' },
    { name: '32 levels and an empty element', xml: `${'<a>'.repeat(32)}<b/>${'</a>'.repeat(32)}`, code: 'R.XML.Depth' },
    { name: '150,001 comments', xml: `<a>${'<!---->'.repeat(150_001)}</a>`, code: 'R.XML.Elements' },
    { name: '150,001 elements', xml: `<a>${'<b/>'.repeat(150_000)}</a>`, code: 'R.XML.Elements' },
    {
      name: '65 attributes',
      xml: `<a ${Array.from({ length: 65 }, (_, i) => `a${i}=""`).join(' ')}/>`,
      code: 'R.XML.Attributes',
    },
    {
      name: '100,000 attributes',
      xml: `<a ${Array.from({ length: 100_000 }, (_, i) => `a${i}=""`).join(' ')}/>`,
      code: 'R.XML.Attributes',
    },
    { name: 'a value of 10 MB', xml: `<a b="${'x'.repeat(10_000_000)}"/>`, code: 'R.XML.Text' },
    { name: 'a name of 10 MB', xml: `<${'x'.repeat(10_000_000)}/>`, code: 'R.XML.Text' },
    {
      name: 'a text over 64 KiB',
      xml: edit(goodXml(), '>cong van.pdf<', `>${'x'.repeat(65_537)}<`),
      code: 'R.XML.Text',
    },
    {
      name: 'a text of 10 MB',
      xml: edit(goodXml(), '>cong van.pdf<', `>${'x'.repeat(10_000_000)}<`),
      code: 'R.XML.Text',
    },
  ])('$name are refused as $code', ({ xml, code }) => {
    expect(verdicts(read(xml))).toEqual([`error ${code}`])
  })

  it('exactly 32 levels and 64 attributes are read', () => {
    const attributes = Array.from({ length: 64 }, (_, i) => `a${i}=""`).join(' ')

    expect(verdicts(read(nested(32)))).toEqual(['error M.Dialect'])
    expect(verdicts(read(`<a ${attributes}/>`))).toEqual(['error M.Dialect'])
  })

  it('a packet larger than allowed is refused before it is looked at', () => {
    const options = { profile: 'legacy', receivedAt: noon, limits: { maxEnvelopeBytes: 1000 } } as const

    expect(verdicts(readEnvelope(Buffer.from(goodXml()), options))).toEqual(['error R.XML.Size'])
    expect(verdicts(readEnvelope(Buffer.alloc(1001), options))).toEqual(['error R.XML.Size'])
  })

  it('name spaces that would make the canonical form huge are refused', () => {
    const uri = `urn:${'x'.repeat(60_000)}`
    const packet = `<a xmlns:p="${uri}">${'<p:b/>'.repeat(10_000)}</a>`

    expect(verdicts(read(packet))).toEqual(['error R.XML.Size'])
  })

  it('too many receivers are refused, the limit itself is not', () => {
    const receivers = [1, 2, 3].map(number => ({ agencyCode: `H0${number}`, name: 'x' }))
    const withLimit = (maxReceivers: number) =>
      verdicts(
        readEnvelope(Buffer.from(goodXml({ receivers })), {
          profile: 'strict',
          receivedAt: noon,
          limits: { maxReceivers },
        }),
      )

    expect(withLimit(3)).toEqual([])
    expect(withLimit(2)).toEqual(['error R.MessageHeader.To'])
  })

  it('the limits are those of the specification', () => {
    expect(defaultLimits).toMatchObject({ maxDepth: 32, maxElements: 150_000, maxAttributes: 64, maxReceivers: 15_000 })
  })
})

it('never throws, whatever single byte of a packet is changed', () => {
  const bytes = Buffer.from(goodXml())

  for (let at = 0; at < bytes.length; at += 3) {
    const broken = Buffer.from(bytes)
    broken[at] = (broken[at] ?? 0) ^ (1 << (at % 8))
    expect(() => read(broken)).not.toThrow()
  }
})
