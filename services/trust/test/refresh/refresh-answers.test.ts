import { validatePath } from '@docaxis/pki'
import type { Identity } from '@docaxis/pki/authority'
import { addOcspSubjects, addSources } from '@docaxis/store'
import {
  daysFromNoon,
  itWithPrograms,
  noon,
  type OcspResponder,
  type TestAuthority,
  testAuthority,
  testOcspResponder,
} from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { RefreshDeps } from '../../src/refresh/refresh-deps.ts'
import { refreshNext } from '../../src/refresh/refresher.ts'
import { bindSeal, everythingDue, type TrustBench, trustAuthority, trustBench } from '../harness.ts'

let bench: TrustBench
let authority: TestAuthority
let responder: OcspResponder
let seal: Identity

beforeAll(async () => {
  bench = await trustBench()
  authority = await testAuthority({ name: 'OCSP CA' })
  responder = await testOcspResponder({ authority, now: () => noon })
  seal = await authority.seal('G99', { keyType: 'ec' })
  await bindSeal(bench.database, 'G99', seal)
})
afterAll(async () => {
  await responder?.close()
  await bench?.close()
})
beforeEach(async () => {
  await bench.database.query('truncate authority, trust_anchor, certificate_revocation cascade')
  responder.trouble = undefined
  responder.revoked.clear()
  await register(responder.url)
})

async function register(url: string): Promise<void> {
  const { sha256 } = authority.certificate
  await trustAuthority(bench.database, authority.certificate)
  await addSources(bench.database, [{ authority: sha256, kind: 'ocsp', url, givenBy: 'operator' }])
  await addOcspSubjects(bench.database, [{ certificate: seal.certificate.sha256, authority: sha256 }])
}

/** What intake would say of the seal. */
async function verdict({ trust }: RefreshDeps, at = noon): Promise<string> {
  const question = { certificate: seal.certificate, intermediates: [], trust: await trust.current(), at }
  return validatePath({ ...question, purpose: 'seal' }).code
}

async function state() {
  const { rows } = await bench.database.query('select status, failures, fault from ocsp_answer')
  return rows[0]
}

it('proves a seal by an answer that was asked for ahead', async () => {
  const instance = bench.instance()
  const before = await verdict(instance)

  await refreshNext(instance)

  expect([before, await verdict(instance)]).toEqual(['REVOCATION_UNAVAILABLE', 'OK'])
})

it('keeps the answer until its own end, and no longer', async () => {
  const instance = bench.instance()
  await refreshNext(instance)
  responder.trouble = 'down'
  await everythingDue(bench.database)
  await refreshNext(instance)

  expect(await verdict(instance, daysFromNoon(0.9))).toBe('OK')
  expect(await verdict(instance, daysFromNoon(1.1))).toBe('REVOCATION_STALE')
})

it('finds a seal revoked, and remembers it for the documents under way', async () => {
  responder.revoked.set(seal.certificate.serial, { at: daysFromNoon(-1), reason: 'keyCompromise' })
  const instance = bench.instance()

  await refreshNext(instance)

  expect(await verdict(instance)).toBe('CERTIFICATE_REVOKED')
  const { rows } = await bench.database.query('select source, reason from certificate_revocation')
  expect(rows).toEqual([{ source: 'ocsp', reason: 'keyCompromise' }])
})

it.each(['stale', 'wrong-signer', 'wrong-nonce', 'try-later', 'unsigned', 'unknown'] as const)(
  'takes an answer that is %s for none',
  async trouble => {
    responder.trouble = trouble
    const instance = bench.instance()

    await refreshNext(instance)

    expect(await state()).toMatchObject({ status: null, failures: 1, fault: expect.any(String) })
    expect(await verdict(instance)).toBe('REVOCATION_UNAVAILABLE')
  },
)

it('takes an answer without a nonce inside its window', async () => {
  responder.trouble = 'no-nonce'
  const instance = bench.instance()

  await refreshNext(instance)

  expect(await verdict(instance)).toBe('OK')
})

it.each(['slow', 'down', 'huge', 'redirect-inside'] as const)(
  'asks a responder that is %s once a turn, not once a certificate',
  async trouble => {
    const second = await authority.seal('H99', { keyType: 'ec' })
    await bindSeal(bench.database, 'H99', second)
    const { sha256 } = authority.certificate
    await addOcspSubjects(bench.database, [{ certificate: second.certificate.sha256, authority: sha256 }])
    responder.trouble = trouble
    const before = responder.visits.length

    await refreshNext(bench.instance())

    expect(responder.visits.length - before).toBe(1)
    expect(await refreshNext(bench.instance())).toBe(false)
  },
)

it('asks nobody where the policy counts lists alone', async () => {
  await bench.database.query("update authority set revocation = 'crl'")

  expect(await refreshNext(bench.instance())).toBe(false)
})

itWithPrograms('openssl')('understands what openssl answers', async () => {
  const byOpenssl = await testOcspResponder({ authority, now: () => noon, opensslKnows: [seal.certificate] })
  const { sha256 } = authority.certificate
  await bench.database.query('delete from revocation_source')
  await addSources(bench.database, [{ authority: sha256, kind: 'ocsp', url: byOpenssl.url, givenBy: 'operator' }])
  // openssl answers by the clock of the machine.
  const instance = { ...bench.instance(), now: () => new Date() }

  await refreshNext(instance)

  expect(await state()).toMatchObject({ status: 'good', failures: 0 })
  await byOpenssl.close()
})
