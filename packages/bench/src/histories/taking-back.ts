import { chance, pick } from '../random.ts'
import {
  type At,
  anyDelivery,
  compare,
  type HistoryContext,
  jsonOf,
  type Operation,
  officeOf,
  pickOne,
} from './context.ts'
import { resolve } from './directory-rules.ts'
import { stateIn } from './handling.ts'
import {
  documentsOf,
  type ModelDelivery,
  type ModelPacket,
  type Outcome,
  openAgencies,
  sharing,
  type World,
} from './world.ts'

interface TakenView {
  readonly items: readonly (Omit<Outcome, 'document'> & { readonly id: string })[]
}

/** Asks the hub for a document back, from all or from one. */
async function ask(context: HistoryContext, packet: ModelPacket, receivers: readonly string[]): Promise<TakenView> {
  context.trail.push(`${packet.sender} takes ${packet.name} back from ${receivers.join('+')}`)
  const key = context.newName()
  const call = () =>
    officeOf(context, packet.sender).post(`/documents/${packet.id}/take-back`, { reason: key, receivers }, key)
  const answer = await call()
  if (answer.status !== 200) throw new Error(`the hub answered ${answer.status}: ${answer.text}`)
  if (chance(context.random, 0.2)) {
    compare(context, `taking ${packet.name} back again`, answer.text, (await call()).text)
  }
  return jsonOf<TakenView>(answer)
}

/** What the model says of it, after the hub's answer: who was first is known by then. */
function takeInModel(context: HistoryContext, packet: ModelPacket, taken: TakenView): void {
  const expected: Pick<Outcome, 'receiver' | 'outcome' | 'flagged'>[] = []
  const reached = new Map<ModelDelivery, Outcome>()
  for (const { receiver, id } of taken.items) {
    const named = packet.deliveries.find(one => one.resolved === receiver)
    const delivery = named?.joinedTo ?? named
    if (!delivery) continue
    const outcome = reached.get(delivery) ?? takeFrom(context, packet, receiver, id)
    reached.set(delivery, outcome)
    expected.push({ receiver, outcome: outcome.outcome, flagged: outcome.flagged })
  }
  const actual = taken.items.map(({ receiver, outcome, flagged }) => ({ receiver, outcome, flagged }))
  compare(context, `taking ${packet.name} back`, expected, actual)
}

/** What became of one delivery; of several that a reform has made one, once. */
function takeFrom(context: HistoryContext, packet: ModelPacket, resolved: string, statusId: string): Outcome {
  const follower = resolve(context.world, resolved)
  const acting = { id: statusId, does: 'take-back', receivers: follower === null ? [] : [follower] } as const
  const targets = targetsAt(context.world, packet, resolved)
  const outcomes = targets.map(({ packet: one, delivery }) => {
    const [main, ...updates] = context.rules.act(context.world, acting, one, delivery)
    delivery.history.push({ code: '13', flagged: main?.flagged === true || main?.outcome === 'not-held' })
    return { main, all: [...(main ? [main] : []), ...updates] }
  })
  note(
    context,
    packet,
    follower,
    statusId,
    outcomes.flatMap(({ all }) => all),
  )
  const main = outcomes.find(({ main }) => main?.document === packet.id)?.main
  return main ?? { document: packet.id, receiver: resolved, outcome: 'not-held', flagged: false }
}

/** Of a closed agency that nobody follows nobody can be asked: then nothing is taken back from anybody. */
async function refuse(context: HistoryContext, packet: ModelPacket, receivers: readonly string[]): Promise<boolean> {
  context.trail.push(`${packet.sender} takes ${packet.name} back from ${receivers.join('+')}`)
  const office = officeOf(context, packet.sender)
  const { status } = await office.post(`/documents/${packet.id}/take-back`, { reason: 'Sai số', receivers })
  compare(context, `taking ${packet.name} back`, 409, status)
  return true
}

/** A take-back names a document and an agency: whoever has it now in its place is asked, for each packet of that name. */
function targetsAt(world: World, packet: ModelPacket, resolved: string): readonly At[] {
  const named = packet.deliveries.find(one => one.resolved === resolved)
  const holder = (named?.joinedTo ?? named)?.receiver
  return sharing(packet, world).flatMap(one =>
    one.deliveries
      .filter(({ receiver, joinedTo }) => receiver === holder && joinedTo === null)
      .map(delivery => ({ packet: one, delivery })),
  )
}

function note(
  { world }: HistoryContext,
  { sender }: ModelPacket,
  receiver: string | null,
  statusId: string,
  outcomes: readonly Outcome[],
): void {
  for (const { document } of outcomes) world.packets.find(({ id }) => id === document)?.actedOnBy.add(statusId)
  if (outcomes.some(({ outcome }) => outcome === 'asked')) world.statuses.push({ id: statusId, sender, receiver })
}

export const takeBack: Operation = {
  name: 'take back',
  weight: 4,
  async run(context) {
    const { world } = context
    const open = openAgencies(world)
    const packet = pickOne(
      context,
      documentsOf(world).filter(({ sender }) => open.includes(sender)),
    )
    if (!packet) return false
    const all = packet.deliveries.map(({ resolved }) => resolved)
    const receivers = chance(context.random, 0.5) ? all : [pick(context.random, all)]
    if (receivers.some(code => resolve(world, code) === null)) return refuse(context, packet, receivers)
    takeInModel(context, packet, await ask(context, packet, receivers))
    return true
  },
}

/** Taking back and fetching at once: either may be first, and both are told which. */
export const race: Operation = {
  name: 'race',
  weight: 2,
  async run(context) {
    const at = anyDelivery(
      context,
      ({ packet, delivery }) =>
        !delivery.had &&
        delivery.state === 'waiting' &&
        (packet.action === 'new' || packet.action === 'replace') &&
        openAgencies(context.world).includes(packet.sender),
    )
    if (!at) return false
    const { packet, delivery } = at
    context.trail.push(`${delivery.receiver} fetches ${packet.name} while`)
    const fetching = officeOf(context, delivery.receiver).get(`/deliveries/${delivery.id}/envelope`)
    const [answer, taken] = await Promise.all([fetching, ask(context, packet, [delivery.resolved])])
    const fetched = answer.status === 200
    if (fetched) context.rules.fetch(delivery)
    takeInModel(context, packet, taken)
    if (!fetched) compare(context, `fetch of ${packet.name}`, [409, 'withdrawn'], [answer.status, stateIn(answer)])
    compareWinner(context, at, fetched, delivery)
    return true
  },
}

function compareWinner(context: HistoryContext, { packet }: At, fetched: boolean, delivery: ModelDelivery): void {
  const winner = delivery.state === 'withdrawn' ? 'take-back' : 'fetch'
  compare(context, `winner at ${packet.name}`, winner, fetched ? 'fetch' : 'take-back')
}
