import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { itWithPrograms } from '@docaxis/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SignatureMaterial } from '../src/index.ts'
import { edit, goodXml, read } from './packets.ts'

const dsig = 'http://www.w3.org/2000/09/xmldsig#'
const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'

/** An unfilled signature template; `p` is its prefix with the colon. */
function template(p: string, declaration: string): string {
  return `<${p}Signature${declaration} Id="sig">
  <${p}SignedInfo><${p}CanonicalizationMethod Algorithm="${exclusive}"/>
    <${p}SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>
    <${p}Reference URI=""><${p}Transforms><${p}Transform Algorithm="${dsig}enveloped-signature"/><${p}Transform Algorithm="${exclusive}"/></${p}Transforms><${p}DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><${p}DigestValue></${p}DigestValue></${p}Reference>
  </${p}SignedInfo><${p}SignatureValue></${p}SignatureValue></${p}Signature>`
}

const withSignature = (xml: string, signature: string) =>
  edit(xml, '</edXML:edXMLHeader>', `${signature}</edXML:edXMLHeader>`)

const defaultStyle = withSignature(goodXml(), template('', ` xmlns="${dsig}"`))
const prefixStyle = withSignature(goodXml(), template('ds:', ` xmlns:ds="${dsig}"`))
const inherited = withSignature(
  edit(goodXml(), '<edXML ', `<edXML xmlns:ds="${dsig}" xmlns:unused="urn:u" `),
  template('ds:', ''),
)
const usedAbove = edit(inherited, '<edXML:MessageHeader>', '<edXML:MessageHeader ds:note="x">')

/** The same packet in every style that the canonical form must even out. */
const styles = [
  { style: 'default name space', xml: defaultStyle },
  { style: 'prefix ds', xml: prefixStyle },
  { style: 'a name space inherited from the root', xml: inherited },
  { style: 'a name space that an ancestor uses too', xml: usedAbove },
  { style: 'CRLF', xml: prefixStyle.replaceAll('\n', '\r\n') },
  {
    style: 'comments everywhere',
    xml: `<?xml version="1.0"?><!-- a -->${edit(prefixStyle, /^.*\n/, '').replaceAll('<edXML:OrganName>', '<!-- b --><edXML:OrganName>t<!-- c -->')}<!-- d -->`,
  },
  {
    style: 'CDATA and character references',
    xml: edit(prefixStyle, /(?<=<edXML:Subject>)[^<]*/, '<![CDATA[a<b&c>]]>&#13;&#x9;&quot;&apos;é'),
  },
  {
    style: 'attributes to normalise',
    xml: edit(prefixStyle, 'Id="sig"', "b='\n\tx&#10;&#9;&lt;&quot;\"' a=' y>' Id='sig'"),
  },
  {
    style: 'attributes with name spaces',
    xml: edit(
      prefixStyle,
      '<Attachment>',
      '<Attachment xmlns:z="urn:1" xmlns:a="urn:2" z:b="1" a:b="2" b="0" xml:lang="vi" a:a="3">',
    ),
  },
  { style: 'empty elements', xml: edit(prefixStyle, '<edXML:TraceHeaderList>', '<edXML:TraceHeaderList><edXML:x/>') },
  {
    style: 'a default name space undeclared inside',
    xml: edit(prefixStyle, '<AttachmentEncoded>', '<AttachmentEncoded><e xmlns=""><f/></e>'),
  },
  { style: 'decomposed letters', xml: edit(prefixStyle, /(?<=<edXML:Subject>)[^<]*/, 'Tiếng Việt'.normalize('NFD')) },
]

function materialOf(xml: string): SignatureMaterial {
  const { signature } = read(xml)
  if (signature === undefined) throw new Error('not read')
  return signature
}

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'edxml-'))
  execFileSync('openssl', ['genrsa', '-out', join(folder, 'key.pem'), '2048'], { stdio: 'ignore' })
})
afterAll(() => rmSync(folder, { recursive: true }))

/** The bytes that xmlsec1 digests for the Reference and signs as SignedInfo. */
function xmlsecBytes(xml: string): { packet: string; signedInfo: string } {
  const file = join(folder, 'packet.xml')
  writeFileSync(file, xml)
  const args = ['--sign', '--store-references', '--store-signatures', '--privkey-pem', join(folder, 'key.pem')]
  const out = execFileSync('xmlsec1', [...args, '--output', join(folder, 'out.xml'), '--print-debug', file], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [packet = '', signedInfo = ''] = ['PreDigest data', 'PreSigned data'].map(name => {
    const start = out.indexOf(`== ${name} - start buffer:\n`) + `== ${name} - start buffer:\n`.length
    return out.slice(start, out.indexOf(`\n== ${name} - end buffer`, start))
  })
  return { packet, signedInfo }
}

describe('canonical bytes equal those of xmlsec1', () => {
  itWithPrograms('xmlsec1', 'openssl').each(styles)('for $style', ({ xml }) => {
    const material = materialOf(xml)
    const { packet } = xmlsecBytes(xml)

    expect(packet).toContain('AttachmentEncoded')
    expect(material.digest('sha256')).toEqual(createHash('sha256').update(packet).digest())
    // xmlsec1 fills in the DigestValue before it signs: read the signed file, whose SignedInfo has it.
    const signed = xmlsecBytes(xml)
    expect(materialOf(readFileSync(join(folder, 'out.xml'), 'utf8')).signedInfo.toString()).toBe(signed.signedInfo)
  })
})

itWithPrograms('xmllint').each(styles)(
  'the Signature element canonicalises like xmllint --exc-c14n for $style',
  ({ xml }) => {
    const { element } = materialOf(xml)
    const file = join(folder, 'element.xml')
    writeFileSync(file, element)

    expect(execFileSync('xmllint', ['--exc-c14n', file]).toString()).toBe(element.toString())
  },
)

describe('what is found about the Signature', () => {
  it('nothing in a packet without one', () => {
    expect(materialOf(goodXml())).toMatchObject({
      count: 0,
      place: 'none',
      legacyBlock: false,
      hasComments: false,
      duplicateIds: [],
    })
  })

  it('its place: last in the header, or elsewhere', () => {
    const signature = template('', ` xmlns="${dsig}"`)

    expect(materialOf(prefixStyle)).toMatchObject({ count: 1, place: 'header-last' })
    expect(materialOf(edit(goodXml(), '<edXML:TraceHeaderList>', `${signature}<edXML:TraceHeaderList>`)).place).toBe(
      'elsewhere',
    )
    expect(materialOf(edit(goodXml(), '<AttachmentEncoded>', `${signature}<AttachmentEncoded>`)).place).toBe(
      'elsewhere',
    )
  })

  it('how many there are, wherever they stand', () => {
    const doubled = edit(
      prefixStyle,
      '<AttachmentEncoded>',
      `${template('x:', ` xmlns:x="${dsig}"`)}<AttachmentEncoded>`,
    )

    expect(materialOf(doubled)).toMatchObject({ count: 2, duplicateIds: ['sig'] })
  })

  it.each([
    {
      where: 'inside DigestValue',
      xml: edit(prefixStyle, '<ds:DigestValue>', '<ds:DigestValue><!-- x -->'),
      found: true,
    },
    { where: 'at its very end', xml: edit(prefixStyle, '</ds:Signature>', '<!----></ds:Signature>'), found: true },
    { where: 'just before it', xml: edit(prefixStyle, '<ds:Signature ', '<!-- x --><ds:Signature '), found: false },
    { where: 'just after it', xml: edit(prefixStyle, '</ds:Signature>', '</ds:Signature><!-- x -->'), found: false },
    { where: 'before the root', xml: edit(prefixStyle, '<edXML ', '<!-- <ds:Signature> --><edXML '), found: false },
    {
      where: 'in the header, many',
      xml: prefixStyle.replaceAll('<edXML:OrganName>', '<edXML:OrganName><!-- x -->'),
      found: false,
    },
  ])('comments $where: $found', ({ xml, found }) => {
    expect(materialOf(xml).hasComments).toBe(found)
  })

  it('Ids that occur twice under any of their names', () => {
    const packet = edit(
      edit(prefixStyle, '<edXML:MessageHeader>', '<edXML:MessageHeader id="a">'),
      '<AttachmentEncoded>',
      '<AttachmentEncoded xml:id="a" ID="b" xmlns:wsu="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd" wsu:Id="b">',
    )

    expect([...materialOf(packet).duplicateIds].sort()).toEqual(['a', 'b'])
  })

  it.each([
    { block: '<DigitalSignature xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016"/>', legacyBlock: false },
    { block: '<edXML:Signature><edXML:SignedInfo/></edXML:Signature>', legacyBlock: true },
  ])('a block in the name space of the packet: $block', ({ block, legacyBlock }) => {
    expect(materialOf(withSignature(goodXml(), block))).toMatchObject({ count: 0, legacyBlock })
  })
})

it('changes its digest with any value of the packet, never with the Signature', () => {
  const before = materialOf(prefixStyle).digest('sha256')

  expect(materialOf(edit(prefixStyle, '>H99<', '>H98<')).digest('sha256')).not.toEqual(before)
  expect(materialOf(edit(prefixStyle, '<ds:SignatureValue>', '<ds:SignatureValue>AAAA')).digest('sha256')).toEqual(
    before,
  )
})
