import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chance, type Random, seeded, seedOf } from '../random.ts'
import { openSigningBench, type SigningBench, type SigningMaterials } from '../signing-bench.ts'
import { createCaseMaker, type FuzzCase } from './cases.ts'
import { type Difference, type Judgement, judge } from './judge.ts'
import { minimize } from './minimize.ts'
import { count, type Example, emptyTally, type Tally } from './tally.ts'

/** What one worker does: every `step`-th case from `first` on. Plain data. */
export interface Share {
  readonly seed: number
  readonly first: number
  readonly step: number
  readonly end: number
  /** Files for the second oracle. */
  readonly validFiles: number
  readonly refusedFiles: number
  readonly folder: string
  readonly materials: SigningMaterials
}

interface Run {
  readonly share: Share
  readonly bench: SigningBench
  readonly tally: Tally
}

interface RunCase extends FuzzCase {
  readonly index: number
}

/** Of each rule and worker. */
const keptDifferences = 5
/** What the judge chooses, chunks above all, and what xmlsec1 is shown, are drawn apart from what makes the case. */
const judgeSeed = 0x5eed
const xmlsecSeed = 0x5ec1

export async function runCases(share: Share, progress: (cases: number) => void = () => undefined): Promise<Tally> {
  const bench = openSigningBench(share.materials)
  const caseOf = createCaseMaker(share.seed, bench)
  const run = { share, bench, tally: emptyTally() }
  for (let index = share.first; index < share.end; index += share.step) {
    await runCase(run, { ...caseOf(index), index })
    if (run.tally.cases % 1_000 === 0) progress(run.tally.cases)
  }
  return run.tally
}

async function runCase(run: Run, one: RunCase): Promise<void> {
  const { share, bench, tally } = run
  const judgement = await judge({ ...one, random: judgesRandom(share, one), bench })
  count(tally, one.kinds, judgement)

  const { stricter, difference } = judgement
  if (stricter !== undefined) {
    tally.stricter[stricter] ??= { count: 0, example: keep(share, one, 'stricter') }
    tally.stricter[stricter].count += 1
  }
  if (difference !== undefined) await keepDifference(run, one, difference)
  if (one.kinds[0] !== 'soup') keepForXmlsec(run, one, judgement)
}

async function keepDifference(run: Run, one: RunCase, difference: Difference): Promise<void> {
  const { share, tally } = run
  const group = tally.differences[difference.rule] ?? { count: 0, found: [] }
  tally.differences[difference.rule] = group
  group.count += 1
  if (group.found.length >= keptDifferences) return
  const example = keep(share, one, 'difference')
  const smallestFile = await keepSmallest(run, one, example.file, difference)
  group.found.push({ ...difference, ...example, ...(smallestFile !== undefined && { smallestFile }) })
}

/** A change that leaves a signature valid is rare and worth a second look; of all others, a share drawn by chance. */
function keepForXmlsec({ share, tally }: Run, one: RunCase, judgement: Judgement): void {
  const valid = judgement.verdict === 'OK'
  const wanted = valid ? share.validFiles : share.refusedFiles
  const kept = valid ? tally.validFiles.length : tally.refusedFiles.length
  const cases = (share.end - share.first) / share.step
  const isRare = valid && one.kinds[0] !== 'changed, then signed'
  const due = isRare || chance(seeded(seedOf(share.seed ^ xmlsecSeed, one.index)), (4 * wanted) / cases)
  if (!due || kept >= wanted) return
  const { file } = keep(share, one, valid ? 'valid' : 'refused')
  if (valid) tally.validFiles.push(file)
  else tally.refusedFiles.push({ file, why: judgement.verdict ?? judgement.stricter ?? judgement.outcome })
}

function keep({ folder }: Share, { index, kinds, bytes }: RunCase, why: string): Example {
  const file = join(folder, `${why}-${index}.xml`)
  writeFileSync(file, bytes)
  return { index, kinds, file }
}

/** The same difference in fewer bytes; undefined when there are none. */
async function keepSmallest(
  { share, bench }: Run,
  one: RunCase,
  file: string,
  { rule }: Difference,
): Promise<string | undefined> {
  const smallest = await minimize(one.bytes, async bytes => {
    const { difference } = await judge({ bytes, random: judgesRandom(share, one), bench })
    return difference?.rule === rule
  })
  if (smallest.length === one.bytes.length) return undefined
  const smallestFile = file.replace(/\.xml$/, '.smallest.xml')
  writeFileSync(smallestFile, smallest)
  return smallestFile
}

function judgesRandom({ seed }: Share, { index }: RunCase): Random {
  return seeded(seedOf(seed ^ judgeSeed, index))
}
