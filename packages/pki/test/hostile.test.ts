import { daysFromNoon, noon } from '@docaxis/testkit'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Authority, createAuthority, pathExtensions } from '../src/authority/index.ts'
import { encode, integer, objectId, sequence } from '../src/der-writer.ts'
import { type Certificate, createTrust, DerError, parseCertificate, parseCrl, validatePath } from '../src/index.ts'
import { type Chance, chanceOf } from './judges/random-paths.ts'

const times = { notBefore: daysFromNoon(-100), notAfter: daysFromNoon(100) }
const current = { thisUpdate: daysFromNoon(-1), nextUpdate: daysFromNoon(1), number: 5 }
const mutants = 1500

let root: Authority
let ca: Authority
let leaf: Certificate
let list: Buffer
let rootList: Buffer

beforeAll(async () => {
  const { policies, policyMappings, policyConstraints, inhibitAnyPolicy, nameConstraints } = pathExtensions
  const { alternativeNames, distributionPoints, issuingDistributionPoint } = pathExtensions
  const here = { uri: 'http://crl.example.vn/1' }
  root = await createAuthority({ name: 'Root', keyType: 'ec', ...times })
  ca = await root.issueAuthority({
    name: 'CA',
    keyType: 'ec',
    extensions: [
      policies('1.2.3', 'any'),
      policyMappings(['1.2.3', '1.2.4']),
      policyConstraints({ explicit: 3, mapping: 3 }),
      inhibitAnyPolicy(4),
      nameConstraints({
        permitted: [{ dns: 'example.vn' }, { address: 'c0000200ffffff00' }],
        excluded: [{ mail: 'a@b.vn' }],
      }),
    ],
    ...times,
  })
  const extensions = [
    policies('1.2.4'),
    alternativeNames({ dns: 'www.example.vn' }, { mail: 'b@b.vn' }, { address: 'c0000201' }),
    distributionPoints({ names: [here], reasons: [1, 2, 3, 4, 5, 6, 7, 8] }),
  ]
  const wish = { subject: { commonName: 'Leaf' }, keyType: 'ec', keyUsage: ['digitalSignature'], ...times } as const
  leaf = (await ca.issueIdentity({ ...wish, extensions })).certificate
  const revoked = [
    { serial: '0a', at: noon, reason: 'keyCompromise' },
    { serial: '0b', at: noon, issuer: { commonName: 'CA' } },
  ] as const
  list = ca.crl({ ...current, revoked, extensions: [issuingDistributionPoint({ names: [here], indirect: true })] })
  rootList = root.crl({ ...current, revoked: [] })
})

function judge(der: { readonly leaf?: Buffer; readonly ca?: Buffer; readonly list?: Buffer }): string {
  try {
    const certificate = parseCertificate(der.leaf ?? leaf.der)
    const intermediates = [parseCertificate(der.ca ?? ca.certificate.der)]
    const crls = [parseCrl(rootList), parseCrl(der.list ?? list)]
    const trust = createTrust({ anchors: [root.certificate], crls })
    return validatePath({ certificate, intermediates, trust, at: noon, purpose: 'any' }).verdict
  } catch (error) {
    if (error instanceof DerError) return 'unreadable'
    throw error
  }
}

/** Octets flipped, dropped, doubled, or a length made enormous. */
function mutated(bytes: Buffer, chance: Chance): Buffer {
  const place = Math.floor(chance() * bytes.length)
  const kind = chance()
  const copy = Buffer.from(bytes)
  if (kind < 0.5) {
    copy[place] = (copy[place] ?? 0) ^ (1 << Math.floor(chance() * 8))
    return copy
  }
  if (kind < 0.7) return copy.subarray(0, place)
  if (kind < 0.8) return Buffer.concat([copy.subarray(0, place), copy.subarray(place + 1)])
  if (kind < 0.9) return Buffer.concat([copy.subarray(0, place), copy.subarray(Math.max(0, place - 9))])
  return Buffer.concat([copy.subarray(0, place), Buffer.from('847fffffff', 'hex'), copy.subarray(place)])
}

it('holds with everything as it was issued', () => {
  expect(judge({})).toBe('VALID')
})

it.each(['leaf', 'ca', 'list'] as const)('survives whatever becomes of the %s, and calls none of it valid', part => {
  const chance = chanceOf(part.length)
  const original = { leaf: leaf.der, ca: ca.certificate.der, list }[part]

  const verdicts = new Set<string>()
  for (let count = 0; count < mutants; count += 1) {
    const bytes = mutated(original, chance)
    if (!bytes.equals(original)) verdicts.add(judge({ [part]: bytes }))
  }

  expect(verdicts).not.toContain('VALID')
  expect(verdicts).toContain('unreadable')
})

/** A certificate with these bytes for an extension: its signature is nobody's, its reader must survive it. */
function certificateWith(id: string, value: Buffer): Buffer {
  const extension = sequence(objectId(id), encode(0x04, value))
  const extensions = encode(0xa3, sequence(extension))
  const algorithm = sequence(objectId('1.2.840.10045.4.3.2'))
  const name = leaf.issuer.der
  const validity = sequence(encode(0x17, Buffer.from('290101000000Z')), encode(0x17, Buffer.from('310101000000Z')))
  const tbs = sequence(
    encode(0xa0, integer('2')),
    integer('1'),
    algorithm,
    name,
    validity,
    name,
    leaf.publicKeyDer,
    extensions,
  )
  return sequence(tbs, algorithm, encode(0x03, Buffer.of(0, 1)))
}

describe('an extension whose content', () => {
  const known = ['14', '15', '17', '18', '19', '30', '31', '32', '33', '35', '36', '37', '46', '54'].map(
    arc => `2.5.29.${arc}`,
  )
  const nested = (depth: number) =>
    Array.from({ length: depth }).reduce<Buffer>(inner => encode(0x30, inner), Buffer.alloc(0))
  const contents = [
    { what: 'is nested a thousand deep', value: nested(1000) },
    { what: 'is empty', value: Buffer.alloc(0) },
    { what: 'is an empty sequence', value: sequence() },
    { what: 'is a number of a thousand octets', value: encode(0x02, Buffer.alloc(1000, 0x7f)) },
    { what: 'is 10,000 empty sequences', value: sequence(Buffer.alloc(20_000, Buffer.from('3000', 'hex'))) },
    {
      what: 'is 10,000 object identifiers',
      value: sequence(...Array.from({ length: 10_000 }, () => objectId('1.2.3'))),
    },
    { what: 'is noise', value: Buffer.from('a5'.repeat(300), 'hex') },
  ]

  it.each(contents)('$what is refused or read, and never valid', ({ value }) => {
    for (const id of known) expect(judge({ leaf: certificateWith(id, value) })).not.toBe('VALID')
  })
})

it('follows policies that map onto each other in every certificate without growing with the ways through', async () => {
  const ids = Array.from({ length: 30 }, (_, index) => `1.2.3.${index}`)
  const everyPair = ids.flatMap(issuer => ids.map(subject => [issuer, subject] as const))
  const extensions = [pathExtensions.policies(...ids), pathExtensions.policyMappings(...everyPair)]
  const authorities = [root]
  for (let depth = 0; depth < 7; depth += 1) {
    const [issuer = root] = authorities
    authorities.unshift(await issuer.issueAuthority({ name: `CA ${depth}`, keyType: 'ec', extensions, ...times }))
  }
  const [last = root, ...above] = authorities
  const { certificate } = await last.issueIdentity({
    subject: { commonName: 'Leaf' },
    keyType: 'ec',
    extensions: [pathExtensions.policies(...ids)],
    ...times,
  })
  const intermediates = [last, ...above].map(authority => authority.certificate)
  const trust = createTrust({ anchors: [root.certificate], crls: [] })
  const policy = { initial: ['1.2.3.7'], explicit: true, inhibitMapping: false, inhibitAny: false }

  const result = validatePath({
    certificate,
    intermediates,
    trust,
    at: noon,
    purpose: 'any',
    revocation: 'none',
    policy,
  })

  expect(result).toMatchObject({ verdict: 'VALID', policies: ['1.2.3.7'] })
})

it('ends where every authority has certified every other', async () => {
  const count = 12
  const authorities = await Promise.all(
    Array.from({ length: count }, (_, index) => createAuthority({ name: `CA ${index}`, keyType: 'ec', ...times })),
  )
  const [first = root] = authorities
  const crossed = await Promise.all(
    authorities.flatMap(issuer =>
      authorities.map(async subject => {
        const publicKeyPem = subject.certificate.publicKey.export({ type: 'spki', format: 'pem' }).toString()
        const name = { commonName: subject.certificate.subject.text.slice(3) }
        return (await issuer.issue({ subject: name, publicKeyPem, ca: true, ...times })).certificate
      }),
    ),
  )
  const certificate = (await first.issueIdentity({ subject: { commonName: 'Leaf' }, keyType: 'ec', ...times }))
    .certificate
  const trust = createTrust({ anchors: [root.certificate], crls: [] })

  const result = validatePath({ certificate, intermediates: crossed, trust, at: noon, purpose: 'any' })

  expect(result).toMatchObject({ verdict: 'INDETERMINATE', code: 'PATH_NOT_FOUND' })
})
