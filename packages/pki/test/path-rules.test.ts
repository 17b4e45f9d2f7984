import { daysFromNoon, noon } from '@docaxis/testkit'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  type Authority,
  type AuthorityWish,
  type CertificateWish,
  createAuthority,
  type GeneralNameWish,
  pathExtensions,
} from '../src/authority/index.ts'
import {
  type Anchor,
  createTrust,
  type Extension,
  type PathQuestion,
  type PathResult,
  type PolicyQuestion,
  validatePath,
} from '../src/index.ts'

const times = { notBefore: daysFromNoon(-100), notAfter: daysFromNoon(100) }
const { policies, policyMappings, policyConstraints, inhibitAnyPolicy, nameConstraints, alternativeNames } =
  pathExtensions
const [gold, silver, bronze] = ['1.2.3.1', '1.2.3.2', '1.2.3.3'] as const
const anyPolicy = '2.5.29.32.0'
let root: Authority

beforeAll(async () => {
  root = await createAuthority({ name: 'Root', keyType: 'ec', ...times })
})

type Chain = readonly (readonly Extension[])[]
type Changes = Partial<AuthorityWish>

/** Authorities below the root with these extensions, top first, and the leaf with the last of them. */
async function judge(
  chain: Chain,
  question: Partial<PathQuestion> = {},
  leafWish: Partial<CertificateWish> = {},
): Promise<PathResult> {
  const authorities = [root]
  for (const [index, extensions] of chain.slice(0, -1).entries()) {
    authorities.unshift(await below(authorities[0] ?? root, { name: `CA ${index}`, extensions }))
  }
  const [issuer = root] = authorities
  const subject = { commonName: 'Leaf' }
  const wish = {
    subject,
    keyType: 'ec',
    keyUsage: ['digitalSignature'],
    ...times,
    extensions: chain.at(-1) ?? [],
  } as const
  const { certificate } = await issuer.issueIdentity({ ...wish, ...leafWish })
  const intermediates = authorities.map(authority => authority.certificate)
  const trust = createTrust({ anchors: [root.certificate], crls: [] })
  return validatePath({ certificate, intermediates, trust, at: noon, purpose: 'any', revocation: 'none', ...question })
}

function below(issuer: Authority, changes: Changes): Promise<Authority> {
  return issuer.issueAuthority({ name: 'CA', keyType: 'ec', ...times, ...changes })
}

function asking(changes: Partial<PolicyQuestion>): PolicyQuestion {
  return { initial: [anyPolicy], explicit: true, inhibitMapping: false, inhibitAny: false, ...changes }
}

describe('policies', () => {
  const cases: readonly {
    rule: string
    chain: Chain
    policy: Partial<PolicyQuestion>
    found: readonly string[] | 'V33'
  }[] = [
    { rule: 'the same all the way', chain: [[policies(gold)], [policies(gold)]], policy: {}, found: [gold] },
    { rule: 'different ones, required', chain: [[policies(gold)], [policies(silver)]], policy: {}, found: 'V33' },
    {
      rule: 'different ones, not required',
      chain: [[policies(gold)], [policies(silver)]],
      policy: { explicit: false },
      found: [],
    },
    { rule: 'none in the leaf', chain: [[policies(gold)], []], policy: {}, found: 'V33' },
    {
      rule: 'one that is acceptable',
      chain: [[policies(gold, silver)], [policies(gold, silver)]],
      policy: { initial: [silver] },
      found: [silver],
    },
    {
      rule: 'none that is acceptable',
      chain: [[policies(gold)], [policies(gold)]],
      policy: { initial: [silver] },
      found: 'V33',
    },
    {
      rule: 'any-policy above',
      chain: [[policies('any')], [policies(gold)]],
      policy: { initial: [gold] },
      found: [gold],
    },
    {
      rule: 'any-policy all the way',
      chain: [[policies('any')], [policies('any')]],
      policy: { initial: [gold] },
      found: [gold],
    },
    {
      rule: 'any-policy, inhibited from the start',
      chain: [[policies('any')], [policies(gold)]],
      policy: { inhibitAny: true },
      found: 'V33',
    },
    {
      rule: 'any-policy where an authority ended it',
      chain: [[policies(gold), inhibitAnyPolicy(0)], [policies('any')]],
      policy: {},
      found: 'V33',
    },
    {
      rule: 'any-policy one before an authority ends it',
      chain: [[policies(gold), inhibitAnyPolicy(1)], [policies('any')], [policies(gold)]],
      policy: {},
      found: [gold],
    },
    {
      rule: 'a mapping',
      chain: [[policies(gold), policyMappings([gold, silver])], [policies(silver)]],
      policy: { initial: [gold] },
      found: [gold],
    },
    {
      rule: 'the old name behind a mapping',
      chain: [[policies(gold), policyMappings([gold, silver])], [policies(gold)]],
      policy: {},
      found: 'V33',
    },
    {
      rule: 'a mapping, inhibited from the start',
      chain: [[policies(gold), policyMappings([gold, silver])], [policies(silver)]],
      policy: { inhibitMapping: true },
      found: 'V33',
    },
    {
      rule: 'a mapping where an authority ended them',
      chain: [
        [policies(gold), policyConstraints({ mapping: 0 })],
        [policies(gold), policyMappings([gold, silver])],
        [policies(silver)],
      ],
      policy: {},
      found: 'V33',
    },
    {
      rule: 'two mappings in a row',
      chain: [
        [policies(gold), policyMappings([gold, silver])],
        [policies(silver), policyMappings([silver, bronze])],
        [policies(bronze)],
      ],
      policy: { initial: [gold] },
      found: [gold],
    },
    {
      rule: 'a mapping of any-policy',
      chain: [[policies(gold), policyMappings([anyPolicy, silver])], [policies(silver)]],
      policy: { explicit: false },
      found: 'V33',
    },
    {
      rule: 'a mapping below any-policy',
      chain: [[policies('any'), policyMappings([gold, silver])], [policies(silver)]],
      policy: { initial: [gold] },
      found: [gold],
    },
    {
      rule: 'a policy that an authority requires at once',
      chain: [[policies(gold), policyConstraints({ explicit: 0 })], []],
      policy: { explicit: false },
      found: 'V33',
    },
    {
      rule: 'a policy required two certificates further',
      chain: [[policies(gold), policyConstraints({ explicit: 2 })], []],
      policy: { explicit: false },
      found: [],
    },
    {
      rule: 'a policy that the leaf itself requires',
      chain: [[policies(gold)], [policyConstraints({ explicit: 0 })]],
      policy: { explicit: false },
      found: 'V33',
    },
  ]

  it.each(cases)('$rule: $found', async ({ chain, policy, found }) => {
    const result = await judge(chain, { policy: asking(policy) })

    if (found === 'V33') expect(result).toMatchObject({ code: 'PATH_INVALID', rule: 'V33', policies: [] })
    else expect(result).toMatchObject({ verdict: 'VALID', policies: found })
  })

  it('that stand twice in a certificate refuse it', async () => {
    expect(await judge([[policies(gold, gold)]])).toMatchObject({ code: 'PATH_INVALID', rule: 'V38' })
  })
})

describe('name constraints', () => {
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
      judge([[limits], [alternativeNames(name)]], {}, { subject: { commonName: '', country: 'VN' } })
    // The subject is a directory name as well, and must stay inside what is permitted.
    const own: readonly GeneralNameWish[] =
      'directory' in base ? [{ directory: { country: 'VN', commonName: '' } }] : []

    const inPermitted = await limited(nameConstraints({ permitted: [base, ...own] }))
    const inExcluded = await limited(nameConstraints({ excluded: [base] }))

    expect(inPermitted.rule).toBe(permitted ? '-' : 'V32')
    expect(inExcluded.rule).toBe(excluded ? 'V32' : '-')
  })

  it('hold for the mail address in a subject', async () => {
    const subject = { commonName: 'Leaf', emailAddress: 'a@other.vn' }
    const result = await judge([[nameConstraints({ permitted: [{ mail: 'example.vn' }] })], []], {}, { subject })

    expect(result).toMatchObject({ code: 'PATH_INVALID', rule: 'V32' })
  })

  it('of every authority hold, not those of the last alone', async () => {
    const outer = nameConstraints({ permitted: [{ dns: 'a.example.vn' }] })
    const inner = nameConstraints({ permitted: [{ dns: 'example.vn' }] })

    expect(await judge([[outer], [inner], [alternativeNames({ dns: 'b.example.vn' })]])).toMatchObject({ rule: 'V32' })
  })
})

describe('a trust anchor', () => {
  async function under(changes: Partial<Anchor>, question: Partial<PathQuestion> = {}): Promise<PathResult> {
    const anchor = { certificate: root.certificate, purposes: new Set(['seal'] as const), ...changes }
    const trust = createTrust({ anchors: [anchor], crls: [] })
    return judge([[], []], { trust, purpose: 'seal', ...question })
  }
  const names = [{ kind: 4, content: Buffer.from('300d310b3009060355040613025553', 'hex') }]

  it.each([
    { what: 'that serves the purpose', changes: {}, code: 'OK', rule: '-' },
    {
      what: 'for other purposes',
      changes: { purposes: new Set(['tls'] as const) },
      code: 'PATH_NOT_FOUND',
      rule: 'V36',
    },
    {
      what: 'not yet trusted',
      changes: { validFrom: daysFromNoon(1) },
      code: 'CERTIFICATE_NOT_YET_VALID',
      rule: 'V25',
    },
    { what: 'no longer trusted', changes: { validTo: daysFromNoon(-1) }, code: 'CERTIFICATE_EXPIRED', rule: 'V25' },
    { what: 'for other names', changes: { permittedNames: names }, code: 'PATH_INVALID', rule: 'V32' },
    { what: 'with other names left out', changes: { excludedNames: names }, code: 'OK', rule: '-' },
  ])('$what gives $code', async ({ changes, code, rule }) => {
    expect(await under(changes)).toMatchObject({ code, rule })
  })

  it('answers only within its own life, also when the answer is remembered', async () => {
    const { holds } = await under({ validFrom: daysFromNoon(-1), validTo: daysFromNoon(1) })

    expect(holds).toEqual({ from: daysFromNoon(-1), until: daysFromNoon(1) })
  })
})

describe('a signature', () => {
  it.each(['rsa', 'ec', 'p384', 'p521', 'ed25519'] as const)('of a key of type %s is judged', async keyType => {
    const issuer = await createAuthority({ name: 'Root', keyType, ...times })
    const { certificate } = await issuer.issueIdentity({ subject: { commonName: 'Leaf' }, keyType, ...times })
    const impostor = await createAuthority({ name: 'Root', keyType, ...times })
    const ask = (anchor: Authority) => {
      const trust = createTrust({ anchors: [anchor.certificate], crls: [] })
      return validatePath({ certificate, intermediates: [], trust, at: noon, purpose: 'any', revocation: 'none' })
    }

    expect(ask(issuer).code).toBe('OK')
    expect(ask(impostor)).toMatchObject({ code: 'PATH_INVALID', rule: 'V26' })
  })
})

describe('an authority', () => {
  it('may have none below it where its path length is 0, but another key of its own', async () => {
    const ca = await below(root, { name: 'CA', pathLength: 0 })
    const sub = await below(ca, { name: 'Sub' })
    const self = await below(ca, { name: 'CA' })
    const leafOf = async (issuer: Authority) =>
      (await issuer.issueIdentity({ subject: { commonName: 'Leaf' }, keyType: 'ec', ...times })).certificate
    const intermediates = [ca, sub, self].map(({ certificate }) => certificate)
    const trust = createTrust({ anchors: [root.certificate], crls: [] })
    const ask = async (issuer: Authority) =>
      validatePath({
        certificate: await leafOf(issuer),
        intermediates,
        trust,
        at: noon,
        purpose: 'any',
        revocation: 'none',
      })

    expect(await ask(sub)).toMatchObject({ code: 'PATH_INVALID', rule: 'V29' })
    expect((await ask(self)).code).toBe('OK')
  })

  it('that is no way leaves the others, and is told beside the one that holds', async () => {
    const good = await below(root, { name: 'CA' })
    const publicKeyPem = good.certificate.publicKey.export({ type: 'spki', format: 'pem' }).toString()
    const wish = { subject: { commonName: 'CA' }, publicKeyPem, ca: true, keyUsage: ['keyCertSign'] } as const
    const { certificate: past } = await root.issue({ ...wish, notBefore: daysFromNoon(-9), notAfter: daysFromNoon(-1) })
    const { certificate } = await good.issueIdentity({ subject: { commonName: 'Leaf' }, keyType: 'ec', ...times })
    const trust = createTrust({ anchors: [root.certificate], crls: [] })

    const result = validatePath({
      certificate,
      intermediates: [past, good.certificate],
      trust,
      at: noon,
      purpose: 'any',
      revocation: 'none',
    })

    expect(result.path[1]).toBe(good.certificate)
    expect(result.others).toMatchObject([{ code: 'CERTIFICATE_EXPIRED', rule: 'V27', path: [certificate, past] }])
  })
})
