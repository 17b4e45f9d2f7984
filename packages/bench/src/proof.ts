import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeEnvelope } from './proof/make-envelope.ts'
import { peakOfTool, peakOfWay } from './proof/peak-memory.ts'
import { type ProofCase, proofCases } from './proof/proof-cases.ts'
import type { Source } from './proof/source.ts'
import { type Tool, toolMs, xmllint, xmlsec1 } from './proof/tools.ts'
import { type WayName, type Ways, waysOf } from './proof/ways.ts'
import { makeSigningMaterials, openSigningBench, type SigningBench } from './signing-bench.ts'
import { median } from './statistics.ts'

export interface ProofResult {
  readonly name: string
  /** Medians of the rounds, per envelope; `tools` is both of them together, process start subtracted. */
  readonly ms: Readonly<Record<WayName | 'tools', number>>
  /** Medians of the ratios of each round: a busy machine hits both sides of one alike. */
  readonly ratios: {
    /** Above 1 we are faster. */
    readonly toolsToProof: number
    readonly proofToBare: number
    readonly intakeToBare: number
  }
  /** Of one run over one file, in a process of its own. */
  readonly peakBytes: Readonly<Record<WayName | 'xmllint' | 'xmlsec1', number>>
}

type Round = Readonly<Record<WayName | 'tools', number>>

interface Rig {
  readonly folder: string
  readonly bench: SigningBench
  readonly ways: Ways
  readonly tools: { readonly xmllint: Tool; readonly xmlsec1: Tool }
}

const rounds = 5

/** Proves the same envelopes with our code and with the two C tools, and does the least there is to do, in turn. */
export async function measureProof(cases: readonly ProofCase[] = proofCases): Promise<ProofResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'docaxis-proof-'))
  try {
    const rig = await setUp(folder)
    const results: ProofResult[] = []
    for (const one of cases) results.push(await measure(one, rig))
    return results
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function setUp(folder: string): Promise<Rig> {
  const materials = await makeSigningMaterials()
  const anchorFile = join(folder, 'ca.pem')
  await writeFile(anchorFile, materials.authorityPem)
  await writeFile(join(folder, 'materials.json'), JSON.stringify({ ...materials, crl: [...materials.crl] }))
  const bench = openSigningBench(materials)
  return { folder, bench, ways: waysOf(bench, folder), tools: { xmllint, xmlsec1: xmlsec1(anchorFile) } }
}

async function measure(one: ProofCase, rig: Rig): Promise<ProofResult> {
  const file = join(rig.folder, 'envelope.edxml')
  const envelope = makeEnvelope(one, rig.bench)
  await writeFile(file, envelope)
  const source: Source = one.fromDisk ? { path: file } : { bytes: envelope }

  for (let round = 0; round < one.warmUpRounds; round++) await timeWays(one, rig, source)
  const measured: Round[] = []
  for (let round = 0; round < rounds; round++) {
    measured.push({ ...(await timeWays(one, rig, source)), tools: timeTools(one, rig, file) })
  }
  return { name: one.name, ...summary(measured), peakBytes: await peaks(rig, file) }
}

async function timeWays({ runs }: ProofCase, { ways }: Rig, source: Source): Promise<Omit<Round, 'tools'>> {
  const time = async (name: WayName) => {
    const started = performance.now()
    for (let run = 0; run < runs; run++) await ways[name](source)
    return (performance.now() - started) / runs
  }
  return { proof: await time('proof'), bare: await time('bare'), intake: await time('intake') }
}

function timeTools({ runs, toolBase }: ProofCase, { tools }: Rig, file: string): number {
  return toolMs(tools.xmllint, file, runs, toolBase) + toolMs(tools.xmlsec1, file, runs, toolBase)
}

function summary(measured: readonly Round[]): Pick<ProofResult, 'ms' | 'ratios'> {
  const middle = (of: (round: Round) => number) => median(measured.map(of))
  return {
    ms: {
      proof: middle(round => round.proof),
      intake: middle(round => round.intake),
      bare: middle(round => round.bare),
      tools: middle(round => round.tools),
    },
    ratios: {
      toolsToProof: middle(({ tools, proof }) => tools / proof),
      proofToBare: middle(({ proof, bare }) => proof / bare),
      intakeToBare: middle(({ intake, bare }) => intake / bare),
    },
  }
}

async function peaks({ folder, tools }: Rig, file: string): Promise<ProofResult['peakBytes']> {
  return {
    proof: await peakOfWay('proof', file, folder),
    intake: await peakOfWay('intake', file, folder),
    bare: await peakOfWay('bare', file, folder),
    xmllint: await peakOfTool(tools.xmllint, file),
    xmlsec1: await peakOfTool(tools.xmlsec1, file),
  }
}
