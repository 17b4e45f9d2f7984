import { noon, testAuthority } from '@docaxis/testkit'
import { beforeAll, expect, it } from 'vitest'
import { verifySignedXml } from '../../src/index.ts'
import { ds } from '../../src/names.ts'
import { edit } from '../sealing.ts'
import { type Signer, signerWith } from './identities.ts'
import { enveloped, exclusiveUri, rsaSha256, type SignWish, signXml } from './signing.ts'

/** What a Signature is made of, and what may stand in it. */

let signer: Signer

beforeAll(async () => {
  signer = await signerWith('rsa', await testAuthority())
})

function signed(document: string, wish: Omit<SignWish, 'key'> = {}): Buffer {
  return signXml(document, { key: signer.key, ...wish })
}

function judge(xml: Buffer) {
  return verifySignedXml(xml, { certificates: [signer.certificate], at: noon })
}

const byId = (uri: string) => ({ references: [{ uri }] })
const detached = (uri: string) => ({ references: [{ uri, transforms: [exclusiveUri] }] })

const twisted: readonly { readonly move: string; readonly make: () => Buffer; readonly code: string }[] = [
  {
    move: 'a comment inside DigestValue',
    make: () => edit(signed('<r><!--sign--></r>'), 'DigestValue>', 'DigestValue><!---->'),
    code: 'SIGNATURE_STRUCTURE',
  },
  {
    move: 'a processing instruction inside SignatureValue',
    make: () => edit(signed('<r><!--sign--></r>'), 'SignatureValue>', 'SignatureValue><?x?>'),
    code: 'SIGNATURE_STRUCTURE',
  },
  {
    move: 'two SignedInfo',
    make: () => edit(signed('<r><!--sign--></r>'), '</ds:SignedInfo>', '</ds:SignedInfo><ds:SignedInfo/>'),
    code: 'SIGNATURE_STRUCTURE',
  },
  {
    move: 'SignedInfo in a wrapper',
    make: () => edit(signed('<r><!--sign--></r>'), /<ds:SignedInfo>.*<\/ds:SignedInfo>/, '<w>$&</w>'),
    code: 'SIGNATURE_STRUCTURE',
  },
  {
    move: 'an unknown child of Signature',
    make: () => edit(signed('<r><!--sign--></r>'), '</ds:Signature>', '<x/></ds:Signature>'),
    code: 'SIGNATURE_STRUCTURE',
  },
  {
    move: 'a Signature inside an Object',
    make: () =>
      signed('<!--sign-->', {
        ...detached('#o'),
        objects: `<ds:Object Id="o">${signed('<r><!--sign--></r>').toString()}</ds:Object>`,
      }),
    code: 'SIGNATURE_STRUCTURE',
  },
  {
    move: 'an Object that no Reference covers',
    make: () =>
      signed('<!--sign-->', {
        ...detached('#o'),
        objects: '<ds:Object Id="o"><a/></ds:Object><ds:Object><a/></ds:Object>',
      }),
    code: 'REFERENCE_COVERAGE',
  },
  {
    move: 'a Signature that covers nothing but itself',
    make: () => signed('<!--sign-->'),
    code: 'REFERENCE_COVERAGE',
  },
  {
    move: 'a Reference to a part of the Signature',
    make: () =>
      signed('<r><!--sign--></r>', {
        ...detached('#k'),
        keyInfo: '<ds:KeyInfo Id="k"><ds:KeyName>k</ds:KeyName></ds:KeyInfo>',
      }),
    code: 'REFERENCE_COVERAGE',
  },
  {
    move: 'a Manifest',
    make: () =>
      signed('<!--sign-->', {
        ...detached('#o'),
        objects: '<ds:Object Id="o"><ds:Manifest><ds:Reference/></ds:Manifest></ds:Object>',
      }),
    code: 'REFERENCE_FORBIDDEN',
  },
  {
    move: 'a Reference of type Manifest',
    make: () => edit(signed('<r><!--sign--></r>'), 'URI=""', `URI="" Type="${ds}Manifest"`),
    code: 'REFERENCE_FORBIDDEN',
  },
  ...(['RetrievalMethod', 'KeyInfoReference'] as const).map(form => ({
    move: `a ${form}`,
    make: () => signed('<r><!--sign--></r>', { keyInfo: `<ds:KeyInfo><ds:${form} URI="#x"/></ds:KeyInfo>` }),
    code: 'REFERENCE_FORBIDDEN',
  })),
  ...[
    '<k:DEREncodedKeyValue xmlns:k="http://www.w3.org/2009/xmldsig11#">AAAA</k:DEREncodedKeyValue>',
    '<ds:KeyValue><ds:DSAKeyValue/></ds:KeyValue>',
    '<ds:KeyValue><k:ECKeyValue xmlns:k="http://www.w3.org/2009/xmldsig11#"><k:ECParameters/></k:ECKeyValue></ds:KeyValue>',
  ].map(form => ({
    move: `the key as ${form.slice(1, 30)}`,
    make: () => signed('<r><!--sign--></r>', { keyInfo: `<ds:KeyInfo>${form}</ds:KeyInfo>` }),
    code: 'KEY_FORM_FORBIDDEN',
  })),
  {
    move: 'content of the document in KeyInfo, which is signed by nobody',
    make: () =>
      signed('<r><!--sign--></r>', { keyInfo: '<ds:KeyInfo><ds:KeyValue><a>9</a></ds:KeyValue></ds:KeyInfo>' }),
    code: 'SIGNATURE_STRUCTURE',
  },
  { move: 'no Signature', make: () => Buffer.from('<r/>'), code: 'NOT_SIGNED' },
  {
    move: 'a Signature in another name space',
    make: () => edit(signed('<r><!--sign--></r>'), `xmlns:ds="${ds}"`, 'xmlns:ds="urn:other"'),
    code: 'NOT_SIGNED',
  },
  { move: 'text', make: () => Buffer.from('no XML'), code: 'XML_MALFORMED' },
  {
    move: 'a DOCTYPE',
    make: () => edit(signed('<r><!--sign--></r>'), '<r>', '<!DOCTYPE r><r>'),
    code: 'XML_DOCTYPE_FORBIDDEN',
  },
]

it.each(twisted)('refuses $move with $code', ({ make, code }) => {
  expect(judge(make())).toMatchObject({ verdict: 'INVALID', code })
})

it('tells every rule that is broken, not the first alone', () => {
  const verdict = judge(edit(signed('<r><!--sign--></r>', byId('#x')), rsaSha256, 'urn:md5'))

  expect(verdict.codes).toEqual(['REFERENCE_COVERAGE', 'ALGORITHM_NOT_ALLOWED'])
})

it('never says VALID when something inside fails', () => {
  const broken = { certificates: [{ ...signer.certificate, keyAlgorithm: undefined as never }], at: noon }

  expect(verifySignedXml(signed('<r><!--sign--></r>'), broken).verdict).toBe('INVALID')
  expect(
    verifySignedXml(
      signed(`<r><a Id="x"/><!--sign--></r>`, { references: [{ uri: '#x', transforms: [enveloped] }] }),
      broken,
    ).verdict,
  ).toBe('INVALID')
})
