import { below, chance, shuffled } from '../random.ts'
import { compare, type HistoryContext, jsonOf, type Operation, officeOf, pickOne, settle } from './context.ts'
import { resolve } from './directory-rules.ts'
import { type HubAnswer, type Office, partyOf } from './office.ts'
import type { Acting } from './rules.ts'
import {
  type Act,
  documentsOf,
  type ModelPacket,
  newDelivery,
  type Outcome,
  type OutcomeWord,
  openAgencies,
  sharing,
  type World,
} from './world.ts'

interface AcceptanceView {
  readonly id: string
  readonly effects?: readonly (Outcome & { readonly action: string })[]
}

interface Sending {
  readonly sender: string
  /** Codes as written: of closed agencies too. */
  readonly receivers: readonly string[]
  readonly action: ModelPacket['action']
  /** Another packet under the name of this document, for further receivers. */
  readonly extending?: ModelPacket
  readonly target?: ModelPacket
  /** Whom a replacement is for; empty: everybody. */
  readonly replacedFor?: readonly string[]
  readonly repliesTo?: ModelPacket
}

/**
 * Sends a packet, and does in the model what it does to the one it acts on.
 *
 * @returns undefined: it was refused, as it must be where a receiver is closed and nobody follows
 */
async function send(context: HistoryContext, sending: Sending): Promise<ModelPacket | undefined> {
  const { sender, receivers, action, target, repliesTo, extending } = sending
  const name = extending?.name ?? context.newName()
  const office = officeOf(context, sender)
  const bytes = office.seal(sender, {
    receivers: receivers.map(partyOf),
    documentId: name,
    ...(repliesTo && { repliesTo: [{ agencyCode: repliesTo.sender, documentId: repliesTo.name }] }),
    ...(target && { action, reason: 'Có sai sót', ...aboutOf(sending, target) }),
  })
  context.trail.push(
    `${extending ? 'further ' : ''}${action} ${name} from ${sender} to ${receivers.join('+')}${target ? ` about ${target.name}` : ''}`,
  )
  const answer = await submit(context, office, bytes)
  const reached = receivers.map(code => resolve(context.world, code))
  if (reached.includes(null)) {
    compare(context, `${name} to ${receivers.join('+')}`, 422, answer.status)
    return undefined
  }
  if (answer.status !== 202) throw new Error(`the hub answered ${answer.status}: ${answer.text}`)
  const { id, effects = [] } = jsonOf<AcceptanceView>(answer)

  const resolved = [...new Set(reached.filter(code => code !== null))]
  const acting = { id, does: action as Act, receivers: resolved }
  const outcomes = target ? actOn(context, acting, target, sending) : []
  compare(context, `effects of ${name}`, sorted(outcomes), sorted(effects.map(withoutAction)))
  const spared = action === 'revoke' ? sparedBy(context.world, outcomes) : new Set<string>()
  const known = extending ? reachedBefore(extending, context.world) : new Set<string>()
  const further = receivers.filter(code => !known.has(code)).map(code => resolve(context.world, code))
  const packet: ModelPacket = {
    id,
    name,
    sender,
    action,
    bytes,
    answer: answer.text,
    target,
    repliesTo,
    outcomes,
    written: receivers,
    deliveries: resolved
      .filter(code => further.includes(code) && !known.has(code))
      .map(receiver => ({
        ...newDelivery(receiver),
        ...(spared.has(receiver) && { state: 'withdrawn' as const, spared: true }),
      })),
    actedOnBy: new Set(),
  }
  context.world.packets.push(packet)
  for (const { document, receiver, outcome } of outcomes) {
    const acted = context.world.packets.find(one => one.id === document)
    acted?.actedOnBy.add(id)
    const delivery = acted?.deliveries.find(one => one.receiver === receiver && one.joinedTo === null)
    if (outcome === 'replaced' && delivery) delivery.replacedBy = id
  }
  return packet
}

/** By the door that its e-office uses. What came by the kit is offered by REST again: the same packet, the same answer. */
async function submit(context: HistoryContext, office: Office, bytes: Buffer): Promise<HubAnswer> {
  if (!office.kit || chance(context.random, 0.5)) return office.send(bytes)
  const kit = office.kit()
  try {
    const { status, DocId } = await kit.sendEdoc({ servicetype: 'eDoc', messagetype: 'edoc' }, bytes)
    const answer = await office.send(bytes)
    if (status !== 'OK') return answer
    compare(context, 'REST on what the kit has sent', [200, DocId], [answer.status, jsonOf<AcceptanceView>(answer).id])
    return { ...answer, status: 202 }
  } finally {
    kit.close()
  }
}

function aboutOf({ action, replacedFor = [] }: Sending, target: ModelPacket) {
  return action === 'replace'
    ? { replaces: [{ documentId: target.name, agencyCodes: replacedFor }] }
    : { target: target.name }
}

/** At everybody who has a document of that name, or waits for it; what waits for another delivery ends as that one does. */
function actOn(
  context: HistoryContext,
  acting: Acting,
  target: ModelPacket,
  { replacedFor = [] }: Sending,
): readonly Outcome[] {
  return sharing(target, context.world).flatMap(packet =>
    packet.deliveries
      .filter(
        ({ receiver, joinedTo }) => joinedTo === null && (replacedFor.length === 0 || replacedFor.includes(receiver)),
      )
      .flatMap(delivery => context.rules.act(context.world, acting, packet, delivery)),
  )
}

/** A revocation goes to those alone who have something to answer. */
function sparedBy(world: World, outcomes: readonly Outcome[]): ReadonlySet<string> {
  const answerers = (words: readonly OutcomeWord[]) =>
    outcomes.flatMap(({ receiver, outcome }) => (words.includes(outcome) && resolve(world, receiver)) || [])
  const asked = answerers(['asked'])
  return new Set(answerers(['withdrawn', 'not-held']).filter(code => !asked.includes(code)))
}

function withoutAction({ document, receiver, outcome, flagged }: Outcome): Outcome {
  return { document, receiver, outcome, flagged }
}

function sorted(outcomes: readonly Outcome[]): readonly Outcome[] {
  const keyOf = ({ document, receiver }: Outcome) => `${document} ${receiver}`
  return outcomes.map(withoutAction).sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1))
}

/** Mostly open ones; who writes to a closed one reaches whoever followed it. */
function someReceivers(context: HistoryContext, sender: string): readonly string[] {
  const { world, random } = context
  const codes = chance(random, 0.8) ? openAgencies(world) : world.agencies.map(({ code }) => code)
  const others = codes.filter(code => code !== sender && resolve(world, code) !== sender)
  return shuffled(random, others).slice(0, 1 + below(random, 3))
}

/** Most of the time; the rest acts at once on what may not be routed yet. */
async function perhapsSettle(context: HistoryContext, packet: ModelPacket | undefined): Promise<void> {
  if (packet && chance(context.random, 0.8)) await settle(context, packet)
}

export const newDocument: Operation = {
  name: 'send',
  weight: 3,
  async run(context) {
    const sender = pickOne(context, openAgencies(context.world)) ?? ''
    const receivers = someReceivers(context, sender)
    if (receivers.length === 0) return false
    await perhapsSettle(context, await send(context, { sender, receivers, action: 'new' }))
    return true
  },
}

/** The same document under the same name to others: they get it, and nobody gets it twice (edXML 9.1, Repeats). */
export const extend: Operation = {
  name: 'extend',
  weight: 1,
  async run(context) {
    const { world } = context
    const documents = documentsOf(world).filter(({ action, sender }) => action === 'new' && isOpen(world, sender))
    const extending = pickOne(context, documents)
    if (!extending) return false
    const { sender } = extending
    const receivers = someReceivers(context, sender)
    const known = reachedBefore(extending, world)
    if (receivers.every(code => known.has(code) || known.has(resolve(world, code) ?? ''))) return false
    await perhapsSettle(context, await send(context, { sender, receivers, action: 'new', extending }))
    return true
  },
}

export const reply: Operation = {
  name: 'reply',
  weight: 1,
  async run(context) {
    const { world } = context
    const known = documentsOf(world).flatMap(packet =>
      packet.deliveries
        .filter(({ had, receiver }) => had && isOpen(world, receiver) && receiver !== resolve(world, packet.sender))
        .map(({ receiver }) => ({ packet, receiver })),
    )
    const drawn = pickOne(context, known)
    if (!drawn) return false
    const { packet: repliesTo, receiver: sender } = drawn
    const packet = await send(context, { sender, receivers: [repliesTo.sender], action: 'new', repliesTo })
    if (packet) await settle(context, packet)
    return true
  },
}

/** Codes to which a document was written, and those that it has led to, then and since. */
function reachedBefore(packet: ModelPacket, world: World): ReadonlySet<string> {
  return new Set(
    sharing(packet, world).flatMap(({ written, deliveries }) => [
      ...written,
      ...deliveries.flatMap(({ resolved, receiver }) => [resolved, receiver]),
    ]),
  )
}

function isOpen(world: World, code: string): boolean {
  return openAgencies(world).includes(code)
}

export const update = acting('update', 2)
export const revoke = acting('revoke', 2)
export const replace = acting('replace', 2)

/** A packet about an earlier document, to all who got that or to one of them. */
function acting(action: 'update' | 'revoke' | 'replace', weight: number): Operation {
  return {
    name: action,
    weight,
    async run(context) {
      const { world, random } = context
      const target = pickOne(
        context,
        documentsOf(world).filter(({ sender }) => isOpen(world, sender)),
      )
      if (!target) return false
      const all = [
        ...new Set(sharing(target, world).flatMap(({ deliveries }) => deliveries.map(one => one.resolved))),
      ].filter(code => resolve(world, code) !== target.sender)
      const receivers = chance(random, 0.7) ? all : all.slice(0, 1)
      if (receivers.length === 0) return false
      const replacedFor = action === 'replace' && chance(random, 0.5) ? all.slice(-1) : []
      const packet = await send(context, { sender: target.sender, receivers, action, target, replacedFor })
      await perhapsSettle(context, packet)
      return true
    },
  }
}

/** Every handler sees again what it has done: events are delivered at least once, and operators replay dead letters. */
export const redeliver: Operation = {
  name: 'redeliver',
  weight: 1,
  async run(context) {
    const packet = pickOne(context, context.world.packets)
    if (!packet) return false
    context.trail.push(`events of ${packet.name} again`)
    await context.redelivery.again([packet.id, ...packet.deliveries.flatMap(({ id }) => id || [])])
    return true
  },
}

/** The same bytes again, whatever has happened since: the same answer, and nothing new. */
export const replay: Operation = {
  name: 'replay',
  weight: 2,
  async run(context) {
    const packet = pickOne(context, context.world.packets)
    if (!packet) return false
    context.trail.push(`${packet.name} again`)
    const answer = await officeOf(context, packet.sender).send(packet.bytes)
    compare(context, `answer to ${packet.name} again`, [200, packet.answer], [answer.status, answer.text])
    return true
  },
}
