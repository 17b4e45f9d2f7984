import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { itWithPrograms, noon } from '@docaxis/testkit'
import { expect } from 'vitest'
import { type Certificate, createTrust, type PathResult, validatePath } from '../src/index.ts'
import { opensslAccepts } from './judges/openssl-verify.ts'
import { chanceOf, dressWithNames, dressWithPolicies, type RandomPath, randomPath } from './judges/random-paths.ts'

const itWithJava = itWithPrograms('java', 'openssl')
const paths = 250

async function randomPaths(seed: number, dress: typeof dressWithNames): Promise<RandomPath[]> {
  const chance = chanceOf(seed)
  const made: RandomPath[] = []
  for (let index = 0; index < paths; index += 1) made.push(await randomPath(chance, dress))
  return made
}

/** VALID, INVALID or BROKEN for each path, by the validator of the Java runtime. */
function javaVerdicts(asked: readonly RandomPath[]): string[] {
  const base64 = ({ der }: Certificate) => der.toString('base64')
  const lines = asked.map(({ anchor, path, policy: { initial, explicit, inhibitMapping, inhibitAny } }, id) =>
    [id, noon.toISOString(), base64(anchor), path.map(base64), initial, explicit, inhibitMapping, inhibitAny].join(
      '\t',
    ),
  )
  const judge = join(import.meta.dirname, 'judges', 'PkixJudge.java')
  const { stdout, stderr, status } = spawnSync('java', [judge], { input: `${lines.join('\n')}\n`, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return stdout
    .trimEnd()
    .split('\n')
    .map(line => line.split('\t')[1] ?? '')
}

function ourAnswer({ anchor, path, policy }: RandomPath): PathResult {
  const [certificate, ...intermediates] = path
  if (!certificate) throw new TypeError('no leaf')
  const trust = createTrust({ anchors: [anchor], crls: [] })
  return validatePath({ certificate, intermediates, trust, at: noon, purpose: 'any', revocation: 'none', policy })
}

itWithJava('judges random policies as Java does, and where Java lets more through openssl does not', async () => {
  const asked = await randomPaths(20300115, dressWithPolicies)

  const verdicts = javaVerdicts(asked)
  const ours = asked.map(ourAnswer)

  const differing = asked.filter((_, index) => ours[index]?.verdict !== verdicts[index])
  const wider = ours.filter(({ verdict }, index) => verdict === 'VALID' && verdicts[index] !== 'VALID')
  expect(wider).toHaveLength(0)
  expect(differing.filter(one => !isSelfIssuedLeaf(one) && opensslAccepts({ ...one, at: noon }))).toHaveLength(0)
  expect(differing.length).toBeLessThan(paths / 50)
  expect(new Set(verdicts)).toEqual(new Set(['VALID', 'INVALID']))
})

/** RFC 3280 left such a leaf out when it counted down to the required policy; RFC 5280 section 6.1.5 (a) does not. */
function isSelfIssuedLeaf({ path: [leaf] }: RandomPath): boolean {
  return leaf?.subject.key === leaf?.issuer.key
}

itWithJava(
  'judges random name constraints as Java does, or as openssl where Java lets more through, and mail more strictly',
  async () => {
    const asked = (await randomPaths(5280, dressWithNames)).map(path => ({ ...path, policy: anyPolicy }))

    const verdicts = javaVerdicts(asked)
    const ours = asked.map(ourAnswer)

    const wider = ours.filter(({ verdict }, index) => verdict === 'VALID' && verdicts[index] === 'INVALID')
    const stricter = asked.filter((_, index) => {
      const { verdict, detail = '' } = ours[index] ?? {}
      return verdict === 'INVALID' && verdicts[index] === 'VALID' && !detail.includes('mail address')
    })
    expect(wider).toHaveLength(0)
    expect(stricter.filter(one => opensslAccepts({ ...one, at: noon }))).toHaveLength(0)
    expect(ours.filter(({ verdict }) => verdict === 'VALID').length).toBeGreaterThan(paths / 4)
  },
)

const anyPolicy = { initial: ['2.5.29.32.0'], explicit: false, inhibitMapping: false, inhibitAny: false }
