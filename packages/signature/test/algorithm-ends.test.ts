import { createTrust, defaultAlgorithmEnds } from '@docaxis/pki'
import type { Identity } from '@docaxis/pki/authority'
import { daysFromNoon, noon, sealedEnvelope, type TestAuthority, testAuthority } from '@docaxis/testkit'
import { beforeAll, describe, expect, it } from 'vitest'
import { evidenceOf, repeatSeal, verifySeal, verifySignedXml } from '../src/index.ts'
import { holdersOf, judge, materialOf } from './sealing.ts'
import { signerWith } from './signed-xml/identities.ts'
import { signXml, x509 } from './signed-xml/signing.ts'

/** V21: each algorithm ends, and what it made counts when it is known to have been there before. */

let authority: TestAuthority
let agency: Identity
let sealed: Buffer

beforeAll(async () => {
  authority = await testAuthority()
  agency = await authority.seal('G99')
  sealed = sealedEnvelope({ sender: 'G99', receivers: ['H99'] }, agency)
})

/** RSA keys of 2048 bits end on this day. */
function trustUntil(end: Date) {
  const algorithmEnds = { ...defaultAlgorithmEnds, 'rsa-2048': end }
  return createTrust({ anchors: [authority.certificate], crls: [authority.list()], algorithmEnds })
}

describe('the seal of a packet', () => {
  const accepted = (end: Date) =>
    judge(sealed, { trust: trustUntil(end), holders: holdersOf([agency, 'G99']), at: noon })

  it('counts when it is accepted before the end of what it was made with, and not after', async () => {
    expect(await accepted(daysFromNoon(1))).toMatchObject({ verdict: 'VALID' })
    expect(await accepted(daysFromNoon(-1))).toMatchObject({ verdict: 'INVALID', code: 'KEY_TOO_WEAK', rule: 'V21' })
  })

  it('is judged again as it was judged first, whatever ends are configured then', async () => {
    const material = materialOf(sealed)
    for (const end of [new Date('2030-01-16'), new Date('2030-01-14')]) {
      const kept: ReturnType<typeof evidenceOf>[number][] = []
      const first = await verifySeal({
        material,
        senderCode: 'G99',
        holderOf: async () => ({ holderCode: 'G99' }),
        trust: trustUntil(end),
        at: noon,
        onPath: path => kept.push(...evidenceOf(path)),
      })

      const again = await repeatSeal({ material, senderCode: 'G99', first, evidence: kept })

      expect(first.algorithmEnds).toEqual({ 'rsa-2048': end < noon ? '2030-01-13' : '2030-01-15' })
      expect(again).toEqual(first)
    }
  })
})

describe('any signed XML', () => {
  const judgeXml = async (end: Date, anchors = [authority.certificate]) => {
    const { key, certificate } = await signerWith('rsa', authority)
    const xml = signXml('<r><!--sign--></r>', { key, keyInfo: x509(certificate.der) })
    const algorithmEnds = { ...defaultAlgorithmEnds, 'rsa-pkcs1': end }
    return verifySignedXml(xml, { anchors, crls: [authority.list()], at: noon, algorithmEnds })
  }

  it('counts at the judged time or not at all', async () => {
    expect(await judgeXml(daysFromNoon(1))).toMatchObject({ verdict: 'VALID' })
    expect(await judgeXml(daysFromNoon(-1))).toMatchObject({ code: 'ALGORITHM_NOT_ALLOWED', rule: 'V21' })
  })
})
