import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Identity } from '@docaxis/pki/authority'
import { itWithPrograms, noon, sealedEnvelope, signerOf, type TestAuthority, testAuthority } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { SignedXml } from 'xml-crypto'
import { signEnvelope } from '../src/index.ts'
import { type Bench, edit, holdersOf, judge } from './sealing.ts'

const folder = mkdtempSync(join(tmpdir(), 'docaxis-interop-'))
const itWithXmlsec = itWithPrograms('xmlsec1')
let authority: TestAuthority
let identities: { readonly rsa: Identity; readonly ec: Identity }
let bench: Bench

beforeAll(async () => {
  authority = await testAuthority()
  identities = { rsa: await authority.seal('G99'), ec: await authority.seal('G99', { keyType: 'ec' }) }
  const holders = holdersOf([identities.rsa, 'G99'], [identities.ec, 'G99'])
  bench = { trust: authority.trust(), holders, at: noon }
  for (const [kind, { privateKeyPem, certificatePem }] of Object.entries(identities)) {
    writeFileSync(join(folder, `${kind}-key.pem`), privateKeyPem)
    writeFileSync(join(folder, `${kind}-cert.pem`), certificatePem)
  }
})

afterAll(() => rmSync(folder, { recursive: true }))

function xmlsec(...args: readonly string[]): string {
  return execFileSync('xmlsec1', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' })
}

function file(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content)
  return name
}

/** A packet as a person writes it with a text editor; `signature` stands where a signing program fills it in. */
function handWritten(signature: string): string {
  return `<?xml version='1.0' encoding="UTF-8" standalone='yes'?>
<!-- soạn tay -->
<q:edXML   xmlns:q="http://www.mic.gov.vn/TBT/QCVN_102_2016" xmlns:unused="urn:unused">
  <q:edXMLEnvelope><q:edXMLHeader>
    <q:MessageHeader>
      <q:From><q:OrganId>G99</q:OrganId><q:OrganName>B&#x1ED9; A &amp; "B"</q:OrganName></q:From>
      <q:To><q:OrganId>H99</q:OrganId><q:OrganName><![CDATA[Tỉnh <B>]]></q:OrganName></q:To>
      <q:DocumentId>G99,2030/01/15,12</q:DocumentId>
      <q:Code><q:CodeNumber>12</q:CodeNumber><q:CodeNotation>CV-VP</q:CodeNotation></q:Code>
      <q:PromulgationInfo><q:Place>Hà Nội</q:Place><q:PromulgationDate>2030-01-15</q:PromulgationDate></q:PromulgationInfo>
      <q:DocumentType><q:Type>2</q:Type><q:TypeName>Công văn</q:TypeName></q:DocumentType>
      <q:Subject>Về việc a &gt; b</q:Subject>
    </q:MessageHeader>
    <q:TraceHeaderList><q:TraceHeader><q:OrganId>G99</q:OrganId><q:Timestamp>2030/01/15 12:00:00</q:Timestamp></q:TraceHeader></q:TraceHeaderList>
    ${signature}
  </q:edXMLHeader>
  <q:edXMLBody><q:edXMLManifest version='1.0'/></q:edXMLBody></q:edXMLEnvelope>
</q:edXML>
`
}

function template(algorithm: string): string {
  return `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#">
      <ds:SignedInfo>
        <ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>
        <ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#${algorithm}"/>
        <ds:Reference URI="">
          <ds:Transforms>
            <ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>
            <ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>
          </ds:Transforms>
          <ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>
          <ds:DigestValue/>
        </ds:Reference>
      </ds:SignedInfo>
      <ds:SignatureValue/>
      <ds:KeyInfo><ds:X509Data/></ds:KeyInfo>
    </ds:Signature>`
}

const kinds = [
  { kind: 'rsa', algorithm: 'rsa-sha256' },
  { kind: 'ec', algorithm: 'ecdsa-sha256' },
] as const

itWithXmlsec.each(kinds)(
  'finds a hand-written packet signed by xmlsec1 with $algorithm VALID',
  async ({ kind, algorithm }) => {
    const name = file(`${kind}.xml`, handWritten(template(algorithm)))
    xmlsec('--sign', '--privkey-pem', `${kind}-key.pem,${kind}-cert.pem`, '--output', 'signed.xml', name)

    const signed = readFileSync(join(folder, 'signed.xml'))

    expect(await judge(signed, bench)).toMatchObject({ code: 'OK', signatureAlgorithm: algorithm })
    expect(await judge(edit(signed, 'a &gt; b', 'a &gt; c'), bench)).toMatchObject({ code: 'DIGEST_MISMATCH' })
  },
)

itWithXmlsec.each(kinds)('seals packets with $algorithm that xmlsec1 verifies', async ({ kind }) => {
  const identity = identities[kind]
  const written = signEnvelope(Buffer.from(handWritten('')), signerOf(identity))
  const sealed = sealedEnvelope({ sender: 'G99', receivers: ['H99'] }, identity)

  for (const packet of [written, sealed]) {
    const name = file('ours.xml', packet)
    expect(() => xmlsec('--verify', '--pubkey-cert-pem', `${kind}-cert.pem`, name)).not.toThrow()
    expect(await judge(packet, bench)).toMatchObject({ code: 'OK' })
  }
})

itWithXmlsec('seals packets whose change xmlsec1 finds', () => {
  const sealed = sealedEnvelope({ sender: 'G99', receivers: ['H99'] }, identities.rsa)
  const name = file('changed.xml', edit(sealed, 'liên thông', 'liên thong'))

  expect(() => xmlsec('--verify', '--pubkey-cert-pem', 'rsa-cert.pem', name)).toThrow()
})

it('seals packets that xml-crypto verifies', () => {
  const sealed = signEnvelope(Buffer.from(handWritten('')), signerOf(identities.rsa)).toString()
  const [signature = ''] = /<Signature xmlns[\s\S]*<\/Signature>/.exec(sealed) ?? []

  const oracle = new SignedXml({ publicCert: identities.rsa.certificatePem, getCertFromKeyInfo: () => null })
  oracle.loadSignature(signature)

  expect(oracle.checkSignature(sealed)).toBe(true)
})
