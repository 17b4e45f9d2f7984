import { randomBytes } from 'node:crypto'
import {
  itWithPrograms,
  type OcspResponder,
  type TestAuthority,
  testAuthority,
  testOcspResponder,
} from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Identity } from '../../src/authority/index.ts'
import { createTrust, ocspStatus, parseOcspResponse, writeOcspRequest } from '../../src/index.ts'

const itWithOpenssl = itWithPrograms('openssl')
let authority: TestAuthority
let seal: Identity
let unheardOf: Identity
let responder: OcspResponder

beforeAll(async () => {
  authority = await testAuthority()
  seal = await authority.seal('A01')
  unheardOf = await authority.seal('A02')
  responder = await testOcspResponder({ authority, now: () => new Date(), opensslKnows: [seal.certificate] })
})

afterAll(() => responder.close())

/** Asks openssl, and judges its answer by the moment it names itself: openssl has only the clock of the machine. */
async function ask({ certificate }: Identity) {
  const nonce = randomBytes(32)
  const issuer = authority.certificate
  const body = writeOcspRequest({ certificate, issuer, nonce })
  const reply = await fetch(responder.url, { method: 'POST', body: new Uint8Array(body) })
  const response = parseOcspResponse(Buffer.from(await reply.arrayBuffer()))
  const at = response.basic?.producedAt ?? new Date(0)
  const trust = createTrust({ anchors: [issuer], crls: [] })
  return ocspStatus({ response, certificate, issuer, trust, at, nonce })
}

itWithOpenssl('verifies what openssl answers: good, and revoked with its reason', async () => {
  const good = await ask(seal)
  const entry = { at: new Date('2026-01-01T00:00:00Z'), reason: 'keyCompromise' } as const
  responder.revoked.set(seal.certificate.serial, entry)
  const revoked = await ask(seal)

  expect(good).toMatchObject({ is: 'good', responder: { sha256: responder.signer.certificate.sha256 } })
  expect(revoked).toMatchObject({ is: 'revoked', entry })
})

itWithOpenssl('has no status for a certificate that openssl does not know', async () => {
  expect(await ask(unheardOf)).toMatchObject({ is: 'unusable', rule: 'V42' })
})

it.each(['wrong-signer', 'wrong-nonce', 'try-later', 'unsigned', 'unknown'] as const)(
  'uses no answer of a responder in trouble: %s',
  async trouble => {
    responder.trouble = trouble
    const status = await ask(seal)
    responder.trouble = undefined

    expect(status.is).toBe('unusable')
  },
)
