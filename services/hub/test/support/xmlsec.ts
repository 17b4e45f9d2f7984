import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestHub } from './test-hub.ts'

export interface XmlsecWish {
  /** What stands in the header for xmlsec1 to fill. */
  readonly template?: string
  /** Further arguments, such as `--id-attr:Id edXMLBody`. */
  readonly args?: readonly string[]
}

/** Signs as a person would with a text editor: puts an empty signature into the header and lets xmlsec1 fill it. */
export async function signWithXmlsec(hub: TestHub, xml: Buffer, code: string, wish: XmlsecWish = {}): Promise<Buffer> {
  const { template = signatureTemplate(), args = [] } = wish
  const { sealKeyFile, sealCertFile } = hub.agency(code)
  const keyAndCert = `${join(hub.demoFolder, sealKeyFile)},${join(hub.demoFolder, sealCertFile)}`
  const name = randomUUID()
  const [unsigned, signed] = [hub.file(`${name}-unsigned.xml`), hub.file(`${name}.xml`)]
  await writeFile(unsigned, xml.toString().replace('</edXML:edXMLHeader>', `${template}</edXML:edXMLHeader>`))
  const { status, stderr } = spawnSync('xmlsec1', [
    '--sign',
    ...['--privkey-pem', keyAndCert],
    ...args,
    ...['--output', signed, unsigned],
  ])
  if (status !== 0) throw new Error(stderr.toString())
  return readFile(signed)
}

/** An empty signature of the strict profile, for RSA keys. */
export function signatureTemplate(uri = '', transforms = `${enveloped}${exclusive}`): string {
  return `<Signature xmlns="http://www.w3.org/2000/09/xmldsig#">
<SignedInfo>
<CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>
<SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>
<Reference URI="${uri}">
<Transforms>${transforms}</Transforms>
<DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>
<DigestValue/>
</Reference>
</SignedInfo>
<SignatureValue/>
<KeyInfo><X509Data><X509Certificate/></X509Data></KeyInfo>
</Signature>`
}

export const enveloped = '<Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>'
export const exclusive = '<Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>'
