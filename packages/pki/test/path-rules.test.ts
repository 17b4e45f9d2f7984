import { daysFromNoon, noon } from '@docaxis/testkit'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Authority, createAuthority } from '../src/authority/index.ts'
import { type Anchor, createTrust, type PathQuestion, type PathResult, validatePath } from '../src/index.ts'
import { authorityBelow, judgeChain, rootAuthority, times } from './chain.ts'

let root: Authority

beforeAll(async () => {
  root = await rootAuthority()
})

describe('a trust anchor', () => {
  async function under(changes: Partial<Anchor>, question: Partial<PathQuestion> = {}): Promise<PathResult> {
    const anchor = { certificate: root.certificate, purposes: new Set(['seal'] as const), ...changes }
    const trust = createTrust({ anchors: [anchor], crls: [] })
    return judgeChain(root, [[], []], { trust, purpose: 'seal', ...question })
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
    const ca = await authorityBelow(root, { name: 'CA', pathLength: 0 })
    const sub = await authorityBelow(ca, { name: 'Sub' })
    const self = await authorityBelow(ca, { name: 'CA' })
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
    const good = await authorityBelow(root, { name: 'CA' })
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
