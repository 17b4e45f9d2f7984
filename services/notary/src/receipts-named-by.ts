import type { HubEvent } from '@docaxis/events'
import { deadlineSubject, faultySubject, receiptId } from '@docaxis/store'

/** Topics after which a receipt is owed. */
export const evidencedTopics = [
  'docaxis.document.accepted',
  'docaxis.document.refused',
  'docaxis.delivery.acknowledged',
  'docaxis.delivery.failed',
  'docaxis.deadline.reached',
  'docaxis.delivery.withdrawn',
] as const

export type EvidencedTopic = (typeof evidencedTopics)[number]
type EvidencedEvent = { [T in EvidencedTopic]: HubEvent<T> }[EvidencedTopic]

/** Id of the receipt that an event calls for. Nothing is owed under it for a status message, nor for a reminder. */
export function receiptNamedBy(anyEvent: HubEvent<EvidencedTopic>): string {
  // `type` and `data` belong together; the type of a mixed batch forgets it.
  const event = anyEvent as EvidencedEvent
  switch (event.type) {
    case 'docaxis.document.accepted':
      return receiptId('acceptance', event.data.document)
    case 'docaxis.document.refused':
      return receiptId('refusal', event.data.refusalId)
    case 'docaxis.delivery.acknowledged':
      return receiptId('delivery', event.data.deliveryId)
    case 'docaxis.delivery.failed': {
      const { deliveryId, document, receiver } = event.data
      return receiptId('non-delivery', deliveryId ?? faultySubject(document, receiver))
    }
    case 'docaxis.deadline.reached':
      return receiptId('missed-deadline', deadlineSubject(event.data.deliveryId, event.data.kind))
    case 'docaxis.delivery.withdrawn':
      return receiptId('non-delivery', event.data.deliveryId)
  }
}
