import { createHash } from 'node:crypto'
import { itWithPrograms, type TestAuthority, type Tsa, testAuthority, testTsa } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  createTrust,
  type HashName,
  parseCrl,
  parseTimeStampResponse,
  parseTimeStampToken,
  verifyTimeStamp,
  writeTimeStampRequest,
} from '../../src/index.ts'

const itWithOpenssl = itWithPrograms('openssl')
const stamped = Buffer.from('gốc của cây Merkle')
const imprintOf = (hash: string) => createHash(hash).update(stamped).digest()
const nonce = 'f00dbeef00'
let authority: TestAuthority
let tsa: Tsa

beforeAll(async () => {
  authority = await testAuthority()
  tsa = await testTsa({ authority })
})

afterAll(() => tsa.close())

async function ask(hash: HashName) {
  const body = writeTimeStampRequest({ hash, imprint: imprintOf(hash), nonce, policy: tsa.policy })
  const response = await fetch(tsa.url, { method: 'POST', body: new Uint8Array(body) })
  return parseTimeStampResponse(Buffer.from(await response.arrayBuffer()))
}

itWithOpenssl.each(['sha256', 'sha384', 'sha512'] as const)(
  'asks openssl for a stamp over %s, and verifies it',
  async hash => {
    const { token: der = Buffer.alloc(0) } = await ask(hash)
    const token = parseTimeStampToken(der)
    // openssl stamps by the clock of the machine, so the list is made for that moment.
    const { genTime } = token
    const times = { thisUpdate: genTime, nextUpdate: new Date(genTime.getTime() + 1000) }
    const crls = [parseCrl(authority.crl({ ...times, revoked: [], number: 1 }))]
    const trust = createTrust({ anchors: [authority.certificate], crls })

    const result = verifyTimeStamp({ token, imprintOf, trust, at: genTime, nonce, policies: [tsa.policy] })

    expect(result).toMatchObject({ verdict: 'VALID', code: 'OK' })
    expect(token).toMatchObject({ hash, accuracyMs: 1000 })
  },
)

it('hears that the authority refuses', async () => {
  tsa.trouble = 'refuse'
  const response = await ask('sha256')
  tsa.trouble = undefined

  expect(response.granted).toBe(false)
})
