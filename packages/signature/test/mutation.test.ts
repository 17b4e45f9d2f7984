import { readEnvelope } from '@docaxis/edxml'
import { noon, sealedEnvelope, testAuthority } from '@docaxis/testkit'
import { expect, it } from 'vitest'
import { verifySeal } from '../src/index.ts'

/** Every seventh bit position keeps it short; 7 and 8 share no factor, so every bit of a byte gets its turn. */
const stride = 7

it('finds no packet VALID in which one bit of the root element was turned', async () => {
  const authority = await testAuthority()
  const seal = await authority.seal('G99', { keyType: 'ec' })
  const packet = sealedEnvelope({ sender: 'G99', receivers: ['H99'] }, seal)
  const holder = { holderCode: 'G99' }
  const holderOf = async (id: string) => (id === seal.certificate.sha256 ? holder : undefined)
  const trust = authority.trust()
  const passed: number[] = []

  for (let bit = packet.indexOf('<edXML') * 8; bit < packet.lastIndexOf('>') * 8; bit += stride) {
    const mutant = Buffer.from(packet)
    mutant[bit >> 3] = (mutant[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    const { signature } = readEnvelope(mutant, { profile: 'strict', receivedAt: noon })
    if (!signature) continue
    const { verdict } = await verifySeal({ material: signature, senderCode: 'G99', holderOf, trust, at: noon })
    if (verdict === 'VALID') passed.push(bit >> 3)
  }

  expect(passed.map(at => packet.subarray(at - 20, at + 20).toString())).toEqual([])
}, 120_000)
