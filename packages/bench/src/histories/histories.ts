import { below, seeded, seedOf } from '../random.ts'
import { type Circle, makeCircles } from './circle.ts'
import { compareMailboxes } from './compare-mailboxes.ts'
import { compareWorld } from './compare-world.ts'
import type { HistoryContext } from './context.ts'
import type { HistoriesHub } from './hub.ts'
import { operations, step } from './operations.ts'
import { openRedelivery, type Redelivery } from './redelivery.ts'
import { openReformQueue, type ReformQueue } from './reform-queue.ts'
import { type Rules, rules as realRules } from './rules.ts'
import { type Settler, startSettler } from './settle.ts'
import { shrink } from './shrink.ts'

export interface HistoriesOptions {
  readonly histories: number
  /** Number of the first one. */
  readonly from?: number
  readonly seed: number
  /** Histories under way at once. */
  readonly concurrency: number
  /** Only this one of the histories. */
  readonly only?: number
  /** Steps of it to leave out, numbered from 0. */
  readonly without?: ReadonlySet<number>
  /** Differing histories that are made short, 8 unless told; the rest is named. */
  readonly shortened?: number
  readonly rules?: Rules
  readonly log?: (line: string) => void
}

export interface HistoriesResult {
  readonly histories: number
  /** How often each operation was done. */
  readonly steps: Readonly<Record<string, number>>
  readonly differences: readonly string[]
}

const fewestSteps = 5
const mostSteps = 14

/** Circles made at once. */
const batch = 50

/**
 * Random histories: what happens is drawn from the seed, done in a model and at the hub, and compared at every step, and at
 * the end of each history with all that the hub shows of it.
 */
export async function runHistories(hub: HistoriesHub, options: HistoriesOptions): Promise<HistoriesResult> {
  const settler = startSettler(hub.database)
  const stage = { hub, settler, reforms: openReformQueue(hub), redelivery: openRedelivery(hub) }
  try {
    return await runAll(options, stage)
  } finally {
    await settler.stop()
  }
}

/** What all histories of a run share. */
interface Stage {
  readonly hub: HistoriesHub
  readonly settler: Settler
  readonly reforms: ReformQueue
  readonly redelivery: Redelivery
}

async function runAll(options: HistoriesOptions, stage: Stage): Promise<HistoriesResult> {
  const { histories, from = 0, concurrency, only, without = new Set(), shortened = 8, log = () => undefined } = options
  const numbers = only === undefined ? Array.from({ length: histories }, (_, index) => from + index) : [only]
  const circles = circleSource(stage.hub)
  const differing: number[] = []
  const steps = new Map<string, number>()
  let done = 0
  const run = async (number: number, left: ReadonlySet<number>): Promise<HistoryContext> => {
    const context = newHistory(options, stage, await circles(), number)
    await runHistory(context, seedOf(options.seed, number), left)
    return context
  }
  const waiting = numbers.values()
  const work = async () => {
    for (const number of waiting) {
      const context = await run(number, without)
      for (const name of context.done) steps.set(name, (steps.get(name) ?? 0) + 1)
      if (context.differences.length > 0) differing.push(number)
      done += 1
      if (done % 100 === 0) log(`${done} histories, ${differing.length} with differences`)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, work))
  const told = await Promise.all(differing.slice(0, shortened).map(number => shortest(number, run)))
  const further = differing.slice(shortened).map(number => `history ${number} as well`)
  return { histories: done, steps: Object.fromEntries(steps), differences: [...told.flat(), ...further] }
}

/** A differing history with as few steps as still differ, told so that it can be repeated. */
async function shortest(
  number: number,
  run: (number: number, without: ReadonlySet<number>) => Promise<HistoryContext>,
): Promise<readonly string[]> {
  const without = await shrink(mostSteps, async left => (await run(number, left)).differences.length > 0)
  const { differences, trail } = await run(number, without)
  const repeat = `--only ${number} --without ${[...without].sort((left, right) => left - right).join(',')}`
  if (differences.length === 0) return [`history ${number} differed once and no more`]
  return differences.map(difference => `${difference}; after ${[...trail, repeat].join(' → ')}`)
}

/** Circles of their own for whoever asks, made ahead. */
function circleSource(hub: HistoriesHub): () => Promise<Circle> {
  const ready: Circle[] = []
  let making: Promise<void> | undefined
  async function make(): Promise<void> {
    const names = Array.from({ length: batch }, () => `T${hub.unused()}`)
    ready.push(...(await makeCircles(hub, names)))
    making = undefined
  }
  return async () => {
    for (;;) {
      const circle = ready.shift()
      if (circle) return circle
      making ??= make()
      await making
    }
  }
}

function newHistory(
  { seed, rules = realRules }: HistoriesOptions,
  { settler, reforms, redelivery }: Stage,
  { codes, offices }: Circle,
  number: number,
): HistoryContext {
  let names = 0
  return {
    world: {
      agencies: codes.map(code => ({ code, open: true, moved: false, successor: null })),
      systems: offices.map(({ systemId, codes }) => ({ id: systemId, agencies: new Set(codes) })),
      packets: [],
      statuses: [],
    },
    rules,
    random: seeded(seedOf(seed, number)),
    offices,
    reforms,
    settler,
    redelivery,
    done: [],
    trail: [`history ${number} of seed ${seed}`],
    differences: [],
    newName: () => `history-${seed}-${number}-${++names}`,
  }
}

async function runHistory(context: HistoryContext, seed: number, without: ReadonlySet<number>): Promise<void> {
  try {
    const length = fewestSteps + below(context.random, mostSteps - fewestSteps + 1)
    for (let number = 0; number < length && context.differences.length === 0; number += 1) {
      if (without.has(number)) continue
      context.random = seeded(seedOf(seed, number))
      context.done.push((await step(context, operations)).name)
    }
    await compareWorld(context)
    await compareMailboxes(context)
  } catch (error) {
    context.differences.push(String(error))
  }
}
