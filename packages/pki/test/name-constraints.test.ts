import { beforeAll, expect, it } from 'vitest'
import { type Authority, type GeneralNameWish, pathExtensions } from '../src/authority/index.ts'
import type { Extension } from '../src/index.ts'
import { judgeChain, rootAuthority } from './chain.ts'

const { nameConstraints, alternativeNames } = pathExtensions
let root: Authority

beforeAll(async () => {
  root = await rootAuthority()
})

const v4 = { address: 'c0000200ffffff00' }
const cases: readonly { name: GeneralNameWish; base: GeneralNameWish; permitted: boolean; excluded?: boolean }[] = [
  { name: { dns: 'a.example.vn' }, base: { dns: 'example.vn' }, permitted: true },
  { name: { dns: 'EXAMPLE.vn' }, base: { dns: 'example.vn' }, permitted: true },
  { name: { dns: 'notexample.vn' }, base: { dns: 'example.vn' }, permitted: false },
  { name: { dns: '*.example.vn' }, base: { dns: 'example.vn' }, permitted: true },
  { name: { dns: '*.example.vn' }, base: { dns: 'a.example.vn' }, permitted: false, excluded: true },
  { name: { dns: 'example..vn' }, base: { dns: 'other.vn' }, permitted: false, excluded: true },
  { name: { mail: 'a@example.vn' }, base: { mail: 'example.vn' }, permitted: true },
  { name: { mail: 'a@b.example.vn' }, base: { mail: 'example.vn' }, permitted: false },
  { name: { mail: 'a@b.example.vn' }, base: { mail: '.example.vn' }, permitted: true },
  { name: { mail: 'a@example.vn' }, base: { mail: '.example.vn' }, permitted: false },
  { name: { mail: 'a@Example.vn' }, base: { mail: 'a@example.vn' }, permitted: true },
  { name: { mail: 'A@example.vn' }, base: { mail: 'a@example.vn' }, permitted: false, excluded: true },
  { name: { mail: 'nobody' }, base: { mail: 'example.vn' }, permitted: false, excluded: true },
  { name: { uri: 'https://a.example.vn:8443/x' }, base: { uri: '.example.vn' }, permitted: true },
  { name: { uri: 'https://example.vn' }, base: { uri: '.example.vn' }, permitted: false },
  { name: { uri: 'https://example.vn' }, base: { uri: 'example.vn' }, permitted: true },
  { name: { uri: 'https://evil.vn/@example.vn' }, base: { uri: 'example.vn' }, permitted: false },
  { name: { uri: 'https://example.vn@evil.vn/' }, base: { uri: 'example.vn' }, permitted: false },
  { name: { uri: 'https://192.0.2.1/' }, base: { uri: 'example.vn' }, permitted: false, excluded: true },
  { name: { uri: 'urn:x' }, base: { uri: 'example.vn' }, permitted: false, excluded: true },
  { name: { address: 'c0000201' }, base: v4, permitted: true },
  { name: { address: 'c0000301' }, base: v4, permitted: false },
  { name: { address: '20010db8000000000000000000000001' }, base: v4, permitted: false },
  { name: { address: 'c0000201' }, base: { address: 'c0000200ff00ff00' }, permitted: false, excluded: true },
  {
    name: { directory: { country: 'VN', organization: 'A b' } },
    base: { directory: { country: 'VN', organization: ' a  B' } },
    permitted: true,
  },
  {
    name: { directory: { country: 'VN' } },
    base: { directory: { country: 'VN', organization: 'A' } },
    permitted: false,
  },
  { name: { id: '1.2.3' }, base: { id: '1.2' }, permitted: false, excluded: true },
]

it.each(cases)('$name below $base: permitted $permitted', async ({ name, base, permitted, excluded = permitted }) => {
  const limited = (limits: Extension) =>
    judgeChain(root, [[limits], [alternativeNames(name)]], {}, { subject: { commonName: '', country: 'VN' } })
  // The subject is a directory name as well, and must stay inside what is permitted.
  const own: readonly GeneralNameWish[] = 'directory' in base ? [{ directory: { country: 'VN', commonName: '' } }] : []

  const inPermitted = await limited(nameConstraints({ permitted: [base, ...own] }))
  const inExcluded = await limited(nameConstraints({ excluded: [base] }))

  expect(inPermitted.rule).toBe(permitted ? '-' : 'V32')
  expect(inExcluded.rule).toBe(excluded ? 'V32' : '-')
})

it('name constraints hold for the mail address in a subject', async () => {
  const subject = { commonName: 'Leaf', emailAddress: 'a@other.vn' }
  const result = await judgeChain(
    root,
    [[nameConstraints({ permitted: [{ mail: 'example.vn' }] })], []],
    {},
    { subject },
  )

  expect(result).toMatchObject({ code: 'PATH_INVALID', rule: 'V32' })
})

it('name constraints of every authority hold, not those of the last alone', async () => {
  const outer = nameConstraints({ permitted: [{ dns: 'a.example.vn' }] })
  const inner = nameConstraints({ permitted: [{ dns: 'example.vn' }] })

  expect(await judgeChain(root, [[outer], [inner], [alternativeNames({ dns: 'b.example.vn' })]])).toMatchObject({
    rule: 'V32',
  })
})
