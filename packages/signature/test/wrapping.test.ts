import type { VerificationCode } from '@docaxis/errors'
import type { Identity } from '@docaxis/pki/authority'
import { noon, sealedEnvelope, signerOf, type TestAuthority, testAuthority } from '@docaxis/testkit'
import { beforeAll, describe, expect, it } from 'vitest'
import { signEnvelope } from '../src/index.ts'
import { ds } from '../src/names.ts'
import { type Bench, edit, holdersOf, judge, resign } from './sealing.ts'

/** The twenty wrapping moves, each on a packet well sealed by G99; the forger holds the seal of H99. */

const enveloped = `<Transform Algorithm="${ds}enveloped-signature"></Transform>`
const signatureOf = /<Signature xmlns="[^"]*xmldsig#">.*<\/Signature>/
/** An element of the packet's namespace that it knows nothing of. */
const any = '<Any xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016">'
const body = /<edXML:edXMLBody>[\s\S]*<\/edXML:edXMLBody>/

let authority: TestAuthority
let victim: Identity
let forger: Identity
let bench: Bench
let sealed: Buffer

beforeAll(async () => {
  authority = await testAuthority()
  victim = await authority.seal('G99')
  forger = await authority.seal('H99')
  bench = { trust: authority.trust(), holders: holdersOf([victim, 'G99'], [forger, 'H99']), at: noon }
  sealed = sealedEnvelope({ sender: 'G99', receivers: ['H99'] }, victim)
})

const text = () => sealed.toString()
const part = (pattern: RegExp) => pattern.exec(text())?.[0] ?? ''
const signature = () => part(signatureOf)
/** The packet as G99 signed it, without declaration and Signature. */
const original = () =>
  text()
    .replace(/^<\?xml[^>]*>\s*/, '')
    .replace(signatureOf, '')
const forged = () => edit(sealed, 'Về việc', 'Theo lệnh')

/** G99 signs the body alone, by its Id. */
function signedById(extra: (xml: Buffer) => Buffer = xml => xml): Buffer {
  const named = edit(sealed, '<edXML:edXMLBody>', '<edXML:edXMLBody Id="body">')
  const byId = edit(edit(named, '<Reference URI="">', '<Reference URI="#body">'), enveloped, '')
  return extra(resign(byId, victim, 'body'))
}

interface Move {
  readonly move: string
  readonly make: () => Buffer
  readonly code: VerificationCode
}

const moves: readonly Move[] = [
  {
    move: '1: the original in an Object of the Signature of a forged packet',
    make: () => edit(forged(), '</Signature>', `<Object>${original()}</Object></Signature>`),
    code: 'SIGNATURE_STRUCTURE',
  },
  {
    move: '2: the original beside the Signature, after it',
    make: () => edit(forged(), '</Signature>', `</Signature>${original()}`),
    code: 'SIGNATURE_STRUCTURE',
  },
  {
    move: '3: a forged body before the signed one, with another Id',
    make: () =>
      signedById(xml => edit(xml, '<edXML:edXMLBody Id="body">', `${forgedBody('other')}<edXML:edXMLBody Id="body">`)),
    code: 'REFERENCE_COVERAGE',
  },
  {
    move: '4: a forged body around the signed one',
    make: () =>
      signedById(xml =>
        edit(xml, /<edXML:edXMLBody Id="body">[\s\S]*<\/edXML:edXMLBody>/, '<edXML:edXMLBody>$&</edXML:edXMLBody>'),
      ),
    code: 'REFERENCE_COVERAGE',
  },
  {
    move: '5: the same Id twice, the forged one first',
    make: () =>
      signedById(xml => edit(xml, '<edXML:edXMLBody Id="body">', `${forgedBody('body')}<edXML:edXMLBody Id="body">`)),
    code: 'ID_NOT_UNIQUE',
  },
  {
    move: '6: the same Id twice, the forged one last',
    make: () => signedById(xml => edit(xml, '</edXML:edXMLBody>', `</edXML:edXMLBody>${forgedBody('body')}`)),
    code: 'ID_NOT_UNIQUE',
  },
  {
    move: '7: the original inside an element that may hold anything',
    make: () =>
      signedById(xml => {
        const [whole = ''] = /<edXML:edXMLBody Id="body">[\s\S]*<\/edXML:edXMLBody>/.exec(xml.toString()) ?? []
        return edit(
          edit(xml, whole, forgedBody('other')),
          '<AttachmentEncoded>',
          `<AttachmentEncoded>${any}${whole}</Any>`,
        )
      }),
    code: 'REFERENCE_COVERAGE',
  },
  {
    move: '8: the same inside an Object',
    make: () =>
      signedById(xml => {
        const [whole = ''] = /<edXML:edXMLBody Id="body">[\s\S]*<\/edXML:edXMLBody>/.exec(xml.toString()) ?? []
        return edit(edit(xml, whole, forgedBody('other')), '</Signature>', `<Object>${whole}</Object></Signature>`)
      }),
    code: 'SIGNATURE_STRUCTURE',
  },
  {
    move: '9: the Signature under another parent',
    make: () => edit(edit(sealed, signatureOf, ''), '</edXML:edXMLBody>', `${signature()}</edXML:edXMLBody>`),
    code: 'SIGNATURE_STRUCTURE',
  },
  ...['ID', 'id', 'xml:id', 'wsu:Id'].map(name => ({
    move: `10: the Id again as ${name}`,
    make: () =>
      signedById(xml => edit(xml, '<AttachmentEncoded>', `<AttachmentEncoded xmlns:wsu="urn:wsu" ${name}="body">`)),
    code: 'ID_NOT_UNIQUE' as const,
  })),
  {
    move: '11: an XPath transform that leaves the body out',
    make: () => {
      const xpath = `<Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><XPath>not(ancestor-or-self::*)</XPath></Transform>`
      return resign(edit(sealed, '</Transforms>', `${xpath}</Transforms>`), victim)
    },
    code: 'TRANSFORM_FORBIDDEN',
  },
  {
    move: '12: enveloped-signature twice',
    make: () => resign(edit(sealed, enveloped, enveloped + enveloped), victim),
    code: 'SIGNATURE_STRUCTURE',
  },
  {
    move: '12: a second Signature that carries content',
    make: () => edit(sealed, '<AttachmentEncoded>', `<AttachmentEncoded><Signature xmlns="${ds}"><Any/></Signature>`),
    code: 'SIGNATURE_STRUCTURE',
  },
  {
    move: '13: content under a Manifest',
    make: () =>
      resign(
        edit(sealed, '</Signature>', '<Object><Manifest><Reference URI="#body"/></Manifest></Object></Signature>'),
        victim,
      ),
    code: 'REFERENCE_FORBIDDEN',
  },
  {
    move: '13: a Reference of type Manifest',
    make: () => resign(edit(sealed, '<Reference URI="">', `<Reference URI="" Type="${ds}Manifest">`), victim),
    code: 'REFERENCE_FORBIDDEN',
  },
  { move: '14: only the body signed, the header free', make: () => signedById(), code: 'REFERENCE_COVERAGE' },
  {
    move: '15: a comment inside DigestValue',
    make: () => edit(sealed, '<DigestValue>', '<DigestValue><!-- x -->'),
    code: 'SIGNATURE_STRUCTURE',
  },
  {
    move: '15: a comment inside SignatureValue',
    make: () => edit(sealed, '</SignatureValue>', '<!-- x --></SignatureValue>'),
    code: 'SIGNATURE_STRUCTURE',
  },
  {
    move: '16: two SignedInfo, the forged one first',
    make: () => edit(sealed, '<SignedInfo>', '<SignedInfo></SignedInfo><SignedInfo>'),
    code: 'SIGNATURE_STRUCTURE',
  },
  {
    move: '16: two SignedInfo, the forged one last',
    make: () => edit(sealed, '</SignedInfo>', '</SignedInfo><SignedInfo></SignedInfo>'),
    code: 'SIGNATURE_STRUCTURE',
  },
  {
    move: '16: SignedInfo wrapped in an unknown element',
    make: () => edit(sealed, /<SignedInfo>.*<\/SignedInfo>/, '<Wrap>$&</Wrap>'),
    code: 'SIGNATURE_STRUCTURE',
  },
  {
    move: '17: the certificate that verifies behind the one that gives the name',
    make: () => withCertificates(signedByForger(), [victim, forger]),
    code: 'SIGNER_AMBIGUOUS',
  },
  {
    move: '17: the certificate that verifies before the one that gives the name',
    make: () => withCertificates(sealed, [victim, forger]),
    code: 'SIGNER_AMBIGUOUS',
  },
  {
    move: '17: a second X509Data',
    make: () => edit(sealed, '</X509Data>', '</X509Data><X509Data></X509Data>'),
    code: 'SIGNER_AMBIGUOUS',
  },
  {
    move: '18: the key of the forger beside the certificate of the victim',
    make: () => {
      const { n, e } = forger.certificate.publicKey.export({ format: 'jwk' })
      const value = [n, e].map(part => Buffer.from(part ?? '', 'base64url').toString('base64'))
      const key = `<KeyValue><RSAKeyValue><Modulus>${value[0]}</Modulus><Exponent>${value[1]}</Exponent></RSAKeyValue></KeyValue>`
      return edit(withCertificates(signedByForger(), [victim]), '<KeyInfo>', `<KeyInfo>${key}`)
    },
    code: 'SIGNATURE_MISMATCH',
  },
  {
    move: '19: two Signatures, the good one first',
    make: () => edit(sealed, '</edXML:edXMLHeader>', `${foreignSignature()}</edXML:edXMLHeader>`),
    code: 'SIGNATURE_STRUCTURE',
  },
  {
    move: '19: two Signatures, the good one last',
    make: () => edit(sealed, '<Signature xmlns', `${foreignSignature()}<Signature xmlns`),
    code: 'SIGNATURE_STRUCTURE',
  },
  {
    move: '20: the prefix ds bound to something else on a wrapper',
    make: () => edit(sealed, signatureOf, `<Wrap xmlns:ds="urn:else"><ds:Extra/>${signature()}</Wrap>`),
    code: 'SIGNATURE_STRUCTURE',
  },
  {
    move: '20: the Signature in the namespace of the packet',
    make: () =>
      edit(sealed, `<Signature xmlns="${ds}">`, '<Signature xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016">'),
    code: 'SIGNATURE_STRUCTURE',
  },
]

function forgedBody(id: string): string {
  return part(body).replace('<edXML:edXMLBody>', `<edXML:edXMLBody Id="${id}">`).replace('12.cv', '13.cv')
}

function signedByForger(): Buffer {
  return signEnvelope(Buffer.from(forged().toString().replace(signatureOf, '')), signerOf(forger))
}

function foreignSignature(): string {
  return signatureOf.exec(signedByForger().toString())?.[0] ?? ''
}

function withCertificates(xml: Buffer, identities: readonly Identity[]): Buffer {
  const elements = identities.map(
    ({ certificate: { der } }) => `<X509Certificate>${der.toString('base64')}</X509Certificate>`,
  )
  return edit(xml, /<X509Data>.*<\/X509Data>/, `<X509Data>${elements.join('')}</X509Data>`)
}

describe.each(moves)('wrapping move $move', ({ make, code }) => {
  it(`is refused with ${code}, sent as the victim or as the forger`, async () => {
    expect(await judge(make(), bench)).toMatchObject({ verdict: 'INVALID', code })
    expect(await judge(make(), { ...bench, holders: holdersOf([victim, 'H99'], [forger, 'G99']) })).toMatchObject({
      code,
    })
  })
})
