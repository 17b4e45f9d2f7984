import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { makeSigningMaterials } from '../signing-bench.ts'
import { runCases, type Share } from './run-cases.ts'
import { merge, type Tally } from './tally.ts'
import { verifyByXmlsec, type XmlsecResult } from './xmlsec.ts'

export interface FuzzOptions {
  readonly cases: number
  readonly seed: number
  /** Threads; 0 runs in this one. */
  readonly workers: number
  /** Files shown to xmlsec1. */
  readonly xmlsec: number
  /** Where what is worth a look is kept. */
  readonly folder: string
  readonly log: (line: string) => void
}

export interface FuzzResult {
  readonly tally: Tally
  readonly xmlsec: XmlsecResult
  readonly casesPerSecond: number
}

/** Of the files for xmlsec1: those that we call valid must verify there, those that we refuse are only counted. */
const validShare = 0.8
const progressMs = 10_000

/** Makes documents, lets our reader, libxml2 and xmlsec1 judge them, and tells where they part. */
export function fuzz(options: FuzzOptions): Promise<FuzzResult> {
  const threads = Math.max(1, options.workers)
  const shares = Array.from({ length: threads }, (_, first) => ({
    first,
    step: threads,
    end: options.cases,
    validFiles: Math.ceil((options.xmlsec * validShare) / threads),
    refusedFiles: Math.ceil((options.xmlsec * (1 - validShare)) / threads),
  }))
  return fuzzShares(options, shares)
}

/** One case of a run again: its file is kept whatever comes of it. */
export async function fuzzOne(options: FuzzOptions, index: number): Promise<FuzzResult> {
  const share = { first: index, step: 1, end: index + 1, validFiles: 1, refusedFiles: 1 }
  return fuzzShares(options, [share])
}

type CaseShare = Omit<Share, 'seed' | 'folder' | 'materials'>

async function fuzzShares(options: FuzzOptions, shares: readonly CaseShare[]): Promise<FuzzResult> {
  const { seed, folder, log } = options
  mkdirSync(folder, { recursive: true })
  const materials = await makeSigningMaterials()
  const anchorFile = join(folder, 'ca.pem')
  writeFileSync(anchorFile, materials.authorityPem)

  const started = performance.now()
  const whole = shares.map(share => ({ ...share, seed, folder, materials }))
  const tally = await runShares(options, whole)
  const casesPerSecond = tally.cases / ((performance.now() - started) / 1000)
  const xmlsec = await verifyByXmlsec(tally, anchorFile, log)
  removeAgreed(tally, xmlsec)
  return { tally, xmlsec, casesPerSecond }
}

async function runShares({ workers, cases, log }: FuzzOptions, shares: readonly Share[]): Promise<Tally> {
  const done = shares.map(() => 0)
  const progress = (thread: number) => (count: number) => {
    done[thread] = count
  }
  const timer = setInterval(() => log(`${done.reduce((a, b) => a + b)} of ${cases} cases`), progressMs)
  try {
    const run = (share: Share, thread: number) =>
      workers === 0 ? runCases(share, progress(thread)) : runOnThread(share, progress(thread))
    return merge(await Promise.all(shares.map(run)))
  } finally {
    clearInterval(timer)
  }
}

function runOnThread(share: Share, progress: (cases: number) => void): Promise<Tally> {
  const worker = new Worker(new URL('./fuzz-worker.ts', import.meta.url), { workerData: share })
  return new Promise((resolve, reject) => {
    worker.on('message', (message: { cases: number; tally?: Tally }) => {
      progress(message.cases)
      if (message.tally !== undefined) resolve(message.tally)
    })
    worker.on('error', reject)
    worker.on('exit', code => reject(new Error(`a fuzz thread ended with code ${code} before it was done`)))
  })
}

/** Files on which xmlsec1 agrees with us tell nobody anything. */
function removeAgreed({ validFiles, refusedFiles }: Tally, { notVerified, verifiedThough }: XmlsecResult): void {
  const telling = new Set([...notVerified, ...verifiedThough].map(({ file }) => file))
  for (const file of [...validFiles, ...refusedFiles.map(({ file }) => file)]) if (!telling.has(file)) rmSync(file)
}
