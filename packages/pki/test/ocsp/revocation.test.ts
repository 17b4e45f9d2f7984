import { daysFromNoon, noon, type TestAuthority, testAuthority } from '@docaxis/testkit'
import { beforeAll, expect, it } from 'vitest'
import { type Identity, type OcspWishAnswer, writeOcspResponse } from '../../src/authority/index.ts'
import {
  type CertStatus,
  type Crl,
  certIdsOf,
  createTrust,
  type OcspResponse,
  parseCrl,
  parseOcspResponse,
  validatePath,
  withEvidence,
} from '../../src/index.ts'

const good: CertStatus = { is: 'good' }
const revoked: CertStatus = { is: 'revoked', at: daysFromNoon(-1), reason: 'superseded' }
let authority: TestAuthority
let seal: Identity
let responder: Identity
let staleList: Crl

beforeAll(async () => {
  authority = await testAuthority()
  seal = await authority.seal('A01', { keyType: 'ec' })
  responder = await authority.ocspSigner()
  const times = { thisUpdate: daysFromNoon(-9), nextUpdate: daysFromNoon(-8) }
  staleList = parseCrl(authority.crl({ ...times, revoked: [], number: 1 }))
})

function response(status: CertStatus, changes: Partial<OcspWishAnswer> = {}, signer = responder): OcspResponse {
  const times = { thisUpdate: daysFromNoon(-0.1), nextUpdate: daysFromNoon(0.9) }
  const [certId] = certIdsOf(seal.certificate, authority.certificate)
  if (!certId) throw new Error('no name')
  const answer = { certId, status, ...times, ...changes }
  return parseOcspResponse(writeOcspResponse({ answers: [answer], producedAt: answer.thisUpdate, signer }))
}

function judge(ocsp: readonly OcspResponse[], crls: readonly Crl[], at = noon) {
  const trust = createTrust({ anchors: [authority.certificate], crls, ocsp })
  return validatePath({ certificate: seal.certificate, intermediates: [], trust, at, purpose: 'seal' })
}

it('is content with a good answer where there is no list, and names it', () => {
  const answer = response(good)

  const result = judge([answer], [])

  expect(result).toMatchObject({ verdict: 'VALID', code: 'OK', ocsp: [{ sha256: answer.sha256 }], crls: [] })
  expect(result.holds).toEqual({ from: daysFromNoon(-0.1), until: daysFromNoon(0.9) })
})

it('takes evidence that came with a document, and no anchor from it', () => {
  const { certificate } = seal
  const bare = createTrust({ anchors: [authority.certificate], crls: [] })
  const asked = { certificate, intermediates: [], at: noon, purpose: 'seal' } as const
  const evidence = { intermediates: [authority.certificate], ocsp: [response(good)] }

  expect(validatePath({ ...asked, trust: bare })).toMatchObject({ code: 'REVOCATION_UNAVAILABLE' })
  expect(validatePath({ ...asked, trust: withEvidence(bare, evidence) })).toMatchObject({ code: 'OK' })
  expect(
    validatePath({ ...asked, trust: withEvidence(createTrust({ anchors: [], crls: [] }), evidence) }),
  ).toMatchObject({
    code: 'PATH_NOT_FOUND',
  })
})

it('is content with a good answer beside a stale list', () => {
  expect(judge([response(good)], [staleList])).toMatchObject({ code: 'OK' })
})

it('is content with a good list beside a stale answer', () => {
  const old = response(good, { thisUpdate: daysFromNoon(-9), nextUpdate: daysFromNoon(-8) })

  expect(judge([old], [authority.list()])).toMatchObject({ code: 'OK', ocsp: [] })
})

it.each([
  { by: 'the answer', ocsp: () => [response(revoked)], crls: () => [authority.list()] },
  { by: 'the list', ocsp: () => [response(good)], crls: () => [authority.list([seal])] },
  { by: 'one of two answers', ocsp: () => [response(good), response(revoked)], crls: () => [] },
])('is revoked by $by, whatever else is said', ({ ocsp, crls }) => {
  expect(judge(ocsp(), crls())).toMatchObject({ verdict: 'INVALID', code: 'CERTIFICATE_REVOKED', rule: 'V40' })
})

it('holds a signature good that was made before the certificate was revoked', () => {
  const later: CertStatus = { is: 'revoked', at: daysFromNoon(0.2), reason: 'superseded' }

  const result = judge([response(later)], [])

  expect(result).toMatchObject({ code: 'OK' })
  expect(result.holds?.until.getTime()).toBe(daysFromNoon(0.2).getTime() - 1)
  expect(judge([response({ ...later, reason: 'keyCompromise' })], [])).toMatchObject({ code: 'CERTIFICATE_REVOKED' })
})

it.each([
  {
    fault: 'an answer that is old',
    answer: { thisUpdate: daysFromNoon(-9), nextUpdate: daysFromNoon(-8) },
    code: 'REVOCATION_STALE',
  },
  {
    fault: 'an answer that knows nothing',
    answer: { status: { is: 'unknown' } as const },
    code: 'REVOCATION_UNAVAILABLE',
  },
])('is INDETERMINATE with $fault alone', ({ answer, code }) => {
  expect(judge([response(good, answer)], [])).toMatchObject({ verdict: 'INDETERMINATE', code })
})

it('gives nothing for the answer of a stranger', async () => {
  const stranger = await (await testAuthority({ name: 'Another CA' })).ocspSigner()

  const result = judge([response(good, {}, stranger)], [])

  expect(result).toMatchObject({ verdict: 'INDETERMINATE', code: 'REVOCATION_UNAVAILABLE' })
})

it('looks for a delegate that does not waive it in the lists, and at nothing it signed itself', async () => {
  const signer = await authority.ocspSigner({ extensions: [] })
  const answer = response(good, {}, signer)

  expect(judge([answer], [])).toMatchObject({ verdict: 'INDETERMINATE' })
  expect(judge([answer], [authority.list([signer])])).toMatchObject({ code: 'OK', ocsp: [] })
})
