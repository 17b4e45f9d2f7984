import { isDeepStrictEqual } from 'node:util'
import { pick, type Random } from '../random.ts'
import type { HubAnswer, Office } from './office.ts'
import type { Redelivery } from './redelivery.ts'
import type { ReformQueue } from './reform-queue.ts'
import type { Rules } from './rules.ts'
import type { Settler } from './settle.ts'
import { type ModelDelivery, type ModelPacket, systemOf, type World } from './world.ts'

/** One history on its way: the model, the hub, and where they differ. */
export interface HistoryContext {
  readonly world: World
  readonly rules: Rules
  /** Of the step that is being done: each has a seed of its own, so that a history can be tried without one of them. */
  random: Random
  readonly offices: readonly Office[]
  readonly reforms: ReformQueue
  readonly settler: Settler
  readonly redelivery: Redelivery
  /** Names of the operations done. */
  readonly done: string[]
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
  context.differences.push(`${what}: expected ${JSON.stringify(expected)}, the hub says ${JSON.stringify(actual)}`)
}

function plain(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(JSON.stringify(value))
}

export function jsonOf<T>({ text }: HubAnswer): T {
  return JSON.parse(text) as T
}

/** The e-office that acts for an agency now. */
export function officeOf({ offices, world }: HistoryContext, code: string): Office {
  const { id } = systemOf(world, code)
  const office = offices.find(({ systemId }) => systemId === id)
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

/** Any that is known to be in a mailbox, or to have been in one, and does not wait for another. */
export function anyDelivery(context: HistoryContext, wanted: (at: At) => boolean = () => true): At | undefined {
  const all = context.world.packets.flatMap(packet =>
    packet.deliveries
      .filter(({ id, joinedTo }) => id !== '' && joinedTo === null)
      .map(delivery => ({ packet, delivery })),
  )
  return pickOne(context, all.filter(wanted))
}

/** Waits until a packet is routed and in its mailboxes, once. */
export async function settle(context: HistoryContext, packet: ModelPacket): Promise<void> {
  if (packet.deliveries.some(({ id }) => id === '')) await learn(context, packet)
}

/** Waits until a packet has come to rest, and learns the ids of its deliveries. */
export async function learn({ settler }: HistoryContext, packet: ModelPacket): Promise<void> {
  const resting = await settler.settled(packet.id)
  for (const delivery of packet.deliveries) {
    delivery.id = resting.find(({ resolved }) => resolved === delivery.resolved)?.id ?? ''
    if (waitsOrIsHad(delivery)) delivery.listed = true
  }
}

function waitsOrIsHad({ state, joinedTo }: ModelDelivery): boolean {
  return joinedTo === null && state !== 'withdrawn' && state !== 'failed'
}
