import type { SignaturePolicy } from '@docaxis/signature'
import { daysFromNoon, sealedEnvelope } from '@docaxis/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bindSeal, type TestGateway, type TestSystem, testGateway } from './harness.ts'

// edXML 10.3 through the interface: what becomes of each kind of signature under each policy of the sending system.

let hub: TestGateway
let expiredSeal: Awaited<ReturnType<TestGateway['authority']['seal']>>
const systems = new Map<SignaturePolicy, TestSystem>()

beforeAll(async () => {
  hub = await testGateway()
  expiredSeal = await hub.authority.seal('G99', { keyType: 'ec', notAfter: daysFromNoon(-1) })
  await bindSeal(hub.database, 'G99', expiredSeal)
  for (const signaturePolicy of ['record', 'refuse-invalid', 'require-valid'] as const) {
    const system = { id: `g99-${signaturePolicy}`, profile: 'strict' as const, signaturePolicy }
    systems.set(signaturePolicy, await hub.addSystem(system, ['G99']))
  }
})
afterAll(() => hub?.close())

const wish = { sender: 'G99', receivers: ['H99'] }
const weak = 'http://www.w3.org/2000/09/xmldsig#rsa-sha1'
const signatures = {
  absent: { make: () => hub.unsealed(wish), code: 'NOT_SIGNED' },
  'not verifiable': {
    make: () => edited(hub.sealed(wish), /(<SignatureMethod Algorithm=")[^"]*/, `$1${weak}`),
    code: 'ALGORITHM_NOT_ALLOWED',
  },
  'of other content': {
    make: () => edited(hub.sealed(wish), 'liên thông văn bản', 'liên thông văn bàn'),
    code: 'DIGEST_MISMATCH',
  },
  expired: { make: () => sealedEnvelope(wish, expiredSeal), code: 'CERTIFICATE_EXPIRED' },
  'of another agency': { make: () => hub.sealed(wish, 'G98'), code: 'SIGNER_NOT_SENDER' },
  valid: { make: () => hub.sealed(wish), code: 'OK' },
}
const all = Object.keys(signatures) as (keyof typeof signatures)[]

const accepted: Readonly<Record<SignaturePolicy, readonly (keyof typeof signatures)[]>> = {
  record: all,
  'refuse-invalid': ['absent', 'not verifiable', 'valid'],
  'require-valid': ['valid'],
}

describe.each(['record', 'refuse-invalid', 'require-valid'] as const)('under %s', policy => {
  it.each(all.filter(kind => accepted[policy].includes(kind)))(
    'a signature that is %s is let through, verdict and all',
    async kind => {
      const { make, code } = signatures[kind]

      const answer = await hub.post(make(), systems.get(policy) as TestSystem)
      const stored = await hub.get(`/api/v1/documents/${answer.json().id}`, systems.get(policy) as TestSystem)

      expect([answer.statusCode, answer.json().verdict.code, stored.json().verdict.code]).toEqual([202, code, code])
    },
  )

  it.each(all.filter(kind => !accepted[policy].includes(kind)))(
    'a signature that is %s is refused by name',
    async kind => {
      const { make, code } = signatures[kind]

      const answer = await hub.post(make(), systems.get(policy) as TestSystem)

      expect([answer.statusCode, answer.json().code]).toEqual([422, 'SIGNATURE_REFUSED'])
      expect(answer.json().errors.map((error: { code: string }) => error.code)).toEqual(['CheckSignature', code])
    },
  )
})

it('raises an alarm for an invalid signature that policy lets through', async () => {
  await hub.post(signatures.expired.make(), systems.get('record') as TestSystem)

  expect(hub.deps.lines).toContainEqual(expect.objectContaining({ level: 40, seal: 'CERTIFICATE_EXPIRED' }))
})

function edited(xml: Buffer, from: string | RegExp, to: string): Buffer {
  return Buffer.from(xml.toString().replace(from, to))
}
