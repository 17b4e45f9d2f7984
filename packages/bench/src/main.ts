import { mkdtemp } from 'node:fs/promises'
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { keepEvidence, killSweep, type SweepResult } from './faults/kill-sweep.ts'
import { distributedVictims } from './faults/shapes/distributed.ts'
import { embeddedVictims } from './faults/shapes/embedded.ts'
import { measureProof } from './proof.ts'
import { benchThroughput, type Shape } from './throughput-shapes.ts'

const usage = `pnpm bench                     proof and throughput, both shapes
pnpm bench proof               proof of an envelope against xmllint and xmlsec1
pnpm bench throughput          documents per second [--shape embedded|distributed] [--documents N] [--concurrency N]
pnpm bench kills               kill -9 while documents flow [--shape embedded|distributed] [--documents N] [--kills N] [--seeds 1,2,3]`

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    shape: { type: 'string' },
    documents: { type: 'string' },
    concurrency: { type: 'string', default: '64' },
    kills: { type: 'string', default: '20' },
    seeds: { type: 'string', default: '1,2,3' },
  },
})
const shapes: readonly Shape[] = values.shape === undefined ? ['embedded', 'distributed'] : [shapeOf(values.shape)]

printMachine()
switch (positionals[0]) {
  case undefined:
    await proof()
    await throughput()
    break
  case 'proof':
    await proof()
    break
  case 'throughput':
    await throughput()
    break
  case 'kills':
    process.exitCode = await kills()
    break
  default:
    console.error(usage)
    process.exitCode = 2
}

async function proof(): Promise<void> {
  console.log(
    '\nProof of one envelope: ours in one process, against xmllint --schema and xmlsec1 --verify (process start subtracted)',
  )
  for (const { size, oursMs, toolsMs, ratio } of await measureProof()) {
    console.log(`  ${size.padEnd(6)} ours ${ms(oursMs)}   tools ${ms(toolsMs)}   tools/ours ${ratio.toFixed(2)}`)
  }
}

async function throughput(): Promise<void> {
  console.log(
    '\nDocuments of 10 KB accepted durably and delivered to the mailbox, then acknowledged; load generator on the same machine',
  )
  for (const shape of shapes) {
    const result = await benchThroughput(shape, {
      documents: Number(values.documents ?? 5000),
      concurrency: Number(values.concurrency),
    })
    const perDocument = (seconds: number) => ms((seconds * 1000) / result.documents)
    console.log(
      `  ${shape.padEnd(11)} accepted ${result.acceptedPerSecond.toFixed(0)}/s (p50 ${ms(result.acceptMs.p50)}, p99 ${ms(result.acceptMs.p99)})` +
        `   in the mailbox ${result.deliveredPerSecond.toFixed(0)}/s (p50 ${ms(result.deliverMs.p50)}, p99 ${ms(result.deliverMs.p99)})\n` +
        `              then acknowledged ${result.acknowledgedPerSecond.toFixed(0)}/s; ${result.documents} documents, peak memory ${(result.cost.peakBytes / 2 ** 20).toFixed(0)} MiB\n` +
        `              CPU per document: hub ${perDocument(result.cost.hubSeconds)}, ${shape === 'embedded' ? 'database' : 'database and broker'} ${perDocument(result.cost.othersSeconds)}, load generator ${perDocument(result.cost.generatorSeconds)}`,
    )
  }
}

async function kills(): Promise<number> {
  const results: SweepResult[] = []
  for (const shape of shapes) {
    for (const seed of values.seeds.split(',').map(Number)) {
      const folder = await mkdtemp(join(tmpdir(), `docaxis-kills-${shape}-`))
      console.log(`\n${shape}, seed ${seed}, logs in ${folder}`)
      const victims = await (shape === 'embedded' ? embeddedVictims(folder) : distributedVictims(folder))
      try {
        const result = await killSweep(victims, {
          seed,
          documents: Number(values.documents ?? 2000),
          kills: Number(values.kills),
          log: line => console.log(`  ${line}`),
        })
        results.push(result)
        await keepEvidence(folder, result)
        printSweep(result)
      } finally {
        await victims.stop()
      }
    }
  }
  return results.every(result => result.violations.length === 0 && result.refused === 0) ? 0 : 1
}

function printSweep(result: SweepResult): void {
  console.log(
    `  ${result.kills} kills, ${result.accepted} documents accepted, ${result.refused} refused, ${result.deliveries} deliveries acknowledged, ` +
      `drained ${(result.drainedMs / 1000).toFixed(1)} s after the last kill, ${result.violations.length} violations`,
  )
  for (const { invariant, what } of result.violations.slice(0, 20)) console.log(`  ${invariant}: ${what}`)
}

function printMachine(): void {
  const memory = (totalmem() / 2 ** 30).toFixed(0)
  console.log(`${availableParallelism()} cores ${cpus()[0]?.model ?? ''}, ${memory} GiB, Node ${process.versions.node}`)
}

function shapeOf(word: string): Shape {
  if (word === 'embedded' || word === 'distributed') return word
  console.error(usage)
  process.exit(2)
}

function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 0)} ms`
}
