import { appendFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Api, openApi } from '../load/api.ts'
import { agencyOf, type DemoAgency, readCountry } from '../load/country.ts'
import { sealedDocument } from '../load/documents.ts'
import { pause } from '../processes.ts'
import { pick, seeded } from '../random.ts'
import { check, type Violation } from './checker.ts'
import { emptyJournal, type Journal } from './journal.ts'
import { schedule } from './schedule.ts'
import { receiveUntil, sendUntilAnswered } from './traffic.ts'

/** A running hub in one of its shapes, whose parts can be killed and come back. */
export interface Victims {
  /** Where the demo's `agencies.json` lies. */
  readonly dataDir: string
  /** HTTP addresses of the gateways. */
  readonly gateways: readonly string[]
  readonly names: readonly string[]
  /** Ends one part with SIGKILL and sees to it that it comes back. */
  kill(name: string): Promise<void>
  /** Resolves when every part is ready again. */
  settle(): Promise<void>
  stop(): Promise<void>
}

export interface SweepOptions {
  readonly seed: number
  readonly documents: number
  readonly kills: number
  readonly log: (line: string) => void
}

export interface SweepResult {
  readonly seed: number
  readonly kills: number
  readonly accepted: number
  readonly refused: number
  readonly deliveries: number
  readonly violations: readonly Violation[]
  /** From the last kill until every delivery was acknowledged. */
  readonly drainedMs: number
}

const senders = ['G99', 'H99', 'H99.32.05']
const parallelSenders = 8
const drainMs = 120_000

/** Lets documents flow in all directions while parts of the hub are killed, then judges by the journals alone. */
export async function killSweep(victims: Victims, options: SweepOptions): Promise<SweepResult> {
  const country = await readCountry(victims.dataDir)
  const agencies = ['G99', 'H99', 'H99.32', 'H99.32.05'].map(code => agencyOf(country, code))
  const gatewaysOf = new Map(agencies.map(agency => [agency.code, openGateways(victims, agency)]))
  const journal = emptyJournal()
  let stopped = false

  const receiving = agencies.map(({ code }) => receiveUntil(journal, gatewaysOf.get(code) ?? [], code, () => stopped))
  const strikes = schedule(options.seed, options.kills, victims.names)
  const expectedMs = strikes.reduce((sum, strike) => sum + strike.afterMs, 0)
  const sending = sendAll(journal, agencies, gatewaysOf, options, expectedMs)

  for (const { afterMs, victim } of strikes) {
    await pause(afterMs)
    options.log(`kill -9 ${victim}`)
    await victims.kill(victim)
  }
  const lastKillAt = performance.now()
  await victims.settle()
  await sending
  await drained(journal)
  const drainedMs = performance.now() - lastKillAt
  stopped = true
  await Promise.all(receiving)
  await Promise.all([...gatewaysOf.values()].flat().map(api => api.close()))

  return {
    seed: options.seed,
    kills: strikes.length,
    accepted: count(journal, 'accepted'),
    refused: count(journal, 'refused'),
    deliveries: journal.acknowledged.size,
    violations: check(journal),
    drainedMs,
  }
}

/** Writes down what was found, so that a failed run can be looked at afterwards. */
export async function keepEvidence(folder: string, result: SweepResult): Promise<void> {
  await mkdir(folder, { recursive: true })
  await appendFile(join(folder, 'kill-sweep.jsonl'), `${JSON.stringify(result)}\n`)
}

function openGateways(victims: Victims, agency: DemoAgency): Api[] {
  return victims.gateways.map(url => openApi(url, agency.token, parallelSenders))
}

async function sendAll(
  journal: Journal,
  agencies: readonly DemoAgency[],
  gatewaysOf: ReadonlyMap<string, readonly Api[]>,
  options: SweepOptions,
  expectedMs: number,
): Promise<void> {
  const random = seeded(options.seed ^ 0x5bd1e995)
  const paceMs = (expectedMs / options.documents) * parallelSenders
  let next = 0
  await Promise.all(
    Array.from({ length: parallelSenders }, async () => {
      while (next < options.documents) {
        const documentId = `sweep-${options.seed}-${next++}`
        const sender = agencies.find(agency => agency.code === pick(random, senders)) ?? pick(random, agencies)
        const receivers = agencies.filter(agency => agency.code !== sender.code && random() < 0.6)
        const to = receivers.length > 0 ? receivers : agencies.filter(agency => agency.code !== sender.code).slice(0, 1)
        const envelope = sealedDocument(sender, {
          documentId,
          receivers: to,
          bytes: 8_000 + Math.floor(random() * 12_000),
        })
        const started = performance.now()
        await sendUntilAnswered(journal, gatewaysOf.get(sender.code) ?? [], {
          documentId,
          envelope,
          receivers: to.map(agency => agency.code),
        })
        await pause(Math.max(0, paceMs - (performance.now() - started)))
      }
    }),
  )
}

/** Waits until nothing is missing any more, at most `drainMs`. */
async function drained(journal: Journal): Promise<void> {
  const deadline = performance.now() + drainMs
  while (check(journal).length > 0 && performance.now() < deadline) await pause(200)
}

function count(journal: Journal, outcome: 'accepted' | 'refused'): number {
  return [...journal.sent.values()].filter(sent => sent.outcome === outcome).length
}
