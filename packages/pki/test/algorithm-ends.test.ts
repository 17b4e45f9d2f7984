import { createHash } from 'node:crypto'
import { daysFromNoon, noon, type TestAuthority, testAuthority } from '@docaxis/testkit'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  type Identity,
  readTimeStampRequest,
  writeOcspResponse,
  writeTimeStampResponse,
} from '../src/authority/index.ts'
import {
  type AlgorithmName,
  algorithmNames,
  certIdsOf,
  createTrust,
  defaultAlgorithmEnds,
  ocspStatus,
  type PathQuestion,
  parseOcspResponse,
  parseTimeStampResponse,
  parseTimeStampToken,
  readAlgorithmEnds,
  validatePath,
  validatePathCached,
  verifyTimeStamp,
  writeTimeStampRequest,
} from '../src/index.ts'

let authority: TestAuthority
let seal: Identity

beforeAll(async () => {
  authority = await testAuthority()
  seal = await authority.seal('G99')
})

const endsAt = (name: AlgorithmName, end: Date) => ({ ...defaultAlgorithmEnds, [name]: end })
const trustWhere = (name: AlgorithmName, end: Date) =>
  createTrust({ anchors: [authority.certificate], crls: [authority.list()], algorithmEnds: endsAt(name, end) })

function ask(name: AlgorithmName, end: Date, changes: Partial<PathQuestion> = {}) {
  const { certificate } = seal
  return validatePath({
    certificate,
    intermediates: [],
    trust: trustWhere(name, end),
    at: noon,
    purpose: 'seal',
    ...changes,
  })
}

describe('a certificate', () => {
  it.each([
    { name: 'rsa-2048', what: 'the key of the signer', code: 'KEY_TOO_WEAK' },
    { name: 'p-256', what: 'the key of its issuer', code: 'KEY_TOO_WEAK' },
    { name: 'ecdsa', what: 'the way its issuer signs', code: 'ALGORITHM_NOT_ALLOWED' },
    { name: 'sha256', what: 'the digest its issuer signs', code: 'ALGORITHM_NOT_ALLOWED' },
  ] as const)('is refused from the moment on at which $what ends: $name', ({ name, code }) => {
    expect(ask(name, daysFromNoon(1))).toMatchObject({ verdict: 'VALID' })
    expect(ask(name, new Date(noon.getTime() + 1))).toMatchObject({ verdict: 'VALID' })
    expect(ask(name, noon)).toMatchObject({ verdict: 'INVALID', code, rule: 'V21' })
    expect(ask(name, daysFromNoon(-1))).toMatchObject({ verdict: 'INVALID', code, rule: 'V21' })
  })

  it('does not care for the end of what it was not made with', () => {
    expect(ask('p-384', daysFromNoon(-1))).toMatchObject({ verdict: 'VALID' })
  })

  it('counts for what its key signed before the end, and not after it', () => {
    const end = daysFromNoon(-1)

    expect(ask('rsa-2048', end, { signedAt: daysFromNoon(-2) })).toMatchObject({ verdict: 'VALID' })
    expect(ask('rsa-2048', end, { signedAt: daysFromNoon(-0.5) })).toMatchObject({ code: 'KEY_TOO_WEAK' })
  })

  it('is remembered as good up to the end and not a moment longer', () => {
    const trust = trustWhere('rsa-2048', daysFromNoon(0.5))
    const question = { certificate: seal.certificate, intermediates: [], trust, purpose: 'seal' } as const

    expect(validatePathCached({ ...question, at: noon }).holds?.until).toEqual(
      new Date(daysFromNoon(0.5).getTime() - 1),
    )
    expect(validatePathCached({ ...question, at: daysFromNoon(0.5) })).toMatchObject({ code: 'KEY_TOO_WEAK' })
  })

  it('is asked only what RFC 5280 asks, for the purpose any', () => {
    expect(ask('sha256', daysFromNoon(-1), { purpose: 'any' })).toMatchObject({ verdict: 'VALID' })
  })
})

describe('what an authority says of revocation', () => {
  it('is no answer when its list is signed in a way that has ended, though the signature is older', async () => {
    const strong = await testAuthority({ name: 'Old lists', keyType: 'rsa' })
    const { certificate } = await strong.seal('G99', { keyType: 'ec' })
    const trust = createTrust({
      anchors: [strong.certificate],
      crls: [strong.list()],
      algorithmEnds: endsAt('rsa-pkcs1', daysFromNoon(-1)),
    })
    const asked = { certificate, intermediates: [], trust, at: noon, purpose: 'seal' } as const

    expect(validatePath({ ...asked, signedAt: daysFromNoon(-2) })).toMatchObject({
      verdict: 'INDETERMINATE',
      code: 'REVOCATION_UNAVAILABLE',
    })
  })

  it('is no answer when its OCSP response is', async () => {
    const signer = await authority.ocspSigner({ keyType: 'rsa' })
    const [certId] = certIdsOf(seal.certificate, authority.certificate)
    if (!certId) throw new Error('no name')
    const times = { thisUpdate: daysFromNoon(-0.1), nextUpdate: daysFromNoon(0.9) }
    const answers = [{ certId, status: { is: 'good' } as const, ...times }]
    const response = parseOcspResponse(writeOcspResponse({ answers, producedAt: times.thisUpdate, signer }))
    const asked = { response, certificate: seal.certificate, issuer: authority.certificate, at: noon }

    expect(ocspStatus({ ...asked, trust: trustWhere('rsa-pkcs1', daysFromNoon(1)) })).toMatchObject({ is: 'good' })
    expect(ocspStatus({ ...asked, trust: trustWhere('rsa-pkcs1', daysFromNoon(-1)) })).toMatchObject({
      is: 'unusable',
      rule: 'V21',
    })
  })
})

describe('a time stamp', () => {
  const stamped = Buffer.from('stamped')
  const imprintOf = (hash: string) => createHash(hash).update(stamped).digest()

  async function judge(end: Date, provenAt?: Date) {
    const signer = await authority.timeStamper({ keyType: 'rsa' })
    const request = readTimeStampRequest(writeTimeStampRequest({ hash: 'sha256', imprint: imprintOf('sha256') }))
    const { token } = parseTimeStampResponse(writeTimeStampResponse({ request, genTime: daysFromNoon(-2), signer }))
    const trust = trustWhere('rsa-2048', end)
    return verifyTimeStamp({
      token: parseTimeStampToken(token ?? Buffer.alloc(0)),
      imprintOf,
      trust,
      at: noon,
      ...(provenAt && { provenAt }),
    })
  }

  it('proves its time as long as nobody can make it up', async () => {
    expect(await judge(daysFromNoon(1))).toMatchObject({ verdict: 'VALID' })
    expect(await judge(daysFromNoon(-1))).toMatchObject({ code: 'TIMESTAMP_INVALID', rule: 'V21' })
  })

  it('proves it for longer when a later stamp shows that it was there before the end', async () => {
    expect(await judge(daysFromNoon(-1), daysFromNoon(-1.5))).toMatchObject({ verdict: 'VALID' })
    expect(await judge(daysFromNoon(-1), daysFromNoon(-0.5))).toMatchObject({ rule: 'V21' })
  })
})

describe('the ends that are configured', () => {
  it('are last days in UTC, and what is not named keeps its own', () => {
    const ends = readAlgorithmEnds('{"rsa-2048": "2029-12-31"}')

    expect(ends).toEqual({ ...defaultAlgorithmEnds, 'rsa-2048': new Date('2030-01-01T00:00:00Z') })
  })

  it('exist for every algorithm without configuration', () => {
    expect(Object.keys(defaultAlgorithmEnds).toSorted()).toEqual([...algorithmNames].toSorted())
  })

  it.each([
    { json: '{"rsa-2048"', says: 'is no JSON' },
    { json: '[]', says: 'must be an object of names and days' },
    { json: '{"md5": "2030-12-31"}', says: 'md5 is none of sha256' },
    { json: '{"sha256": "2030-02-30"}', says: 'sha256 must be a day' },
    { json: '{"sha256": 2030}', says: 'sha256 must be a day' },
    { json: '{"sha1": "2030-12-31", "sha256": "soon"}', says: /sha1 is none of .*; sha256 must be a day/ },
  ])('are refused, every fault at once: $json', ({ json, says }) => {
    expect(() => readAlgorithmEnds(json)).toThrow(says)
  })
})
