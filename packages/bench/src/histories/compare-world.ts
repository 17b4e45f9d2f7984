import { compare, type HistoryContext, jsonOf, learn, officeOf } from './context.ts'
import { readableBy } from './directory-rules.ts'
import { type ModelDelivery, type ModelPacket, type ModelSystem, sharing, shownCode, systemOf } from './world.ts'

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
  readonly receipts: readonly { readonly kind: string; readonly deliveryId: string | null }[]
  readonly links: {
    readonly replies: readonly { readonly id: string }[]
    readonly actedOnBy: readonly { readonly id: string }[]
  }
}

/** Everything that the hub shows of a history, to both sides, against the model. */
export async function compareWorld(context: HistoryContext): Promise<void> {
  for (const packet of context.world.packets) {
    await learn(context, packet)
    await compareForSender(context, packet)
    for (const system of context.world.systems) {
      if (!system.agencies.has(packet.sender)) await compareForOthers(context, packet, system)
    }
  }
}

async function compareForSender(context: HistoryContext, packet: ModelPacket): Promise<void> {
  const view = jsonOf<DocumentView>(await officeOf(context, packet.sender).get(`/documents/${packet.id}`))
  const expected = packet.deliveries.map(expectedTrack)
  const actual = view.deliveries.map(shownTrack)
  compare(context, `deliveries of ${packet.name}`, inOrder(expected), inOrder(actual))
  compare(context, `receipts for ${packet.name}`, receiptsOf(packet), view.receipts.map(receiptName).sort())
  compare(context, `acts on ${packet.name}`, [...packet.actedOnBy].sort(), idsOf(view.links.actedOnBy))
  compare(context, `replies to ${packet.name}`, repliesTo(context, packet), idsOf(view.links.replies))
}

/** Evidence that the sender holds: one for the packet, and one for each delivery that has ended. */
function receiptsOf({ deliveries }: ModelPacket): readonly string[] {
  const ended = deliveries.flatMap(delivery => {
    const kind = evidenceOf(delivery)
    return kind ? [receiptName({ kind, deliveryId: delivery.id })] : []
  })
  return [receiptName({ kind: 'acceptance', deliveryId: null }), ...ended].sort()
}

function evidenceOf({ state, spared, joinedTo }: ModelDelivery): string | undefined {
  const end = joinedTo?.state ?? state
  if (end === 'stored') return 'delivery'
  if (end === 'withdrawn') return (joinedTo?.spared ?? spared) ? undefined : 'non-delivery'
  return end === 'failed' ? 'non-delivery' : undefined
}

function receiptName({ kind, deliveryId }: { readonly kind: string; readonly deliveryId: string | null }): string {
  return `${kind} ${deliveryId ?? ''}`
}

/** Those that the sender of the document sees: what it sent itself, and what has been in its mailbox for certain. */
function repliesTo({ world }: HistoryContext, packet: ModelPacket): readonly string[] {
  const agencies = readableBy(systemOf(world, packet.sender), world)
  const answered = sharing(packet, world)
  return world.packets
    .filter(({ repliesTo, sender, deliveries }) => {
      const reached = deliveries.some(one => agencies.has(one.receiver) && isSeen(one))
      return repliesTo && answered.includes(repliesTo) && (agencies.has(sender) || reached)
    })
    .map(({ id }) => id)
    .sort()
}

/** Of what was withdrawn before anybody had it nothing is left to see. */
function isSeen({ state, had, listed }: ModelDelivery): boolean {
  return listed && (state !== 'withdrawn' || had)
}

/**
 * A receiver sees its own part, and whoever follows a closed agency what that one has sent and had. Whether an agency had seen
 * what a reform has taken from it at that moment depends on which came first.
 */
async function compareForOthers(context: HistoryContext, packet: ModelPacket, system: ModelSystem): Promise<void> {
  const agencies = readableBy(system, context.world)
  const own = packet.deliveries.filter(({ receiver }) => agencies.has(receiver))
  const asSender = agencies.has(packet.sender)
  if (!asSender && (own.length === 0 || own.some(isUncertain))) return
  const [first = ''] = agencies
  const answer = await officeOf(context, first).get(`/documents/${packet.id}`)
  const where = `${packet.name} as ${first} sees it`
  const isVisible = asSender || own.some(isSeen)
  compare(context, where, isVisible ? 200 : 404, answer.status)
  if (!isVisible || answer.status !== 200) return
  const shown = jsonOf<DocumentView>(answer).deliveries.map(shownTrack)
  compare(context, where, inOrder((asSender ? packet.deliveries : own).map(expectedTrack)), inOrder(shown))
}

function isUncertain({ joinedTo, state, listed }: ModelDelivery): boolean {
  return joinedTo !== null || (state === 'failed' && !listed)
}

const transports = {
  waiting: 'available',
  fetched: 'fetched',
  stored: 'acknowledged',
  failed: 'failed',
  withdrawn: 'withdrawn',
} as const

function expectedTrack(delivery: ModelDelivery) {
  const { receiver, change, replacedBy, history } = delivery
  return {
    receiver,
    transport: transportOf(delivery),
    business: shownCode(delivery),
    change: change && { kind: change.kind, state: change.is },
    replacedBy,
    history,
  }
}

/** What waits for another delivery is held, and ends as that one does. */
function transportOf({ state, joinedTo }: ModelDelivery): string {
  if (joinedTo === null) return transports[state]
  return joinedTo.state === 'waiting' || joinedTo.state === 'fetched' ? 'held' : transports[joinedTo.state]
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

/** Each line once: a sender may have named one agency by two codes. */
function inOrder(tracks: readonly object[]): readonly string[] {
  return [...new Set(tracks.map(track => JSON.stringify(track)))].sort()
}

function idsOf(links: readonly { readonly id: string }[]): readonly string[] {
  return links.map(({ id }) => id).sort()
}
