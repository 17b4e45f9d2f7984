import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { agencyOf, readCountry } from '../load/country.ts'
import { freePort, startProgram, stopProgram, untilReady } from '../processes.ts'
import { below, seeded, seedOf } from '../random.ts'
import { compareMailboxes } from './compare-mailboxes.ts'
import { compareWorld } from './compare-world.ts'
import type { HistoryContext, Operation } from './context.ts'
import { type Office, openOffice } from './office.ts'
import { operations, step } from './operations.ts'
import { type Rules, rules as realRules } from './rules.ts'
import type { World } from './world.ts'

export interface HistoriesOptions {
  readonly histories: number
  readonly seed: number
  /** Histories under way at once. */
  readonly concurrency: number
  /** For the hub's data and log; made where it is not there. */
  readonly folder: string
  /** Only this one of the histories. */
  readonly only?: number
  readonly rules?: Rules
  readonly log?: (line: string) => void
}

export interface HistoriesResult {
  readonly histories: number
  /** How often each operation was done. */
  readonly steps: Readonly<Record<string, number>>
  readonly differences: readonly string[]
}

/** Who writes to whom: agencies of the demo country with seals of their own. */
const codes = ['G97', 'G98', 'G99', 'H99'] as const

const fewestSteps = 5
const mostSteps = 14

/**
 * Random histories against a hub of its own, with its own PostgreSQL: what happens is drawn from the seed, done in a model
 * and at the hub, and compared at every step, at the end of each history and in the mailboxes at the end of all.
 */
export async function runHistories(options: HistoriesOptions): Promise<HistoriesResult> {
  await mkdir(options.folder, { recursive: true })
  const dataDir = join(options.folder, 'data')
  const hub = startProgram({
    program: 'hub',
    port: await freePort(),
    logFile: join(options.folder, 'hub.log'),
    env: {
      DOCAXIS_DATA_DIR: dataDir,
      DOCAXIS_DEMO: 'on',
      DOCAXIS_LOG_LEVEL: 'warn',
      DOCAXIS_REQUESTS_PER_MINUTE: '10000000',
    },
  })
  try {
    await untilReady(() => hub)
    const country = await readCountry(dataDir)
    const offices = codes.map(code => openOffice(hub.url, agencyOf(country, code)))
    try {
      return await runAll(options, offices)
    } finally {
      await Promise.all(offices.map(office => office.close()))
    }
  } finally {
    await stopProgram(hub)
  }
}

async function runAll(options: HistoriesOptions, offices: readonly Office[]): Promise<HistoriesResult> {
  const { histories, concurrency, only, log = () => undefined } = options
  const numbers = only === undefined ? Array.from({ length: histories }, (_, number) => number) : [only]
  const done: HistoryContext[] = []
  const steps = new Map<string, number>()
  const waiting = numbers.values()
  const work = async () => {
    for (const number of waiting) {
      const context = newHistory(options, offices, number)
      for (const { name } of await runHistory(context)) steps.set(name, (steps.get(name) ?? 0) + 1)
      done.push(context)
      if (done.length % 500 === 0) log(`${done.length} histories, ${differencesOf(done).length} differences`)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, work))
  const mailboxes = await compareMailboxes(
    offices,
    done.map(({ world }) => world),
  )
  return {
    histories: done.length,
    steps: Object.fromEntries(steps),
    differences: [...differencesOf(done), ...mailboxes],
  }
}

function newHistory({ seed, rules = realRules }: HistoriesOptions, offices: readonly Office[], number: number) {
  const random = seeded(seedOf(seed, number))
  const world: World = { packets: [], statuses: [] }
  let names = 0
  const context: HistoryContext = {
    world,
    rules,
    random,
    offices,
    trail: [`history ${number} of seed ${seed}`],
    differences: [],
    newName: () => `history-${seed}-${number}-${++names}`,
  }
  return context
}

async function runHistory(context: HistoryContext): Promise<readonly Operation[]> {
  const done: Operation[] = []
  try {
    const length = fewestSteps + below(context.random, mostSteps - fewestSteps + 1)
    while (done.length < length && context.differences.length === 0) done.push(await step(context, operations))
    await compareWorld(context)
  } catch (error) {
    context.differences.push(`${error}; after ${context.trail.join(' → ')}`)
  }
  return done
}

function differencesOf(done: readonly HistoryContext[]): readonly string[] {
  return done.flatMap(({ differences }) => differences)
}
