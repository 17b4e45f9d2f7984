import type { Identity } from '@docaxis/pki/authority'
import { daysFromNoon, noon, sealedEnvelope, type TestAuthority, testAuthority } from '@docaxis/testkit'
import { beforeAll, expect, it } from 'vitest'
import type { CertificateHolder } from '../src/index.ts'
import { type Bench, edit, holdersOf, judge } from './sealing.ts'

/** What changes with the second in which a packet is judged. */

let authority: TestAuthority
let rsa: Identity
let other: Identity
let bench: Bench
let sealed: Buffer

beforeAll(async () => {
  authority = await testAuthority()
  rsa = await authority.seal('G99')
  other = await authority.seal('H99')
  bench = { trust: authority.trust(), holders: holdersOf([rsa, 'G99'], [other, 'H99']), at: noon }
  sealed = sealedEnvelope({ sender: 'G99', receivers: ['H99'] }, rsa)
})

function after(at: Date, seconds: number): Date {
  return new Date(at.getTime() + seconds * 1000)
}

it.each([
  { boundary: 'the first second of the certificate', from: 0, code: 'OK' },
  { boundary: 'the second before the certificate', from: -1, code: 'CERTIFICATE_NOT_YET_VALID' },
])('answers $code in $boundary', async ({ from, code }) => {
  const late = await authority.seal('G99', { notBefore: noon })
  const packet = sealedEnvelope({ sender: 'G99', receivers: ['H99'] }, late)
  const verdict = await judge(packet, { ...bench, holders: holdersOf([late, 'G99']), at: after(noon, from) })

  expect(verdict.code).toBe(code)
})

it.each([
  { boundary: 'the last second of the certificate', from: 0, code: 'OK' },
  { boundary: 'the second after the certificate', from: 1, code: 'CERTIFICATE_EXPIRED' },
])('answers $code in $boundary', async ({ from, code }) => {
  const short = await authority.seal('G99', { notAfter: noon })
  const packet = sealedEnvelope({ sender: 'G99', receivers: ['H99'] }, short)
  const verdict = await judge(packet, { ...bench, holders: holdersOf([short, 'G99']), at: after(noon, from) })

  expect(verdict.code).toBe(code)
})

it.each([
  { boundary: 'the list begins', days: -1 / 24, from: 0, code: 'OK' },
  { boundary: 'before the list begins', days: -1 / 24, from: -1, code: 'REVOCATION_STALE' },
  { boundary: 'the list ends', days: 23 / 24, from: 0, code: 'OK' },
  { boundary: 'after the list ends', days: 23 / 24, from: 1, code: 'REVOCATION_STALE' },
])('answers $code in the second $boundary', async ({ days, from, code }) => {
  expect((await judge(sealed, { ...bench, at: after(daysFromNoon(days), from) })).code).toBe(code)
})

const day = daysFromNoon
const mandates = [
  { what: 'to seal, in force', kind: 'seal', validFrom: day(-1), validTo: day(1), code: 'OK' },
  { what: 'to transport, without an end', kind: 'transport', validFrom: day(-1), validTo: undefined, code: 'OK' },
  { what: 'from this very second', kind: 'seal', validFrom: noon, validTo: undefined, code: 'OK' },
  {
    what: 'from the next second',
    kind: 'seal',
    validFrom: after(noon, 1),
    validTo: undefined,
    code: 'SIGNER_NOT_SENDER',
  },
  { what: 'until the next second', kind: 'seal', validFrom: day(-1), validTo: after(noon, 1), code: 'OK' },
  { what: 'that ends now', kind: 'seal', validFrom: day(-1), validTo: noon, code: 'SIGNER_NOT_SENDER' },
] as const

it.each(mandates)(
  'answers $code to the seal of a holder with a mandate $what',
  async ({ kind, validFrom, validTo, code }) => {
    const packet = sealedEnvelope({ sender: 'G99', receivers: ['H99'] }, other)
    const holder: CertificateHolder = { holderCode: 'H99', mandates: [{ id: 'UQ-1', kind, validFrom, validTo }] }

    const verdict = await judge(packet, { ...bench, holders: new Map([[other.certificate.sha256, holder]]) })

    expect(verdict.code).toBe(code)
    if (code === 'OK') expect(verdict.binding).toEqual({ holderCode: 'H99', mandate: { id: 'UQ-1', kind } })
  },
)

it('waits when the time cannot be trusted, whatever it would be then', async () => {
  const expired = await authority.seal('G99', { notAfter: day(-1) })
  const parked = { ...bench, holders: holdersOf([rsa, 'G99'], [expired, 'G99']), timeFault: 'an hour ahead' }

  for (const by of [rsa, expired]) {
    const verdict = await judge(sealedEnvelope({ sender: 'G99', receivers: ['H99'] }, by), parked)

    expect(verdict).toMatchObject({ verdict: 'INDETERMINATE', code: 'TIME_NOT_TRUSTED', rule: 'V54' })
    expect(verdict.detail).toBe('an hour ahead')
  }
})

it('is certain of a broken digest though the time cannot be trusted', async () => {
  const changed = edit(sealed, 'liên thông văn bản', 'liên thông văn bàn')

  expect(await judge(changed, { ...bench, timeFault: 'an hour ahead' })).toMatchObject({ code: 'DIGEST_MISMATCH' })
})
