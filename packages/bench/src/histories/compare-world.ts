import { compare, type HistoryContext, jsonOf, officeOf, settle } from './context.ts'
import { type ModelDelivery, type ModelPacket, shownCode } from './world.ts'

interface DeliveryView {
  readonly receiver: string
  readonly transport: string
  readonly business: string | null
  readonly change: { readonly kind: string | null; readonly state: string } | null
  readonly replacedBy: string | null
  readonly history: readonly { readonly code: string; readonly flagged: boolean }[]
}

interface DocumentView {
  readonly deliveries: readonly DeliveryView[]
  readonly links: {
    readonly replies: readonly { readonly id: string }[]
    readonly actedOnBy: readonly { readonly id: string }[]
  }
}

/** Everything that the hub shows of a history, to both sides, against the model. */
export async function compareWorld(context: HistoryContext): Promise<void> {
  for (const packet of context.world.packets) {
    await settle(context, packet)
    await compareForSender(context, packet)
    for (const delivery of packet.deliveries) await compareForReceiver(context, packet, delivery)
  }
}

async function compareForSender(context: HistoryContext, packet: ModelPacket): Promise<void> {
  const view = jsonOf<DocumentView>(await officeOf(context, packet.sender).get(`/documents/${packet.id}`))
  const expected = packet.deliveries.map(expectedTrack)
  const actual = view.deliveries.map(shownTrack)
  compare(context, `deliveries of ${packet.name}`, byReceiver(expected), byReceiver(actual))
  compare(context, `acts on ${packet.name}`, [...packet.actedOnBy].sort(), idsOf(view.links.actedOnBy))
  const replies = context.world.packets.filter(
    ({ repliesTo, deliveries }) => repliesTo === packet && deliveries.some(({ state }) => state !== 'withdrawn'),
  )
  compare(context, `replies to ${packet.name}`, replies.map(({ id }) => id).sort(), idsOf(view.links.replies))
}

async function compareForReceiver(context: HistoryContext, packet: ModelPacket, delivery: ModelDelivery) {
  const answer = await officeOf(context, delivery.receiver).get(`/documents/${packet.id}`)
  const where = `${packet.name} as ${delivery.receiver} sees it`
  if (delivery.state === 'withdrawn') {
    compare(context, where, 404, answer.status)
    return
  }
  compare(context, where, 200, answer.status)
  const own = jsonOf<DocumentView>(answer).deliveries.map(shownTrack)
  compare(context, where, [expectedTrack(delivery)], own)
}

const transports = { waiting: 'available', fetched: 'fetched', stored: 'acknowledged', withdrawn: 'withdrawn' } as const

function expectedTrack(delivery: ModelDelivery) {
  const { receiver, state, change, replacedBy, history } = delivery
  return {
    receiver,
    transport: transports[state],
    business: shownCode(delivery),
    change: change && { kind: change.kind, state: change.is },
    replacedBy,
    history,
  }
}

function shownTrack({ receiver, transport, business, change, replacedBy, history }: DeliveryView) {
  return {
    receiver,
    transport,
    business,
    change: change && { kind: change.kind, state: change.state },
    replacedBy,
    history: history.map(({ code, flagged }) => ({ code, flagged })),
  }
}

function byReceiver<T extends { readonly receiver: string }>(tracks: readonly T[]): readonly T[] {
  return tracks.toSorted((left, right) => (left.receiver < right.receiver ? -1 : 1))
}

function idsOf(links: readonly { readonly id: string }[]): readonly string[] {
  return links.map(({ id }) => id).sort()
}
