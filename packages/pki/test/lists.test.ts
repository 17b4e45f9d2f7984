import { daysFromNoon, itWithPrograms, noon } from '@docaxis/testkit'
import { beforeAll, expect, it } from 'vitest'
import { type Authority, type CrlWish, createAuthority, pathExtensions } from '../src/authority/index.ts'
import {
  type Certificate,
  createTrust,
  type Extension,
  type PathQuestion,
  parseCrl,
  validatePath,
} from '../src/index.ts'
import { opensslAccepts } from './judges/openssl-verify.ts'

const itWithOpenssl = itWithPrograms('openssl')
const times = { notBefore: daysFromNoon(-100), notAfter: daysFromNoon(100) }
const { issuingDistributionPoint: scope, distributionPoints: points } = pathExtensions
const here = { uri: 'http://crl.example.vn/1' }
const there = { uri: 'http://crl.example.vn/2' }
const freshest = { ...points({ names: [there] }), id: '2.5.29.46' }
const keyAndCa = [1, 2]
const allOthers = [3, 4, 5, 6, 7, 8]
const reasonIn = (reason: 'certificateHold' | 'removeFromCRL' | 'keyCompromise') => ({ reason })

let root: Authority
let ca: Authority
/** Certified by the root to sign lists for others, and named to do so. */
let clerk: Authority
/** Another key of `ca`, certified by its first one to sign lists. */
let listKey: Authority
/** Certified by `ca`, which names it as the issuer of the list on its own certificate. */
let selfNamed: Authority
const leaves = new Map<string, Certificate>()

beforeAll(async () => {
  root = await createAuthority({ name: 'Root', keyType: 'ec', ...times })
  ca = await root.issueAuthority({ name: 'CA', keyType: 'ec', ...times })
  clerk = await authorityFor(root, 'Clerk')
  selfNamed = await authorityFor(ca, 'Self', points({ names: [here], crlIssuer: { commonName: 'Self' } }))
  listKey = await authorityFor(ca, 'CA', points({ names: [here] }))
  const clerksName = { commonName: 'Clerk' }
  const wishes = {
    plain: [],
    freshest: [freshest],
    pointed: [points({ names: [here] })],
    relative: [points({ relative: 'P' })],
    indirect: [points({ names: [here], crlIssuer: clerksName })],
    bySelf: [points({ names: [here], crlIssuer: { commonName: 'Self' } })],
    nameless: [points({ crlIssuer: clerksName })],
    reasons: [points({ names: [here], reasons: keyAndCa }, { names: [there], reasons: allOthers })],
  }
  for (const [kind, extensions] of Object.entries(wishes)) leaves.set(kind, await leafWith(extensions))
})

/** A key that may sign lists and nothing else. */
async function authorityFor(issuer: Authority, commonName: string, ...extensions: Extension[]): Promise<Authority> {
  const wish = { subject: { commonName }, keyType: 'ec', keyUsage: ['cRLSign'], extensions, ...times } as const
  const { privateKeyPem, certificatePem } = await issuer.issueIdentity(wish)
  return createAuthority({ name: '-', keyPem: privateKeyPem, certificatePem, ...times })
}

async function leafWith(extensions: readonly Extension[]): Promise<Certificate> {
  const wish = { subject: { commonName: 'Leaf' }, keyType: 'ec', keyUsage: ['digitalSignature'], ...times } as const
  return (await ca.issueIdentity({ ...wish, extensions })).certificate
}

const leaf = (kind: string): Certificate => {
  const certificate = leaves.get(kind)
  if (!certificate) throw new TypeError(kind)
  return certificate
}

function list(signer: Authority, wish: Partial<CrlWish> = {}): Buffer {
  return signer.crl({ thisUpdate: daysFromNoon(-1), nextUpdate: daysFromNoon(1), number: 5, revoked: [], ...wish })
}

const revoked = (kind: string, how: Partial<CrlWish['revoked'][number]> = {}) => ({
  serial: leaf(kind).serial,
  at: daysFromNoon(-2),
  ...how,
})
const only = (...entries: CrlWish['revoked']) => ({ revoked: entries })

interface Case {
  readonly rule: string
  readonly kind?: string
  readonly lists: () => readonly Buffer[]
  readonly code: string
  /** What openssl makes of it differs, and DESIGN.md says why. */
  readonly opensslDiffers?: boolean
}

const sectionScope: readonly Case[] = [
  { rule: 'a list of the issuer', lists: () => [list(ca)], code: 'OK' },
  { rule: 'no list', lists: () => [], code: 'REVOCATION_UNAVAILABLE' },
  {
    rule: 'a list for authorities only',
    lists: () => [list(ca, { extensions: [scope({ onlyAuthorities: true })] })],
    code: 'REVOCATION_UNAVAILABLE',
  },
  { rule: 'a list for users only', lists: () => [list(ca, { extensions: [scope({ onlyUsers: true })] })], code: 'OK' },
  {
    rule: 'a list for attribute certificates',
    lists: () => [list(ca, { extensions: [scope({ onlyAttributes: true })] })],
    code: 'REVOCATION_UNAVAILABLE',
  },
  {
    rule: 'a list of its distribution point',
    kind: 'pointed',
    lists: () => [list(ca, { extensions: [scope({ names: [there, here] })] })],
    code: 'OK',
  },
  {
    rule: 'a list of another point',
    kind: 'pointed',
    lists: () => [list(ca, { extensions: [scope({ names: [there] })] })],
    code: 'REVOCATION_UNAVAILABLE',
  },
  {
    rule: 'a list of some point, for a certificate that names none',
    lists: () => [list(ca, { extensions: [scope({ names: [here] })] })],
    code: 'REVOCATION_UNAVAILABLE',
  },
  { rule: 'a list without a point, for a certificate with one', kind: 'pointed', lists: () => [list(ca)], code: 'OK' },
  {
    rule: 'two names relative to the issuer',
    kind: 'relative',
    lists: () => [list(ca, { extensions: [scope({ relative: 'P' })] })],
    code: 'OK',
  },
  {
    rule: 'another relative name',
    kind: 'relative',
    lists: () => [list(ca, { extensions: [scope({ relative: 'Q' })] })],
    code: 'REVOCATION_UNAVAILABLE',
  },
  {
    rule: 'an unknown critical extension of the list',
    lists: () => [list(ca, { extensions: [{ id: '1.2.3.4', critical: true, value: Buffer.of(5, 0) }] })],
    code: 'REVOCATION_UNAVAILABLE',
  },
  {
    rule: 'an unknown extension of the list',
    lists: () => [list(ca, { extensions: [{ id: '1.2.3.4', critical: false, value: Buffer.of(5, 0) }] })],
    code: 'OK',
  },
]

const sectionReasons: readonly Case[] = [
  {
    rule: 'lists that cover all reasons together',
    kind: 'reasons',
    lists: () => [reasonList(here, keyAndCa), reasonList(there, allOthers)],
    code: 'OK',
  },
  {
    rule: 'a list for some reasons only',
    kind: 'reasons',
    lists: () => [reasonList(here, keyAndCa)],
    code: 'REVOCATION_UNAVAILABLE',
  },
  {
    rule: 'lists with one reason missing',
    kind: 'reasons',
    lists: () => [reasonList(here, keyAndCa), reasonList(there, [3, 4, 5, 6, 7])],
    code: 'REVOCATION_UNAVAILABLE',
  },
  {
    rule: 'a revocation in the second of two',
    kind: 'reasons',
    lists: () => [reasonList(here, keyAndCa), reasonList(there, allOthers, only(revoked('reasons')))],
    code: 'CERTIFICATE_REVOKED',
  },
  {
    rule: 'a revocation in a list for some reasons, the others missing',
    kind: 'reasons',
    lists: () => [reasonList(here, keyAndCa, only(revoked('reasons', reasonIn('keyCompromise'))))],
    code: 'CERTIFICATE_REVOKED',
  },
]

function reasonList(name: typeof here, reasons: number[], wish: Partial<CrlWish> = {}): Buffer {
  return list(ca, { extensions: [scope({ names: [name], reasons })], ...wish })
}

const delta = (wish: Partial<CrlWish> = {}) => list(ca, { number: 7, base: 4, ...wish })
const old = { thisUpdate: daysFromNoon(-9), nextUpdate: daysFromNoon(-8) }
const sectionDeltas: readonly Case[] = [
  { rule: 'a delta without its base', lists: () => [delta()], code: 'REVOCATION_UNAVAILABLE' },
  { rule: 'a delta on its base', lists: () => [list(ca), delta()], code: 'OK' },
  {
    rule: 'a revocation in the base',
    lists: () => [list(ca, only(revoked('plain'))), delta()],
    code: 'CERTIFICATE_REVOKED',
  },
  {
    rule: 'a revocation in the delta',
    kind: 'freshest',
    lists: () => [list(ca), delta(only(revoked('freshest')))],
    code: 'CERTIFICATE_REVOKED',
  },
  {
    rule: 'a hold in the base that the delta ends',
    kind: 'freshest',
    lists: () => [
      list(ca, only(revoked('freshest', reasonIn('certificateHold')))),
      delta(only(revoked('freshest', reasonIn('removeFromCRL')))),
    ],
    code: 'OK',
  },
  {
    rule: 'a hold that the delta makes final',
    lists: () => [
      list(ca, only(revoked('plain', reasonIn('certificateHold')))),
      delta(only(revoked('plain', reasonIn('keyCompromise')))),
    ],
    code: 'CERTIFICATE_REVOKED',
  },
  {
    rule: 'a delta to a later base',
    kind: 'freshest',
    lists: () => [list(ca, old), delta({ base: 6 })],
    code: 'REVOCATION_STALE',
  },
  {
    rule: 'a base that is out of date, with a delta of today',
    kind: 'freshest',
    lists: () => [list(ca, old), delta()],
    code: 'OK',
  },
  {
    rule: 'a delta older than the complete list',
    lists: () => [list(ca, { number: 8 }), delta(only(revoked('plain', reasonIn('certificateHold'))))],
    code: 'OK',
  },
  {
    rule: 'a delta of another scope',
    kind: 'freshest',
    lists: () => [
      list(ca),
      delta({ extensions: [scope({ onlyUsers: true })], ...only(revoked('freshest', reasonIn('certificateHold'))) }),
    ],
    code: 'OK',
  },
]

const clerkScope = scope({ names: [here], indirect: true })
const clerkList = (wish: Partial<CrlWish> = {}) => list(clerk, { extensions: [clerkScope], ...wish })
const ofCa = { issuer: { commonName: 'CA' } }
const sectionIndirect: readonly Case[] = [
  { rule: 'a list of the issuer it names', kind: 'indirect', lists: () => [clerkList()], code: 'OK' },
  {
    rule: 'a revocation there, for the issuer of the certificate',
    kind: 'indirect',
    lists: () => [clerkList(only(revoked('indirect', ofCa)))],
    code: 'CERTIFICATE_REVOKED',
  },
  {
    rule: 'the serial there, for another issuer',
    kind: 'indirect',
    lists: () => [clerkList(only(revoked('indirect')))],
    code: 'OK',
  },
  {
    rule: 'the serial behind an entry for its issuer',
    kind: 'indirect',
    lists: () => [clerkList(only({ serial: '0a', at: noon, ...ofCa }, revoked('indirect')))],
    code: 'CERTIFICATE_REVOKED',
  },
  {
    rule: 'the serial behind entries for its issuer and then another',
    kind: 'indirect',
    lists: () => [
      clerkList(only({ serial: '0a', at: noon, ...ofCa }, revoked('indirect', { issuer: { commonName: 'Other' } }))),
    ],
    code: 'OK',
  },
  {
    rule: 'a list that is not marked as indirect',
    kind: 'indirect',
    lists: () => [list(clerk, { extensions: [scope({ names: [here] })] })],
    code: 'REVOCATION_UNAVAILABLE',
  },
  {
    rule: 'a point without a name, by the issuer of the list',
    kind: 'nameless',
    lists: () => [
      list(clerk, { extensions: [scope({ names: [{ directory: { commonName: 'Clerk' } }], indirect: true })] }),
    ],
    code: 'OK',
  },
  {
    rule: 'a list of somebody nobody named',
    kind: 'pointed',
    lists: () => [clerkList()],
    code: 'REVOCATION_UNAVAILABLE',
  },
]

const sectionKeys: readonly Case[] = [
  {
    rule: 'another key of the issuer, whose own list is there',
    lists: () => [list(listKey), list(ca, { extensions: [scope({ names: [here] })] })],
    code: 'OK',
  },
  {
    rule: 'another key of the issuer, itself revoked',
    lists: () => [
      list(listKey),
      list(ca, {
        extensions: [scope({ names: [here] })],
        revoked: [{ serial: listKey.certificate.serial, at: daysFromNoon(-2) }],
      }),
    ],
    code: 'REVOCATION_UNAVAILABLE',
  },
  {
    rule: 'another key of the issuer, that only its own list speaks of',
    lists: () => [list(listKey)],
    code: 'REVOCATION_UNAVAILABLE',
    opensslDiffers: true,
  },
]

const selfList = (wish: Partial<CrlWish> = {}) => list(selfNamed, { extensions: [clerkScope], ...wish })
const sectionSelf: readonly Case[] = [
  {
    rule: 'a signer whose authority left its own status to it',
    kind: 'bySelf',
    lists: () => [selfList()],
    code: 'OK',
    opensslDiffers: true,
  },
  {
    rule: 'such a signer that says it is revoked',
    kind: 'bySelf',
    lists: () => [selfList(only({ serial: selfNamed.certificate.serial, at: daysFromNoon(-2), ...ofCa }))],
    code: 'REVOCATION_UNAVAILABLE',
  },
]

const sectionTimes: readonly Case[] = [
  { rule: 'a list out of date', lists: () => [list(ca, old)], code: 'REVOCATION_STALE' },
  {
    rule: 'a final revocation in a list out of date',
    lists: () => [list(ca, { ...old, revoked: [revoked('plain', { at: daysFromNoon(-20) })] })],
    code: 'CERTIFICATE_REVOKED',
  },
  {
    rule: 'a hold in a list out of date',
    lists: () => [
      list(ca, { ...old, revoked: [revoked('plain', { at: daysFromNoon(-20), reason: 'certificateHold' })] }),
    ],
    code: 'REVOCATION_STALE',
  },
  {
    rule: 'a hold in a list of today',
    lists: () => [list(ca, only(revoked('plain', reasonIn('certificateHold'))))],
    code: 'CERTIFICATE_REVOKED',
  },
  {
    rule: 'a hold that a newer list has ended',
    lists: () => [
      list(ca, only(revoked('plain', reasonIn('certificateHold')))),
      list(ca, { number: 6, thisUpdate: daysFromNoon(-0.5) }),
    ],
    code: 'OK',
    opensslDiffers: true,
  },
]

const sections = [
  ...sectionScope,
  ...sectionReasons,
  ...sectionDeltas,
  ...sectionIndirect,
  ...sectionKeys,
  ...sectionSelf,
  ...sectionTimes,
]

function question(kind: string, crls: readonly Buffer[]): PathQuestion {
  const trust = createTrust({ anchors: [root.certificate], crls: [list(root), ...crls].map(parseCrl) })
  const intermediates = [ca, clerk, listKey, selfNamed].map(({ certificate }) => certificate)
  return { certificate: leaf(kind), intermediates, trust, at: noon, purpose: 'any' }
}

it.each(sections)('answers $code to $rule', ({ kind = 'plain', lists, code }) => {
  expect(validatePath(question(kind, lists())).code).toBe(code)
})

itWithOpenssl.each(sections.filter(({ opensslDiffers }) => !opensslDiffers))(
  'agrees with openssl on $rule',
  ({ kind = 'plain', lists, code }) => {
    const path = [leaf(kind), ...[ca, clerk, listKey, selfNamed].map(({ certificate }) => certificate)]

    const accepted = opensslAccepts({ anchor: root.certificate, path, at: noon, crls: [list(root), ...lists()] })

    expect(accepted).toBe(code === 'OK')
  },
)

it('uses the lists it names, delta and base', () => {
  const result = validatePath(question('plain', [list(ca), delta()]))

  expect(result.crls.map(({ number, scope: { delta: isDelta } }) => [number, isDelta])).toEqual([
    ['5', false],
    ['7', true],
    ['5', false],
  ])
})
