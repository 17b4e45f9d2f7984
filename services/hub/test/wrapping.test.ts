import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ApiProblem } from '@docaxis/client'
import { itWithPrograms } from '@docaxis/testkit'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { blobOf, letter } from './support/letter.ts'
import { type TestHub, testHub } from './support/test-hub.ts'
import { enveloped, exclusive, signatureTemplate, signWithXmlsec, type XmlsecWish } from './support/xmlsec.ts'

// The twenty wrapping moves from outside: xmlsec1 signs as the ministry G99, the province H99 forges, both send it.

const itWithXmlsec = itWithPrograms('xmlsec1')
const ds = 'http://www.w3.org/2000/09/xmldsig#'
const signature = /<Signature xmlns="[^"]*xmldsig#">[\s\S]*<\/Signature>/
const anyBody = /<edXML:edXMLBody[\s\S]*<\/edXML:edXMLBody>/
const header = '</edXML:edXMLHeader>'
/** An element that the schema knows nothing of. */
const any = '<Any xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016">'
const xpath =
  '<Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><XPath>not(ancestor-or-self::Subject)</XPath></Transform>'

let hub: TestHub
beforeAll(async () => {
  hub = await testHub()
  await hub.hub.firstLetters
})
afterAll(() => hub.stop())

interface Move {
  readonly move: string
  readonly make: () => Promise<string>
  readonly code: string
}

const moves: readonly Move[] = [
  {
    move: '1: the original in an Object of the Signature of a forged packet',
    make: () => signed(xml => forged(xml).replace('</Signature>', `<Object>${original(xml)}</Object></Signature>`)),
    code: 'SIGNATURE_STRUCTURE',
  },
  {
    move: '2: the original beside the Signature',
    make: () => signed(xml => forged(xml).replace('</Signature>', `</Signature>${original(xml)}`)),
    code: 'SIGNATURE_STRUCTURE',
  },
  {
    move: '3: a forged body before the signed one, with another Id',
    make: () => signedById(xml => xml.replace(anyBody, body => forgedBody(body, 'other') + body)),
    code: 'REFERENCE_COVERAGE',
  },
  {
    move: '4: a forged body around the signed one',
    make: () => signedById(xml => xml.replace(anyBody, '<edXML:edXMLBody>$&</edXML:edXMLBody>')),
    code: 'REFERENCE_COVERAGE',
  },
  {
    move: '5: the same Id twice, the forged one first',
    make: () => signedById(xml => xml.replace(anyBody, body => forgedBody(body, 'body') + body)),
    code: 'ID_NOT_UNIQUE',
  },
  {
    move: '6: the same Id twice, the forged one last',
    make: () => signedById(xml => xml.replace(anyBody, body => body + forgedBody(body, 'body'))),
    code: 'ID_NOT_UNIQUE',
  },
  {
    move: '7: the original inside an element that may hold anything',
    make: () => signedById(xml => hidden(xml, '<AttachmentEncoded>', body => `<AttachmentEncoded>${any}${body}</Any>`)),
    code: 'REFERENCE_COVERAGE',
  },
  {
    move: '8: the same inside an Object',
    make: () => signedById(xml => hidden(xml, '</Signature>', body => `<Object>${body}</Object></Signature>`)),
    code: 'SIGNATURE_STRUCTURE',
  },
  {
    move: '9: the Signature under another parent',
    make: () =>
      signed(xml => xml.replace(signature, '').replace('</edXML:edXMLBody>', `${cut(xml)}</edXML:edXMLBody>`)),
    code: 'SIGNATURE_STRUCTURE',
  },
  {
    move: '10: the Id again under another name',
    make: () => signedById(xml => xml.replace('<AttachmentEncoded>', '<AttachmentEncoded xml:id="body">')),
    code: 'ID_NOT_UNIQUE',
  },
  {
    move: '11: an XPath transform that leaves a part out',
    make: () => signed(unchanged, { template: signatureTemplate('', enveloped + exclusive + xpath) }),
    code: 'TRANSFORM_FORBIDDEN',
  },
  {
    move: '12: enveloped-signature twice',
    make: () => signed(unchanged, { template: signatureTemplate('', enveloped + enveloped + exclusive) }),
    code: 'SIGNATURE_STRUCTURE',
  },
  {
    move: '13: content under a Manifest',
    make: () =>
      signed(xml =>
        xml.replace('</Signature>', '<Object><Manifest><Reference URI="#x"/></Manifest></Object></Signature>'),
      ),
    code: 'REFERENCE_FORBIDDEN',
  },
  {
    move: '14: only the body signed, the header free',
    make: () => signedById(forged),
    code: 'REFERENCE_COVERAGE',
  },
  {
    move: '15: a comment inside DigestValue',
    make: () => signed(xml => xml.replace('<DigestValue>', '<DigestValue><!-- x -->')),
    code: 'SIGNATURE_STRUCTURE',
  },
  {
    move: '16: two SignedInfo',
    make: () => signed(xml => xml.replace('<SignedInfo>', '<SignedInfo></SignedInfo><SignedInfo>')),
    code: 'SIGNATURE_STRUCTURE',
  },
  {
    move: '17: one certificate verifies, another gives the name',
    make: async () => withCertificates(await byForger(), `${await certificate('G99')}${await certificate('H99')}`),
    code: 'SIGNER_AMBIGUOUS',
  },
  {
    move: '18: the key of the forger beside the certificate of the victim',
    make: async () => {
      const key = '<KeyValue><RSAKeyValue><Modulus>AQAB</Modulus><Exponent>AQAB</Exponent></RSAKeyValue></KeyValue>'
      return withCertificates(await byForger(), await certificate('G99')).replace('<KeyInfo>', `<KeyInfo>${key}`)
    },
    code: 'SIGNATURE_MISMATCH',
  },
  {
    move: '19: two Signatures, one good and one bad',
    make: async () => {
      const other = cut(await byForger())
      return signed(xml => xml.replace(header, `${other}${header}`))
    },
    code: 'SIGNATURE_STRUCTURE',
  },
  {
    move: '20: the Signature in the namespace of the packet',
    make: () => signed(xml => xml.replace(`xmlns="${ds}"`, 'xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016"')),
    code: 'SIGNATURE_STRUCTURE',
  },
]

describe.each(moves)('wrapping move $move', ({ make, code }) => {
  itWithXmlsec(`is refused with ${code}, leaves a refusal and no document, and helps the forger no more`, async () => {
    const xml = blobOf(Buffer.from(await make()))
    const [documentsBefore, refusalsBefore] = [await documents(), await refusals('G99')]

    const asVictim = await refusalOf('G99', xml)
    const asForger = await refusalOf('H99', xml)

    expect(asVictim.status).toBe(422)
    expect(asVictim.errors.map(error => error.code)).toEqual(expect.arrayContaining(['CheckSignature', code]))
    expect(asForger).toMatchObject({ status: 403, code: 'SENDER_NOT_ALLOWED' })
    expect(await documents()).toBe(documentsBefore)
    await expect.poll(() => refusals('G99'), { timeout: 15_000 }).toBe(refusalsBefore + 1)
  })
})

const unchanged = (xml: string): string => xml
const forged = (xml: string): string => xml.replace('Nội dung thử nghiệm', 'Nội dung giả mạo')
const cut = (xml: string): string => signature.exec(xml)?.[0] ?? ''
/** Without declaration and Signature. */
const original = (xml: string): string => xml.replace(/^<\?xml[^>]*>\s*/, '').replace(signature, '')

function forgedBody(body: string, id: string): string {
  return body.replace(/<edXML:edXMLBody[^>]*>/, `<edXML:edXMLBody Id="${id}">`).replaceAll('phu-luc', 'gia-mao')
}

/** A forged body stands in its place, the signed one where `at` was. */
function hidden(xml: string, at: string, inside: (body: string) => string): string {
  const body = anyBody.exec(xml)?.[0] ?? ''
  return xml.replace(body, forgedBody(body, 'other')).replace(at, () => inside(body))
}

async function signed(change: (xml: string) => string, wish?: XmlsecWish): Promise<string> {
  return change((await signWithXmlsec(hub, letter(hub, 'G99', ['H99']), 'G99', wish)).toString())
}

/** G99 signs the body alone, by its Id. */
async function signedById(change: (xml: string) => string): Promise<string> {
  const named = letter(hub, 'G99', ['H99']).toString().replace('<edXML:edXMLBody>', '<edXML:edXMLBody Id="body">')
  const wish = { template: signatureTemplate('#body', exclusive), args: ['--id-attr:Id', 'edXMLBody'] }
  return change((await signWithXmlsec(hub, Buffer.from(named), 'G99', wish)).toString())
}

async function byForger(): Promise<string> {
  return (await signWithXmlsec(hub, letter(hub, 'G99', ['H99']), 'H99')).toString()
}

function withCertificates(xml: string, certificates: string): string {
  return xml.replace(/<X509Data>[\s\S]*<\/X509Data>/, `<X509Data>${certificates}</X509Data>`)
}

async function certificate(code: string): Promise<string> {
  const pem = await readFile(join(hub.demoFolder, hub.agency(code).sealCertFile), 'utf8')
  return `<X509Certificate>${pem.replace(/-----[^-]+-----|\s/g, '')}</X509Certificate>`
}

async function documents(): Promise<number> {
  const sent = await Promise.all(['G99', 'H99'].map(code => Array.fromAsync(hub.as(code).documents())))
  return sent.flat().filter(({ kind }) => kind === 'document').length
}

async function refusals(code: string): Promise<number> {
  const receipts = await Array.fromAsync(hub.as(code).receipts())
  return receipts.filter(({ kind }) => kind === 'refusal').length
}

async function refusalOf(code: string, xml: Blob): Promise<ApiProblem> {
  const outcome = await hub
    .as(code)
    .send(xml)
    .catch((error: unknown) => error)
  if (outcome instanceof ApiProblem) return outcome
  throw new Error('it was accepted')
}
