import { mkdtemp } from 'node:fs/promises'
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { measureConsole } from './console/measure-console.ts'
import { printConsole } from './console/print-console.ts'
import { measureFanout } from './fanout/measure-fanout.ts'
import { printFanout } from './fanout/print-fanout.ts'
import { keepEvidence, killSweep, type SweepResult } from './faults/kill-sweep.ts'
import { distributedVictims } from './faults/shapes/distributed.ts'
import { embeddedVictims } from './faults/shapes/embedded.ts'
import { flips } from './flips/flips.ts'
import { printFlips } from './flips/print-flips.ts'
import { fuzz, fuzzOne } from './fuzz/fuzz.ts'
import { countDifferences, printFuzz } from './fuzz/print-fuzz.ts'
import { runHistoriesInTurns } from './histories/in-turns.ts'
import { printHistories } from './histories/print-histories.ts'
import { measureResponsiveness, type Times } from './load/responsiveness.ts'
import { measureAttachments } from './outage/measure-attachments.ts'
import { measureOutage } from './outage/measure-outage.ts'
import { printAttachments, printOutage } from './outage/print-outage.ts'
import { measureHuge } from './proof/huge.ts'
import { printProof } from './proof/print-proof.ts'
import { measureProof } from './proof.ts'
import { wholeCountry } from './reform/made-up-country.ts'
import { measureReform, printReform } from './reform/measure-reform.ts'
import { removeScratch, scratchFolder } from './scratch.ts'
import { makeSigningMaterials, openSigningBench } from './signing-bench.ts'
import { benchThroughput, type Shape } from './throughput-shapes.ts'
import { measureHostile } from './trust/measure-hostile.ts'
import { measurePdf } from './trust/measure-pdf.ts'
import { measureTrust } from './trust/measure-trust.ts'
import { printHostile, printPdf, printTrust } from './trust/print-trust.ts'
import { measureUpload } from './upload/measure-upload.ts'

const usage = `pnpm bench                     proof and throughput, both shapes
pnpm bench proof               proof of an envelope against xmllint and xmlsec1
pnpm bench trust               certification path and revocation against openssl verify, signed PDFs against pdfsig
pnpm bench hostile             certificates, paths and lists built to stop whoever judges them: the slowest
pnpm bench outage              intake while another authority's list server hangs, and what checks of PDFs cost it [--documents N] [--concurrency N]
pnpm bench huge                time and memory for one very large envelope [--gib N]
pnpm bench upload              one very large document sent in parts over kill -9 of the hub, and fetched [--gib N]
pnpm bench responsive          whether the hub answers while it proves envelopes of 10 MB
pnpm bench throughput          documents per second [--shape embedded|distributed] [--documents N] [--concurrency N]
pnpm bench fanout              one document to thousands, and thousands who ask for it [--shape embedded|distributed] [--stored N]
pnpm bench console             searches of the console over a made-up archive [--documents N] [--data FOLDER]
pnpm bench kills               kill -9 while documents flow [--shape embedded|distributed] [--documents N] [--kills N] [--seeds 1,2,3]
pnpm bench reform              the reform of 2025 over a made-up country [--documents N] [--seed S]
pnpm bench fuzz                the reader against libxml2 and xmlsec1 [--cases N] [--xmlsec N] [--seed S] [--only CASE] [--workers N]
pnpm bench histories           random histories of documents against a model [--histories N] [--from NUMBER] [--seed S] [--concurrency N] [--only NUMBER [--without STEPS]]
pnpm bench flips               one bit of a signed envelope at a time [--positions N] [--seed S]`

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    shape: { type: 'string' },
    documents: { type: 'string' },
    concurrency: { type: 'string' },
    kills: { type: 'string', default: '20' },
    seeds: { type: 'string', default: '1,2,3' },
    histories: { type: 'string', default: '10000' },
    from: { type: 'string', default: '0' },
    cases: { type: 'string', default: '100000' },
    xmlsec: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    without: { type: 'string' },
    positions: { type: 'string', default: '2000' },
    workers: { type: 'string' },
    gib: { type: 'string', default: '2' },
    stored: { type: 'string', default: '1000000' },
    data: { type: 'string' },
  },
})
const shapes: readonly Shape[] = values.shape === undefined ? ['embedded', 'distributed'] : [shapeOf(values.shape)]

printMachine()
switch (positionals[0]) {
  case undefined:
    await proof()
    await throughput().finally(removeScratch)
    break
  case 'proof':
    await proof()
    break
  case 'trust':
    printTrust(await measureTrust())
    printPdf(await measurePdf())
    break
  case 'hostile':
    printHostile(await measureHostile())
    break
  case 'outage':
    await outage()
    break
  case 'huge':
    await huge()
    break
  case 'upload':
    await upload().finally(removeScratch)
    break
  case 'responsive':
    await responsive()
    break
  case 'throughput':
    await throughput().finally(removeScratch)
    break
  case 'fanout':
    await fanout().finally(removeScratch)
    break
  case 'console':
    await searches().finally(removeScratch)
    break
  case 'kills':
    process.exitCode = await kills()
    break
  case 'reform':
    process.exitCode = await reform()
    break
  case 'fuzz':
    process.exitCode = await fuzzing()
    break
  case 'histories':
    process.exitCode = await histories()
    break
  case 'flips':
    process.exitCode = await flipping()
    break
  default:
    console.error(usage)
    process.exitCode = 2
}

async function reform(): Promise<number> {
  const options = { scale: wholeCountry, seed: Number(values.seed), documents: Number(values.documents ?? 20_000) }
  const rehearsal = await measureReform(options)
  printReform(rehearsal)
  return rehearsal.faults.length === 0 ? 0 : 1
}

async function proof(): Promise<void> {
  printProof(await measureProof())
}

async function outage(): Promise<void> {
  const load = [Number(values.documents ?? 2000), Number(values.concurrency ?? 64)] as const
  printOutage(await measureOutage(...load))
  printAttachments(await measureAttachments(...load))
}

async function huge(): Promise<void> {
  console.log('\nOne signed envelope of many gigabytes, each way in a process of its own, limits raised')
  for (const { way, seconds, peakBytes } of await measureHuge(Number(values.gib) * 2 ** 30)) {
    console.log(`  ${way.padEnd(7)} ${seconds.toFixed(1)} s   peak memory ${(peakBytes / 2 ** 20).toFixed(0)} MiB`)
  }
}

async function upload(): Promise<void> {
  const gib = Number(values.gib)
  console.log(
    `\nOne document of ${gib} GiB in parts, kill -9 of the hub half way, then fetched; memory of the hub's process`,
  )
  const { sizeBytes, atRestBytes, stretches } = await measureUpload(gib * 2 ** 30)
  console.log(`  at rest ${(atRestBytes / 2 ** 20).toFixed(0)} MiB`)
  for (const { name, seconds, peakBytes, bytes = sizeBytes } of stretches) {
    const rate = `${(bytes / 1_000_000 / seconds).toFixed(0)} MB/s`
    console.log(
      `  ${name.padEnd(22)} ${seconds.toFixed(1)} s   ${rate}   at most ${(peakBytes / 2 ** 20).toFixed(0)} MiB`,
    )
  }
}

async function responsive(): Promise<void> {
  console.log('\nCalls of /health/live, with nothing to do and while three senders push envelopes of 10 MB')
  const times = ({ calls, p50, p99, longest }: Times) =>
    `p50 ${ms(p50)}, p99 ${ms(p99)}, longest ${ms(longest)} (${calls} calls)`
  const result = await measureResponsiveness()
  console.log(
    `  idle ${times(result.idleMs)}\n  busy ${times(result.busyMs)}\n` +
      `  ${result.documents} envelopes accepted at ${result.megabytesPerSecond.toFixed(0)} MB/s, ` +
      `hub ${result.hubCpuSeconds.toFixed(1)} s of CPU, hub and database at most ${(result.peakBytes / 2 ** 20).toFixed(0)} MiB`,
  )
}

async function throughput(): Promise<void> {
  const concurrency = Number(values.concurrency ?? 128)
  console.log(
    `\nDocuments of 10 KB over ${concurrency} connections, accepted durably and delivered to the mailbox, then acknowledged; load generator on the same machine`,
  )
  for (const shape of shapes) {
    const result = await benchThroughput(shape, {
      documents: Number(values.documents ?? 5000),
      concurrency,
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

async function fanout(): Promise<void> {
  const size = { fans: [3_321, 11_000], systems: 400, stored: Number(values.stored), directory: 111_000, lists: 50 }
  for (const shape of shapes) printFanout(shape, await measureFanout(shape, size))
}

async function searches(): Promise<void> {
  const log = (line: string): void => console.log(`  ${line}`)
  const { documents = 10_000_000, data } = values
  printConsole(await measureConsole({ documents: Number(documents), ...(data && { data }), log }))
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

async function fuzzing(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'docaxis-fuzz-'))
  console.log(`\nDocuments made to tell readers of XML apart; what is worth a look is kept in ${folder}`)
  const options = {
    cases: Number(values.cases),
    seed: Number(values.seed),
    workers: Number(values.workers ?? availableParallelism()),
    xmlsec: Number(values.xmlsec),
    folder,
    log: (line: string) => console.log(`  ${line}`),
  }
  const result = await (values.only === undefined ? fuzz(options) : fuzzOne(options, Number(values.only)))
  printFuzz(result, options)
  return countDifferences(result) === 0 ? 0 : 1
}

async function histories(): Promise<number> {
  const folder = await scratchFolder()
  console.log(`\nRandom histories against a model, at hubs whose logs are in ${folder}`)
  const startedAt = performance.now()
  const result = await runHistoriesInTurns(folder, {
    histories: Number(values.histories),
    from: Number(values.from),
    seed: Number(values.seed),
    concurrency: Number(values.concurrency ?? 32),
    ...(values.only !== undefined && { only: Number(values.only) }),
    ...(values.without && { without: new Set(values.without.split(',').map(Number)) }),
    log: line => console.log(`  ${line}`),
  })
  printHistories(result, (performance.now() - startedAt) / 1000)
  return result.differences.length === 0 ? 0 : 1
}

async function flipping(): Promise<number> {
  console.log('\nA signed envelope with one bit flipped: refused, or the bit had no meaning')
  const bench = openSigningBench(await makeSigningMaterials())
  const result = await flips(Number(values.positions), Number(values.seed), bench)
  printFlips(result)
  return result.harmful.length === 0 ? 0 : 1
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
