import { noon, testAuthority } from '@docaxis/testkit'
import { beforeAll, describe, expect, it } from 'vitest'
import { verifySignedXml } from '../../src/index.ts'
import { ds } from '../../src/names.ts'
import { type Signer, signerWith } from './identities.ts'
import { exclusiveUri, type SignWish, signXml } from './signing.ts'

/** What may be covered, from where, and what is a wrapped original (DESIGN.md). */

let signer: Signer
let forger: Signer

beforeAll(async () => {
  const authority = await testAuthority()
  signer = await signerWith('rsa', authority)
  forger = await signerWith('rsa', authority)
})

function signed(document: string, wish: Omit<SignWish, 'key'> = {}): Buffer {
  return signXml(document, { key: signer.key, ...wish })
}

function judge(xml: Buffer) {
  return verifySignedXml(xml, { certificates: [signer.certificate], at: noon })
}

const byId = (uri: string) => ({ references: [{ uri }] })
const detached = (...uris: string[]) => ({ references: uris.map(uri => ({ uri, transforms: [exclusiveUri] })) })

describe('sound', () => {
  it.each([
    {
      what: 'the whole document, from deep inside',
      xml: () => signed('<r><head><s><!--sign--></s></head><body/></r>'),
      covers: 'document',
      parts: [{ what: 'document', name: 'r' }],
    },
    {
      what: 'the document element by its Id',
      xml: () => signed('<r xmlns="urn:r" ID="x"><!--sign--></r>', byId('#x')),
      covers: 'document',
      parts: [{ what: 'document', name: '{urn:r}r' }],
    },
    {
      what: 'one element, enveloped, and the rest unsigned',
      xml: () => signed('<r><a Id="x">1<!--sign--></a><b/></r>', byId('#x')),
      covers: 'part',
      parts: [{ what: 'element', name: 'a' }],
    },
    {
      what: 'siblings and what lies in them',
      xml: () => signed('<r><a Id="x"/><z><w xml:id="y"/></z><!--sign--></r>', detached('#x', '#y')),
      covers: 'part',
      parts: [
        { what: 'element', name: 'a' },
        { what: 'element', name: 'w' },
      ],
    },
    {
      what: 'its parent and a sibling of that',
      xml: () => signed('<r><a Id="x"><!--sign--></a><a Id="y"/></r>', { references: [{ uri: '#x' }, { uri: '#y' }] }),
      covers: 'part',
      parts: [
        { what: 'element', name: 'a' },
        { what: 'element', name: 'a' },
      ],
    },
    {
      what: 'an Object of the Signature that is the document',
      xml: () => signed('<!--sign-->', { ...detached('#o'), objects: '<ds:Object Id="o"><a>1</a></ds:Object>' }),
      covers: 'document',
      parts: [{ what: 'object' }],
    },
    {
      what: 'a name that is not ASCII',
      xml: () => signed('<r><a Id="văn-bản">1<!--sign--></a></r>', byId('#văn-bản')),
      covers: 'part',
      parts: [{ what: 'element', name: 'a' }],
    },
  ])('$what', ({ xml, covers, parts }) => {
    expect(judge(xml())).toMatchObject({
      verdict: 'VALID',
      scope: 'integrity',
      covers,
      signatures: [{ covers: parts }],
    })
  })

  it('is a document that two have signed, one after the other', () => {
    const inner = signed('<r><a Id="x"><p/><!--sign--></a><!--then--></r>', byId('#x'))
    const outer = signXml(inner.toString().replace('<!--then-->', '<!--sign-->'), { key: forger.key })

    const both = { certificates: [signer.certificate, forger.certificate], at: noon }

    expect(verifySignedXml(outer, both)).toMatchObject({ verdict: 'VALID', covers: 'document' })
    expect(judge(outer)).toMatchObject({ verdict: 'INVALID', code: 'SIGNATURE_MISMATCH' })
  })
})

const original = '<a Id="x">100<!--sign--></a>'
/** The signed element as it stands in the message, with its Signature or without. */
const parts = () => {
  const whole = /<a Id="x">.*<\/a>/.exec(signed(`<r>${original}</r>`, byId('#x')).toString())?.[0] ?? ''
  const signature = /<ds:Signature .*<\/ds:Signature>/.exec(whole)?.[0] ?? ''
  return { whole, signature, bare: whole.replace(signature, '') }
}

const wrapped: readonly { readonly move: string; readonly make: () => string; readonly code: string }[] = [
  {
    move: 'a forged document around the signed one, the Signature with the forged one',
    make: () => {
      const root = signed('<r Id="x"><a>1</a><!--sign--></r>', byId('#x')).toString()
      const signature = /<ds:Signature .*<\/ds:Signature>/.exec(root)?.[0] ?? ''
      return `<r Id="y"><a>2</a>${root.replace(signature, '')}${signature}</r>`
    },
    code: 'REFERENCE_COVERAGE',
  },
  {
    move: 'the same, the original inside the Signature',
    make: () => {
      const root = signed('<r Id="x"><a>1</a><!--sign--></r>', byId('#x')).toString()
      const signature = /<ds:Signature .*<\/ds:Signature>/.exec(root)?.[0] ?? ''
      const inside = signature.replace('</ds:Signature>', `${root.replace(signature, '')}</ds:Signature>`)
      return `<r Id="y"><a>2</a>${inside}</r>`
    },
    code: 'SIGNATURE_STRUCTURE',
  },
  {
    move: 'a forged element before the signed one',
    make: () => `<r><a Id="y">9</a>${parts().whole}</r>`,
    code: 'REFERENCE_COVERAGE',
  },
  {
    move: 'a forged element after the signed one',
    make: () => `<r>${parts().whole}<a Id="y">9</a></r>`,
    code: 'REFERENCE_COVERAGE',
  },
  {
    move: 'a forged element around the signed one',
    make: () => `<r><a Id="y">9${parts().whole}</a></r>`,
    code: 'REFERENCE_COVERAGE',
  },
  {
    move: 'the Signature in the forged element, the original beside it',
    make: () => `<r><a Id="y">9${parts().signature}</a>${parts().bare}</r>`,
    code: 'REFERENCE_COVERAGE',
  },
  {
    move: 'the original in an element that nobody reads',
    make: () => `<r><a Id="y">9</a><any>${parts().whole}</any></r>`,
    code: 'REFERENCE_COVERAGE',
  },
  {
    move: 'the original in an Object of the Signature',
    make: () => {
      const { signature, bare } = parts()
      const inside = signature.replace('</ds:Signature>', `<ds:Object>${bare}</ds:Object></ds:Signature>`)
      return `<r><a Id="y">9${inside}</a></r>`
    },
    code: 'SIGNATURE_STRUCTURE',
  },
  {
    move: 'the original in an Object elsewhere',
    make: () => `<r><a Id="y">9</a><ds:Object xmlns:ds="${ds}">${parts().whole}</ds:Object></r>`,
    code: 'REFERENCE_COVERAGE',
  },
  {
    move: 'the Signature torn out of what it signs',
    make: () => `<r>${parts().bare}${parts().signature}</r>`,
    code: 'REFERENCE_COVERAGE',
  },
  ...['Id', 'ID', 'id', 'xml:id', 'u:Id'].map(name => ({
    move: `the Id again as ${name}`,
    make: () => `<r xmlns:u="urn:u"><b ${name}="x"/>${parts().whole}</r>`,
    code: 'ID_NOT_UNIQUE',
  })),
  {
    move: 'an unsigned Signature beside the good one',
    make: () => `<r>${parts().whole}<ds:Signature xmlns:ds="${ds}"/></r>`,
    code: 'SIGNATURE_STRUCTURE',
  },
  {
    move: 'SignedInfo a second time, in a wrapper of the document',
    make: () =>
      `<r>${parts().whole}<w>${/<ds:SignedInfo>.*<\/ds:SignedInfo>/.exec(parts().whole)?.[0]}</w></r>`.replace(
        '<w>',
        `<w xmlns:ds="${ds}">`,
      ),
    code: 'SIGNATURE_STRUCTURE',
  },
]

it.each(wrapped)('refuses $move with $code', ({ make, code }) => {
  expect(judge(Buffer.from(make()))).toMatchObject({ verdict: 'INVALID', code })
})
