import { daysFromNoon, noon, type TestAuthority, testAuthority } from '@docaxis/testkit'
import { beforeAll, expect, it } from 'vitest'
import { type Certificate, createTrust, parseCrl, type RevocationReason, validatePath } from '../src/index.ts'

// V46, V53: the certificate of a signature that is proven to be older than the revocation.

let authority: TestAuthority
let certificate: Certificate

beforeAll(async () => {
  authority = await testAuthority()
  certificate = (await authority.seal('G99', { keyType: 'ec' })).certificate
})

it.each([
  { signed: -2, revoked: -1, reason: 'superseded', code: 'OK' },
  { signed: -1, revoked: -1, reason: 'superseded', code: 'CERTIFICATE_REVOKED' },
  { signed: -0.5, revoked: -1, reason: 'superseded', code: 'CERTIFICATE_REVOKED' },
  { signed: undefined, revoked: -1, reason: 'superseded', code: 'CERTIFICATE_REVOKED' },
  { signed: -2, revoked: -1, reason: 'keyCompromise', code: 'CERTIFICATE_REVOKED' },
] as const)(
  'signed $signed, revoked $revoked days from now by $reason is $code',
  ({ signed, revoked, reason, code }) => {
    const result = judge(signed === undefined ? undefined : daysFromNoon(signed), daysFromNoon(revoked), reason)

    expect(result.code).toBe(code)
  },
)

it('says that it was revoked later, and when', () => {
  const { checks } = judge(daysFromNoon(-2), daysFromNoon(-1), 'superseded')

  const [told] = checks.filter(({ rule }) => rule === 'V40')
  expect(told?.detail).toContain(`revoked only after the signature was made, at ${daysFromNoon(-1).toISOString()}`)
})

function judge(signedAt: Date | undefined, revokedAt: Date, reason: RevocationReason) {
  const revoked = [{ serial: certificate.serial, at: revokedAt, reason }]
  const times = { thisUpdate: daysFromNoon(-0.1), nextUpdate: daysFromNoon(1) }
  const crl = parseCrl(authority.crl({ ...times, revoked, number: 2 }))
  const trust = createTrust({ anchors: [authority.certificate], crls: [crl] })
  const asked = { certificate, intermediates: [], trust, at: noon, purpose: 'seal' } as const
  return validatePath({ ...asked, ...(signedAt && { signedAt }) })
}
