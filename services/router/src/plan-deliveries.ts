import type { AcceptedPacket, ReceiversToRoute, RoutableReceiver } from '@docaxis/store'

/** One packet with those who get it: each agency once, however often and under whichever code it was written. */
export interface DeliveryPlan {
  readonly document: AcceptedPacket
  readonly receivers: readonly RoutableReceiver[]
  readonly faulty: ReceiversToRoute['faulty']
}

/** Sorts receivers by packet. The first way in which an agency was written stands on its delivery. */
export function planDeliveries(
  documents: readonly AcceptedPacket[],
  { routable, faulty }: ReceiversToRoute,
): DeliveryPlan[] {
  return documents.map(document => ({
    document,
    receivers: onePerAgency(routable.filter(({ documentId }) => documentId === document.id)),
    faulty: faulty.filter(({ documentId }) => documentId === document.id),
  }))
}

function onePerAgency(receivers: readonly RoutableReceiver[]): RoutableReceiver[] {
  const seen = new Map<string, RoutableReceiver>()
  for (const receiver of receivers) {
    if (!seen.has(receiver.receiver)) seen.set(receiver.receiver, receiver)
  }
  return [...seen.values()]
}
