import { mostAttempts } from './hub.ts'
import {
  type Act,
  type ModelDelivery,
  type ModelPacket,
  type Outcome,
  type OutcomeWord,
  sharing,
  type World,
} from './world.ts'

/**
 * What the specification says must happen (edXML 6 and 9; for reforms `directory-rules.ts`), as plainly as it can be said,
 * and without a line of the hub's. Each rule changes the model and returns what the hub must answer.
 */
export interface Rules {
  /** @param receivers of the packet that acts */
  act(
    world: World,
    act: Act,
    target: ModelPacket,
    delivery: ModelDelivery,
    receivers: readonly string[],
  ): readonly Outcome[]
  report(world: World, packet: ModelPacket, delivery: ModelDelivery, code: string): void
  fetch(delivery: ModelDelivery): Handover
  acknowledge(delivery: ModelDelivery): Handover
  /** The receiver could not take it: it is offered again, and after the last attempt it is over. */
  fail(delivery: ModelDelivery): Handover
}

/** Done, or the state in which the delivery had ended before. */
export type Handover = 'done' | 'withdrawn' | 'failed' | 'acknowledged'

export const rules: Rules = { act, report, fetch, acknowledge, fail }

function fetch(delivery: ModelDelivery): Handover {
  if (delivery.state === 'withdrawn' || delivery.state === 'failed') return delivery.state
  if (delivery.state === 'waiting') delivery.state = 'fetched'
  delivery.had = true
  return 'done'
}

function acknowledge(delivery: ModelDelivery): Handover {
  if (delivery.state === 'withdrawn' || delivery.state === 'failed') return delivery.state
  delivery.state = 'stored'
  delivery.had = true
  return 'done'
}

function fail(delivery: ModelDelivery): Handover {
  // Said of what has failed already it is a repeat.
  if (delivery.state === 'failed') return 'done'
  if (delivery.state === 'withdrawn') return delivery.state
  if (delivery.state === 'stored') return 'acknowledged'
  delivery.attempts += 1
  delivery.state = delivery.attempts < mostAttempts ? 'waiting' : 'failed'
  return 'done'
}

function act(
  world: World,
  act: Act,
  target: ModelPacket,
  delivery: ModelDelivery,
  receivers: readonly string[],
): readonly Outcome[] {
  const { receiver } = delivery
  const word = wordOf(act, delivery, receivers)
  if (word === 'withdrawn') withdraw(delivery)
  const flagged = word === 'asked' && isOver(act, delivery)
  if (word === 'asked' && !flagged && act !== 'replace') delivery.change = { kind: act, is: 'asked' }
  const updates = word === 'withdrawn' ? withdrawUpdates(world, target, receiver) : []
  return [{ document: target.id, receiver, outcome: word, flagged }, ...updates]
}

function wordOf(act: Act, delivery: ModelDelivery, receivers: readonly string[]): OutcomeWord {
  if (delivery.state === 'withdrawn' || (delivery.state === 'failed' && !delivery.had)) return 'not-held'
  if (act === 'replace') return 'replaced'
  if (!delivery.had && act !== 'update') return 'withdrawn'
  return act === 'take-back' || receivers.includes(delivery.receiver) ? 'asked' : 'not-told'
}

/** What was taken back or revoked is at its end; what was refused is not asked back. */
function isOver(act: Act, { change, furthest }: ModelDelivery): boolean {
  const ended = change?.is === 'agreed' && change.kind !== 'update'
  return ended || (act === 'take-back' && furthest === '02')
}

/** A wish that was open has nobody to answer it any more. */
function withdraw(delivery: ModelDelivery): void {
  delivery.state = 'withdrawn'
  delivery.change = null
}

/** Nobody gets the update of a document that it will never see. */
function withdrawUpdates(world: World, target: ModelPacket, receiver: string): readonly Outcome[] {
  const waiting = world.packets.flatMap(packet => {
    const delivery = packet.deliveries.find(one => one.receiver === receiver && one.joinedTo === null)
    const isUpdate = packet.action === 'update' && packet.target && sharing(packet.target, world).includes(target)
    return isUpdate && delivery?.state === 'waiting' && !delivery.had ? [{ packet, delivery }] : []
  })
  return waiting.map(({ packet, delivery }) => {
    withdraw(delivery)
    return { document: packet.id, receiver, outcome: 'withdrawn', flagged: false }
  })
}

const answerOf: Readonly<Record<string, 'agreed' | 'refused'>> = {
  15: 'agreed',
  16: 'refused',
  '03': 'agreed',
  '02': 'refused',
}

function report(world: World, packet: ModelPacket, own: ModelDelivery, code: string): void {
  const wished = askedBy(world, packet, own.receiver)
  const answersWish = code === '15' || code === '16' || (code in answerOf && wished?.change?.is === 'asked')
  const delivery = wished && answersWish ? wished : own
  delivery.history.push({ code, flagged: !move(delivery, code) })
}

/** An update or a revocation has no state of its own: what it asked is answered at the document. */
function askedBy(world: World, packet: ModelPacket, receiver: string): ModelDelivery | undefined {
  const asked = packet.outcomes.find(one => one.receiver === receiver && one.outcome === 'asked')
  const target = world.packets.find(({ id }) => id === asked?.document)
  return target?.deliveries.find(one => one.receiver === receiver)
}

/** @returns whether the report fits */
function move(delivery: ModelDelivery, code: string): boolean {
  const { change } = delivery
  const answer = answerOf[code]
  if (answer && change?.is === 'asked') {
    delivery.change = { kind: change.kind, is: answer }
    return true
  }
  if (code === '15' || code === '16') return false
  if (change?.is === 'agreed' && change.kind !== 'update') return false
  if (change?.is === 'agreed') delivery.change = null
  return handle(delivery, code)
}

const expectedAfter: Readonly<Record<string, readonly (string | null)[]>> = {
  '01': [null],
  '02': [null, '01'],
  '03': [null, '01'],
  '04': ['03'],
  '05': ['03', '04'],
  '06': ['03', '04', '05'],
}

function handle(delivery: ModelDelivery, code: string): boolean {
  const before = delivery.furthest
  if (before === null || (before !== '02' && code > before)) delivery.furthest = code
  return expectedAfter[code]?.includes(before) ?? false
}
