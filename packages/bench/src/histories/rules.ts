import { resolve } from './directory-rules.ts'
import { mostAttempts } from './hub.ts'
import {
  type Act,
  answererOf,
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
  act(world: World, act: Acting, target: ModelPacket, delivery: ModelDelivery): readonly Outcome[]
  report(world: World, packet: ModelPacket, delivery: ModelDelivery, code: string): void
  fetch(delivery: ModelDelivery): Handover
  acknowledge(delivery: ModelDelivery): Handover
  /** The receiver could not take it: it is offered again, and after the last attempt it is over. */
  fail(delivery: ModelDelivery): Handover
}

/** A packet that acts on earlier ones. */
export interface Acting {
  /** The hub's id. */
  readonly id: string
  readonly does: Act
  /** Those to whom it goes itself. */
  readonly receivers: readonly string[]
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

function act(world: World, acting: Acting, target: ModelPacket, delivery: ModelDelivery): readonly Outcome[] {
  const { receiver } = delivery
  const answerer = resolve(world, receiver)
  const word = wordOf(acting, delivery, answerer)
  if (word === 'withdrawn') withdraw(delivery)
  const flagged = word === 'asked' && isOver(acting.does, delivery)
  if (word === 'asked') askFor(acting, delivery, answerer, flagged)
  const updates = word === 'withdrawn' ? withdrawUpdates(world, target, receiver) : []
  return [{ document: target.id, receiver, outcome: word, flagged }, ...updates]
}

/** What a closed agency has stored is for whoever follows it to answer. */
function wordOf({ does: act, receivers }: Acting, delivery: ModelDelivery, answerer: string | null): OutcomeWord {
  if (delivery.state === 'withdrawn' || (delivery.state === 'failed' && !delivery.had)) return 'not-held'
  if (act === 'replace') return 'replaced'
  if (!delivery.had && act !== 'update') return 'withdrawn'
  return answerer !== null && receivers.includes(answerer) ? 'asked' : 'not-told'
}

function askFor({ id, does }: Acting, delivery: ModelDelivery, answerer: string | null, flagged: boolean): void {
  if (answerer !== delivery.receiver) delivery.heir = answerer
  delivery.wishes.push(id)
  if (!flagged && does !== 'replace') delivery.change = { kind: does, is: 'asked', by: id }
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
  const alike = code in answerOf ? askedAlike(world, delivery) : []
  for (const one of [delivery, ...alike]) one.history.push({ code, flagged: !move(one, code) })
}

/** An update or a revocation has no state of its own: what it asked is answered at the document. */
function askedBy(world: World, packet: ModelPacket, reporter: string): ModelDelivery | undefined {
  const asked = world.packets
    .flatMap(({ deliveries }) => deliveries)
    .filter(one => one.wishes.includes(packet.id) && answererOf(one) === reporter)
  return asked.find(({ change }) => change?.is === 'asked') ?? asked[0]
}

/** A document and its extensions are one document: one answer is the answer to one wish. */
function askedAlike(world: World, delivery: ModelDelivery): readonly ModelDelivery[] {
  const { change } = delivery
  if (change?.is !== 'asked') return []
  return world.packets
    .flatMap(({ deliveries }) => deliveries)
    .filter(
      one =>
        one !== delivery &&
        one.change?.is === 'asked' &&
        one.change.by === change.by &&
        answererOf(one) === answererOf(delivery),
    )
}

/** @returns whether the report fits */
function move(delivery: ModelDelivery, code: string): boolean {
  const { change } = delivery
  const answer = answerOf[code]
  if (answer && change?.is === 'asked') {
    delivery.change = { ...change, is: answer }
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
