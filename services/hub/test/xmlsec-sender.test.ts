import { spawnSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { itWithPrograms } from '@docaxis/testkit'
import { afterAll, beforeAll, expect } from 'vitest'
import { blobOf, letter } from './support/letter.ts'
import { type TestHub, testHub } from './support/test-hub.ts'

const itWithXmlsec = itWithPrograms('xmlsec1')

let hub: TestHub
beforeAll(async () => {
  hub = await testHub()
})
afterAll(() => hub.stop())

itWithXmlsec('accepts a document that xmlsec1 signed with the key of a demo agency', async () => {
  const signed = await signWithXmlsec(letter(hub, 'G99', ['H99']), 'G99')

  const sent = await hub.as('G99').send(blobOf(signed))

  expect(sent.verdict).toMatchObject({ verdict: 'VALID', binding: { holderCode: 'G99' } })
})

itWithXmlsec('refuses it with one letter of the subject changed', async () => {
  const signed = await signWithXmlsec(letter(hub, 'G99', ['H99'], { subject: 'Chuyển 100 triệu đồng' }), 'G99')
  const changed = Buffer.from(signed.toString().replace('100 triệu', '900 triệu'))

  const send = hub.as('G99').send(blobOf(changed))

  await expect(send).rejects.toMatchObject({ errors: [{ code: 'CheckSignature' }, { code: 'DIGEST_MISMATCH' }] })
})

itWithXmlsec('refuses it under the name of an agency that another system serves', async () => {
  const signed = await signWithXmlsec(letter(hub, 'G99', ['H99']), 'G99')

  await expect(hub.as('G98').send(blobOf(signed))).rejects.toMatchObject({ status: 403, code: 'SENDER_NOT_ALLOWED' })
})

/** As a person would with a text editor: puts an empty signature into the header and lets xmlsec1 fill it. */
async function signWithXmlsec(xml: Buffer, code: string): Promise<Buffer> {
  const { sealKeyFile, sealCertFile } = hub.agency(code)
  const keyAndCert = `${join(hub.demoFolder, sealKeyFile)},${join(hub.demoFolder, sealCertFile)}`
  const [unsigned, signed] = [hub.file('unsigned.xml'), hub.file('signed.xml')]
  await writeFile(unsigned, xml.toString().replace('</edXML:edXMLHeader>', `${emptySignature}</edXML:edXMLHeader>`))
  const { status, stderr } = spawnSync('xmlsec1', ['--sign', '--privkey-pem', keyAndCert, '--output', signed, unsigned])
  if (status !== 0) throw new Error(stderr.toString())
  return readFile(signed)
}

const emptySignature = `<Signature xmlns="http://www.w3.org/2000/09/xmldsig#">
<SignedInfo>
<CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>
<SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>
<Reference URI="">
<Transforms>
<Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>
<Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>
</Transforms>
<DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>
<DigestValue/>
</Reference>
</SignedInfo>
<SignatureValue/>
<KeyInfo><X509Data><X509Certificate/></X509Data></KeyInfo>
</Signature>`
