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
import { stateIn } from './handling.ts'
import { documentsOf, type ModelDelivery, type ModelPacket, type Outcome } from './world.ts'

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
  const expected = taken.items.map(({ receiver, id }) => {
    const outcomes = context.rules.act(context.world, 'take-back', packet, receiver, [receiver])
    note(context, packet, receiver, id, outcomes)
    const [{ outcome, flagged } = { outcome: 'not-held', flagged: false }] = outcomes
    return { receiver, outcome, flagged }
  })
  const actual = taken.items.map(({ receiver, outcome, flagged }) => ({ receiver, outcome, flagged }))
  compare(context, `taking ${packet.name} back`, expected, actual)
}

function note(
  context: HistoryContext,
  packet: ModelPacket,
  receiver: string,
  statusId: string,
  outcomes: readonly Outcome[],
): void {
  for (const { document } of outcomes) context.world.packets.find(({ id }) => id === document)?.actedOnBy.add(statusId)
  const delivery = packet.deliveries.find(one => one.receiver === receiver)
  const [main] = outcomes
  delivery?.history.push({ code: '13', flagged: main?.flagged === true || main?.outcome === 'not-held' })
  if (main?.outcome === 'asked') context.world.statuses.push({ id: statusId, receiver })
}

export const takeBack: Operation = {
  name: 'take back',
  weight: 4,
  async run(context) {
    const packet = pickOne(context, documentsOf(context.world))
    if (!packet) return false
    const all = packet.deliveries.map(({ receiver }) => receiver)
    const receivers = chance(context.random, 0.5) ? all : [pick(context.random, all)]
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
        !delivery.had && delivery.state === 'waiting' && (packet.action === 'new' || packet.action === 'replace'),
    )
    if (!at) return false
    const { packet, delivery } = at
    context.trail.push(`${delivery.receiver} fetches ${packet.name} while`)
    const fetching = officeOf(context, delivery.receiver).get(`/deliveries/${delivery.id}/envelope`)
    const [answer, taken] = await Promise.all([fetching, ask(context, packet, [delivery.receiver])])
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
