import { chance, shuffled } from '../random.ts'
import { compare, type HistoryContext, jsonOf, type Operation, officeOf, pickOne, settle } from './context.ts'
import { partyOf } from './office.ts'
import { type Act, documentsOf, type ModelPacket, newDelivery, type Outcome } from './world.ts'

interface AcceptanceView {
  readonly id: string
  readonly effects?: readonly (Outcome & { readonly action: string })[]
}

interface Sending {
  readonly sender: string
  readonly receivers: readonly string[]
  readonly action: ModelPacket['action']
  readonly target?: ModelPacket
  /** Whom a replacement is for; empty: everybody. */
  readonly replacedFor?: readonly string[]
  readonly repliesTo?: ModelPacket
}

/** Sends a packet, and does in the model what it does to the one it acts on. */
async function send(context: HistoryContext, sending: Sending): Promise<ModelPacket> {
  const { sender, receivers, action, target, repliesTo } = sending
  const name = context.newName()
  const office = officeOf(context, sender)
  const bytes = office.seal({
    receivers: receivers.map(code => partyOf(officeOf(context, code))),
    documentId: name,
    ...(repliesTo && { repliesTo: [{ agencyCode: repliesTo.sender, documentId: repliesTo.name }] }),
    ...(target && { action, reason: 'Có sai sót', ...aboutOf(sending, target) }),
  })
  context.trail.push(
    `${action} ${name} from ${sender} to ${receivers.join('+')}${target ? ` about ${target.name}` : ''}`,
  )
  const answer = await office.send(bytes)
  if (answer.status !== 202) throw new Error(`the hub answered ${answer.status}: ${answer.text}`)
  const { id, effects = [] } = jsonOf<AcceptanceView>(answer)

  const outcomes = target ? actOn(context, action as Act, target, sending) : []
  compare(context, `effects of ${name}`, sorted(outcomes), sorted(effects.map(withoutAction)))
  const spared = action === 'revoke' ? sparedBy(outcomes) : new Set<string>()
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
    deliveries: receivers.map(receiver => ({
      ...newDelivery(receiver),
      ...(spared.has(receiver) && { state: 'withdrawn' as const }),
    })),
    actedOnBy: new Set(),
  }
  context.world.packets.push(packet)
  for (const { document, receiver, outcome } of outcomes) {
    const acted = context.world.packets.find(one => one.id === document)
    acted?.actedOnBy.add(id)
    const delivery = acted?.deliveries.find(one => one.receiver === receiver)
    if (outcome === 'replaced' && delivery) delivery.replacedBy = id
  }
  return packet
}

function aboutOf({ action, replacedFor = [] }: Sending, target: ModelPacket) {
  return action === 'replace'
    ? { replaces: [{ documentId: target.name, agencyCodes: replacedFor }] }
    : { target: target.name }
}

function actOn(context: HistoryContext, act: Act, target: ModelPacket, sending: Sending): readonly Outcome[] {
  const { receivers, replacedFor = [] } = sending
  return target.deliveries
    .filter(({ receiver }) => replacedFor.length === 0 || replacedFor.includes(receiver))
    .flatMap(({ receiver }) => context.rules.act(context.world, act, target, receiver, receivers))
}

/** A revocation goes to those alone who have something to answer. */
function sparedBy(outcomes: readonly Outcome[]): ReadonlySet<string> {
  const asked = outcomes.filter(({ outcome }) => outcome === 'asked').map(({ receiver }) => receiver)
  const settled = outcomes.filter(({ outcome }) => outcome === 'withdrawn' || outcome === 'not-held')
  return new Set(settled.map(({ receiver }) => receiver).filter(receiver => !asked.includes(receiver)))
}

function withoutAction({ document, receiver, outcome, flagged }: Outcome): Outcome {
  return { document, receiver, outcome, flagged }
}

function sorted(outcomes: readonly Outcome[]): readonly Outcome[] {
  const keyOf = ({ document, receiver }: Outcome) => `${document} ${receiver}`
  return outcomes.map(withoutAction).sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1))
}

function someReceivers(context: HistoryContext, sender: string): readonly string[] {
  const others = context.offices.map(({ code }) => code).filter(code => code !== sender)
  return shuffled(context.random, others).slice(0, chance(context.random, 0.5) ? 1 : 2)
}

/** Most of the time; the rest acts at once on what may not be routed yet. */
async function perhapsSettle(context: HistoryContext, packet: ModelPacket): Promise<void> {
  if (chance(context.random, 0.8)) await settle(context, packet)
}

export const newDocument: Operation = {
  name: 'send',
  weight: 3,
  async run(context) {
    const sender = pickOne(context, context.offices)?.code ?? ''
    await perhapsSettle(
      context,
      await send(context, { sender, receivers: someReceivers(context, sender), action: 'new' }),
    )
    return true
  },
}

export const reply: Operation = {
  name: 'reply',
  weight: 1,
  async run(context) {
    const known = documentsOf(context.world).flatMap(packet =>
      packet.deliveries.filter(({ had }) => had).map(({ receiver }) => ({ packet, receiver })),
    )
    const drawn = pickOne(context, known)
    if (!drawn) return false
    const { packet: repliesTo, receiver: sender } = drawn
    await settle(context, await send(context, { sender, receivers: [repliesTo.sender], action: 'new', repliesTo }))
    return true
  },
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
      const target = pickOne(context, documentsOf(context.world))
      if (!target) return false
      const all = target.deliveries.map(({ receiver }) => receiver)
      const receivers = chance(context.random, 0.7) ? all : all.slice(0, 1)
      const replacedFor = action === 'replace' && chance(context.random, 0.5) ? all.slice(-1) : []
      const packet = await send(context, { sender: target.sender, receivers, action, target, replacedFor })
      await perhapsSettle(context, packet)
      return true
    },
  }
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
