import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { itWithPrograms } from '@docaxis/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCaseMaker } from '../src/fuzz/cases.ts'
import { fuzz } from '../src/fuzz/fuzz.ts'
import { compare, judge } from '../src/fuzz/judge.ts'
import { minimize } from '../src/fuzz/minimize.ts'
import type { OracleAnswer } from '../src/fuzz/oracle.ts'
import { readWhole } from '../src/fuzz/readers.ts'
import { explanationOf } from '../src/fuzz/stricter.ts'
import { verifyByXmlsec } from '../src/fuzz/xmlsec.ts'
import { makeSigningMaterials, openSigningBench, type SigningBench } from '../src/signing-bench.ts'

let folder: string
let bench: SigningBench

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'docaxis-fuzz-'))
  bench = openSigningBench(await makeSigningMaterials())
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const patienceMs = 120_000

itWithPrograms('xmlsec1').each([20260101, 20260102])(
  'the reader differs neither from libxml2 nor from xmlsec1, seed %i',
  async seed => {
    const options = { cases: 5_000, seed, workers: 0, xmlsec: 100, folder, log: () => undefined }

    const { tally, xmlsec } = await fuzz(options)

    expect(tally.differences).toEqual({})
    expect(Object.keys(tally.stricter).filter(reason => explanationOf(reason) === undefined)).toEqual([])
    expect(xmlsec.notVerified).toEqual([])
    expect(xmlsec.validFiles).toBe(80)
  },
  patienceMs,
)

itWithPrograms('xmlsec1')('a file that xmlsec1 does not verify is named, whatever stands beside it', async () => {
  const materials = await makeSigningMaterials()
  const caseOf = createCaseMaker(1, openSigningBench(materials))
  const file = (name: string, content: string | Buffer) => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }
  const unchanged = Array.from({ length: 200 }, (_, index) => caseOf(index)).find(
    ({ kinds, bytes }) => kinds.join() === 'changed, then signed' && bytes.includes('Cơ quan'),
  )
  const bytes = unchanged?.bytes ?? Buffer.alloc(0)
  const [good, bad] = [file('good.xml', bytes), file('bad.xml', bytes.toString().replace('Cơ quan', 'Cơ Quan'))]

  const result = await verifyByXmlsec(
    {
      validFiles: [good, bad, good],
      refusedFiles: [
        { file: bad, why: 'x' },
        { file: good, why: 'y' },
      ],
    },
    file('ca.pem', materials.authorityPem),
    () => undefined,
  )

  expect(result.notVerified.map(({ file: name }) => name)).toEqual([bad])
  expect(result.verifiedThough).toEqual([{ file: good, why: 'y' }])
})

describe('what the cases are worth', () => {
  it('they are the same for the same seed, but for what is made with keys', () => {
    const [one, two] = [createCaseMaker(7, bench), createCaseMaker(7, bench)]

    for (const index of [3, 1, 20, 500]) {
      expect(two(index).kinds).toEqual(one(index).kinds)
      expect(two(index).bytes.length).toBe(one(index).bytes.length)
    }
  })

  it('both readers take many and refuse many, and many seals are valid', async () => {
    const { tally } = await fuzz({ cases: 1_000, seed: 3, workers: 0, xmlsec: 0, folder, log: () => undefined })

    expect(tally.outcomes['both accept']).toBeGreaterThan(200)
    expect(tally.outcomes['both refuse']).toBeGreaterThan(200)
    expect(tally.valid).toBeGreaterThan(80)
    expect(tally.outcomes.stricter).toBeLessThan(50)
  })
})

describe('what the judge finds', () => {
  /** As libxml2 would have it, were it not for one change. */
  const plainAnswer = {
    accepted: true,
    signatures: 0,
    hasComments: false,
    isLast: false,
    repeatedIds: 0,
    covered: Buffer.from('<a></a>'),
    signedInfo: Buffer.alloc(0),
  } as const
  const neverInDetail = () => 0.99
  const compareWith = (answer: OracleAnswer) => compare(readWhole(Buffer.from('<a/>')), answer, undefined)

  it.each([
    { answer: { accepted: false, reason: 'so it says' }, rule: 'accepts what libxml2 refuses' },
    { answer: { ...plainAnswer, covered: Buffer.from('<b></b>') }, rule: 'other canonical form' },
    { answer: { ...plainAnswer, signedInfo: Buffer.from('<b></b>') }, rule: 'other SignedInfo' },
    { answer: { ...plainAnswer, signatures: 1 }, rule: 'other facts about the Signature' },
    { answer: { ...plainAnswer, hasComments: true }, rule: 'other facts about the Signature' },
  ] as const)('$rule', ({ answer, rule }) => {
    expect(compareWith(answer)).toMatchObject({ rule })
  })

  it('nothing, where both say the same', () => {
    expect(compareWith(plainAnswer)).toBeUndefined()
  })

  it('no difference that the oracle does not confirm when it is asked', async () => {
    const answer = { ...plainAnswer, signatures: 1 }

    const judgement = await judge({ bytes: Buffer.from('<a/>'), answer, random: neverInDetail, bench })

    expect(judgement).toMatchObject({ outcome: 'both accept' })
  })
})

it('leaves out of a file what its property does not need', async () => {
  const file = Buffer.from('<a b="c"><d>long text</d><e f="g" h="i">x<j/></e></a>')

  const smallest = await minimize(file, candidate => Promise.resolve(candidate.includes('h="i"')))

  expect(smallest.toString()).toBe('h="i"')
})
