import type { Level } from '@docaxis/events'
import { countedUpTo, hourStart, lateByLevel, levelFlows, openLevels, pulse, type Scope } from '@docaxis/store/console'
import type { Console } from '../console.ts'
import { type AttentionLine, readAttention } from './attention.ts'
import { type HealthLine, readHealth } from './health.ts'

/** What flows between two levels within the last hour, and what is late there. */
export interface Flow {
  readonly from: Level
  readonly to: Level
  readonly accepted: number
  readonly fetched: number
  readonly acknowledged: number
  /** Null: nothing was fetched within the hour. */
  readonly fetchSeconds: number | null
  /** Still owed past its deadline, whenever it was sent. */
  readonly late: number
}

export interface NowView {
  readonly attention: readonly (AttentionLine & { readonly more: boolean })[]
  readonly levels: readonly Level[]
  /** Where the hour of `flows` begins: the list of documents asks from the same moment on. */
  readonly flowsSince: string
  readonly flows: readonly Flow[]
  readonly health: readonly HealthLine[]
  /** The last minutes, for a pulse that is drawn already. */
  readonly minutes: readonly PulsePoint[]
}

/** Seconds since 1970, accepted, fetched, acknowledged: what charts are drawn from. */
export type PulsePoint = readonly [at: number, accepted: number, fetched: number, acknowledged: number]

/** The first page, as far as a scope sees. */
export async function readNow(console: Console, scope: Scope): Promise<NowView> {
  const { database } = console
  const since = await hourStart(database)
  const [attention, levels, flows, late, health, minutes] = await Promise.all([
    readAttention(console, scope),
    openLevels(database),
    levelFlows(database, scope, since),
    lateByLevel(database, scope),
    readHealth(console, { details: scope.everything }),
    readPulse(console, scope, '5 minutes'),
  ])
  return {
    attention: attention.map(line => ({ ...line, more: line.count >= countedUpTo })),
    levels,
    flowsSince: since.toISOString(),
    flows: joined(flows, late),
    health,
    minutes,
  }
}

export async function readPulse(
  { database }: Console,
  scope: Scope,
  within: '24 hours' | '5 minutes',
): Promise<PulsePoint[]> {
  const minutes = await pulse(database, scope, within)
  return minutes.map(({ minute, accepted, fetched, acknowledged }) => [
    minute.getTime() / 1000,
    accepted,
    fetched,
    acknowledged,
  ])
}

const nothing = { accepted: 0, fetched: 0, acknowledged: 0, fetchSeconds: null }

function joined(flows: readonly Omit<Flow, 'late'>[], late: readonly Pick<Flow, 'from' | 'to' | 'late'>[]): Flow[] {
  const known = new Map<string, Flow>()
  for (const flow of flows) known.set(`${flow.from} ${flow.to}`, { ...flow, late: 0 })
  for (const pair of late) {
    const key = `${pair.from} ${pair.to}`
    known.set(key, { ...nothing, ...known.get(key), ...pair })
  }
  return [...known.values()].toSorted((one, other) => other.accepted - one.accepted || other.late - one.late)
}
