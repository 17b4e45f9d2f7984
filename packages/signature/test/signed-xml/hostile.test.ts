import { noon, testAuthority } from '@docaxis/testkit'
import { beforeAll, expect, it } from 'vitest'
import { verifySignedXml } from '../../src/index.ts'
import { ds } from '../../src/names.ts'
import { type Signer, signerWith } from './identities.ts'
import { enveloped, exclusiveUri, signXml, template } from './signing.ts'

/** Documents made to cost much: each has its verdict within a second of this process, however busy the machine is. */

const budgetMs = 1_000
const inclusiveUri = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'

let signer: Signer

beforeAll(async () => {
  signer = await signerWith('rsa', await testAuthority())
})

const many = (count: number, one: (index: number) => string) =>
  Array.from({ length: count }, (_, at) => one(at)).join('')
const unsigned = (references: number, uri: (index: number) => string) =>
  template({
    key: signer.key,
    references: Array.from({ length: references }, (_, at) => ({ uri: uri(at), transforms: [exclusiveUri] })),
  }).replaceAll('>DIGEST<', '>AAAA<')

const documents: readonly { readonly what: string; readonly make: () => Buffer | string }[] = [
  {
    what: '100,000 elements, signed, with twenty References to all of them',
    make: () =>
      signXml(`<r Id="r">${many(100_000, at => `<a b="${at}"/>`)}<!--sign--></r>`, {
        key: signer.key,
        references: Array.from({ length: 20 }, (_, at) => ({
          uri: at % 2 === 0 ? '' : '#r',
          transforms: [enveloped, at % 3 === 0 ? inclusiveUri : exclusiveUri],
        })),
      }),
  },
  { what: '100,000 ids', make: () => `<r>${many(100_000, at => `<a Id="i${at}"/>`)}${unsigned(1, () => '#i7')}</r>` },
  { what: '64 References', make: () => `<r>${many(64, at => `<a Id="i${at}"/>`)}${unsigned(64, at => `#i${at}`)}</r>` },
  { what: '100,000 levels', make: () => `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}` },
  { what: '100,000 attributes', make: () => `<r ${many(100_000, at => `a${at}="" `)}>${unsigned(1, () => '')}</r>` },
  {
    what: 'a long name space that 20,000 elements repeat',
    make: () => `<r xmlns:p="urn:${'x'.repeat(50_000)}">${many(20_000, () => '<p:a/>')}${unsigned(1, () => '')}</r>`,
  },
  {
    what: 'a list of 20,000 prefixes over 20,000 declarations',
    make: () => {
      const list = `<e:InclusiveNamespaces xmlns:e="${exclusiveUri}" PrefixList="${many(15_000, at => `p${at} `).slice(0, 60_000)}"/>`
      const signature = unsigned(20, () => '').replaceAll(
        `<ds:Transform Algorithm="${exclusiveUri}"/>`,
        `<ds:Transform Algorithm="${exclusiveUri}">${list}</ds:Transform>`,
      )
      return `<r>${many(20_000, at => `<a xmlns:p${at}="urn:${at}"/>`)}${signature}</r>`
    },
  },
  {
    what: '20 Signatures of 20 References to everything',
    make: () => `<r Id="r">${many(50_000, () => '<a>text</a>')}${many(20, () => unsigned(20, () => ''))}</r>`,
  },
  { what: '10,000 Signatures', make: () => `<r>${many(10_000, () => `<Signature xmlns="${ds}"/>`)}</r>` },
  {
    what: 'a KeyInfo of 100,000 parts',
    make: () =>
      `<r>${unsigned(1, () => '').replace('</ds:Signature>', `<ds:KeyInfo>${many(100_000, () => '<x/>')}</ds:KeyInfo></ds:Signature>`)}</r>`,
  },
  {
    what: 'a SignatureValue of 20 MB',
    make: () => `<r>${unsigned(1, () => '').replace('>VALUE<', `>${'A'.repeat(20_000_000)}<`)}</r>`,
  },
  {
    what: 'a SignedInfo of 5 MB',
    make: () => `<r>${unsigned(1, () => '').replace('>AAAA<', `>${'A'.repeat(5_000_000)}<`)}</r>`,
  },
  {
    what: 'SignedInfo in the scope of 15,000 name spaces',
    make: () =>
      `${many(50, level => `<r ${many(60, at => `xmlns:p${level}_${at}="urn:${level}:${at}" `)}>`)}${unsigned(1, () => '').replace(exclusiveUri, inclusiveUri)}${'</r>'.repeat(50)}`,
  },
]

it.each(documents)('decides on $what in time', ({ make }) => {
  const xml = Buffer.from(make())

  const before = process.cpuUsage()
  const { verdict } = verifySignedXml(xml, { certificates: [signer.certificate], at: noon })
  const { user, system } = process.cpuUsage(before)

  expect((user + system) / 1_000).toBeLessThan(budgetMs)
  expect(['VALID', 'INVALID']).toContain(verdict)
})
