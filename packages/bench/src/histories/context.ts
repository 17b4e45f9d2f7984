import { isDeepStrictEqual } from 'node:util'
import { pause } from '../processes.ts'
import { pick, type Random } from '../random.ts'
import type { HubAnswer, Office } from './office.ts'
import type { Rules } from './rules.ts'
import type { ModelDelivery, ModelPacket, World } from './world.ts'

/** One history on its way: the model, the hub, and where they differ. */
export interface HistoryContext {
  readonly world: World
  readonly rules: Rules
  readonly random: Random
  readonly offices: readonly Office[]
  /** Steps taken, for whoever looks at a difference. */
  readonly trail: string[]
  readonly differences: string[]
  /** A DocumentId that nobody has used. */
  newName(): string
}

/** One thing that can happen. Others can be added to the table of `operations.ts` without touching these. */
export interface Operation {
  readonly name: string
  /** How often it is drawn, against the others. */
  readonly weight: number
  /** Draws what it needs, does it in the model and at the hub, and compares. @returns false: nothing to do it to */
  run(context: HistoryContext): Promise<boolean>
}

export function compare(context: HistoryContext, what: string, expected: unknown, actual: unknown): void {
  if (isDeepStrictEqual(plain(expected), plain(actual))) return
  const texts = `expected ${JSON.stringify(expected)}, the hub says ${JSON.stringify(actual)}`
  context.differences.push(`${what}: ${texts}; after ${context.trail.join(' → ')}`)
}

function plain(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(JSON.stringify(value))
}

export function jsonOf<T>({ text }: HubAnswer): T {
  return JSON.parse(text) as T
}

export function officeOf({ offices }: HistoryContext, code: string): Office {
  const office = offices.find(one => one.code === code)
  if (!office) throw new Error(`nobody acts for ${code}`)
  return office
}

export function pickOne<T>({ random }: HistoryContext, values: readonly T[]): T | undefined {
  return values.length === 0 ? undefined : pick(random, values)
}

/** A packet at one of its receivers. */
export interface At {
  readonly packet: ModelPacket
  readonly delivery: ModelDelivery
}

export function anyDelivery(context: HistoryContext, wanted: (at: At) => boolean = () => true): At | undefined {
  const all = context.world.packets.flatMap(packet =>
    packet.deliveries.filter(({ id }) => id !== '').map(delivery => ({ packet, delivery })),
  )
  return pickOne(context, all.filter(wanted))
}

interface TrackView {
  readonly id: string | null
  readonly receiver: string
  readonly transport: string
}

const patienceMs = 60_000
const [firstPauseMs, longestPauseMs] = [20, 640]

/** Waits until a packet is routed and in its mailboxes, once; learns the ids of its deliveries. */
export async function settle(context: HistoryContext, packet: ModelPacket): Promise<void> {
  if (packet.deliveries.every(({ id }) => id !== '')) return
  let pauseMs = firstPauseMs
  const until = performance.now() + patienceMs
  const office = officeOf(context, packet.sender)
  for (;;) {
    const { deliveries } = jsonOf<{ deliveries: readonly TrackView[] }>(await office.get(`/documents/${packet.id}`))
    const open = deliveries.filter(({ transport }) => transport === 'accepted' || transport === 'routed')
    if (open.length === 0) return learn(packet, deliveries)
    if (performance.now() > until) {
      context.differences.push(`packet ${packet.id} was not routed in time; after ${context.trail.join(' → ')}`)
      return
    }
    await pause(pauseMs)
    pauseMs = Math.min(2 * pauseMs, longestPauseMs)
  }
}

function learn(packet: ModelPacket, tracks: readonly TrackView[]): void {
  for (const delivery of packet.deliveries) {
    delivery.id = tracks.find(({ receiver }) => receiver === delivery.receiver)?.id ?? ''
    if (delivery.state !== 'withdrawn') delivery.listed = true
  }
}
