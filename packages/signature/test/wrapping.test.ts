import { readEnvelope } from '@docaxis/edxml'
import { verificationCodes } from '@docaxis/errors'
import type { Identity } from '@docaxis/pki/authority'
import { noon, sealedEnvelope, type TestAuthority, testAuthority } from '@docaxis/testkit'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Bench, holdersOf, judge } from './sealing.ts'
import { type Move, movesOf } from './wrapping-moves.ts'

let authority: TestAuthority
let victim: Identity
let forger: Identity
let bench: Bench
let swapped: Bench
let sealed: Buffer
let moves: readonly Move[]

beforeAll(async () => {
  authority = await testAuthority()
  victim = await authority.seal('G99')
  forger = await authority.seal('H99')
  bench = { trust: authority.trust(), holders: holdersOf([victim, 'G99'], [forger, 'H99']), at: noon }
  swapped = { ...bench, holders: holdersOf([victim, 'H99'], [forger, 'G99']) }
  sealed = sealedEnvelope({ sender: 'G99', receivers: ['H99'] }, victim)
  moves = movesOf({ victim, forger, sealed })
})

/** Names alone: tests are listed before there are keys. */
const names = movesOf({ sealed: Buffer.alloc(0) } as never).map(({ move, code }, index) => ({ move, code, index }))

describe.each(names)('wrapping move $move', ({ index, code }) => {
  it(`is refused with ${code}, sent as the victim or as the forger`, async () => {
    const moved = moves[index]?.apply(sealed) as Buffer

    expect(await judge(moved, bench)).toMatchObject({ verdict: 'INVALID', code })
    expect(await judge(moved, swapped)).toMatchObject({ verdict: 'INVALID', code })
  })
})

/** Codes by which a packet is refused: by its XML, or by its seal. */
async function refusals(xml: Buffer): Promise<readonly string[]> {
  const { signature, findings } = readEnvelope(xml, { profile: 'strict', receivedAt: noon })
  if (!signature) return findings.map(({ code }) => code)
  const verdicts = [await judge(xml, bench), await judge(xml, swapped)]
  return verdicts.map(({ verdict, code }) => (verdict === 'VALID' ? 'VALID' : code))
}

/** The packet after a second move, where the first left what it works on. */
function applied(move: Move, xml: Buffer): Buffer | undefined {
  try {
    return move.apply(xml)
  } catch {
    return undefined
  }
}

const edxmlCode = /^[MNRT]\.[A-Z]/
const isKnown = (code: string) => code !== 'OK' && (code in verificationCodes || edxmlCode.test(code))

it('finds no pair of moves that together are let through', async () => {
  const codes = new Set<string>()
  let pairs = 0
  for (const first of moves) {
    for (const second of moves) {
      const moved = applied(second, first.apply(sealed))
      if (!moved) continue
      pairs += 1
      for (const code of await refusals(moved)) codes.add(code)
    }
  }

  expect([...codes].filter(code => !isKnown(code))).toEqual([])
  expect(pairs).toBeGreaterThan(moves.length ** 2 * 0.9)
}, 60_000)
