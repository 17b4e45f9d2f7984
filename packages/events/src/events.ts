import type { DeadlineKind, StepName } from '@docaxis/calendar'
import type { DeliveryTopic, Level, Topic } from './topics.ts'

/** Payloads never travel on the log: an event names its document by id and its bytes by SHA-256. */
export interface DocumentAccepted {
  /** The hub's id of the document. */
  readonly document: string
  readonly kind: 'document' | 'status'
  readonly sender: string
  readonly sha256: string
  readonly priority: number
  readonly acceptedAt: string
}

export interface DocumentRefused {
  readonly refusalId: string
  readonly systemId: string
  readonly sha256: string
  readonly codes: readonly string[]
  readonly refusedAt: string
}

export interface DeliveryRouted {
  readonly deliveryId: string
  /** The hub's id of the document. */
  readonly document: string
  readonly receiver: string
  readonly level: Level
  readonly urgent: boolean
  readonly sha256: string
}

/** Published only where a webhook of the receiver's system waits to hear of it. */
export interface DeliveryAvailable {
  readonly deliveryId: string
  /** The hub's id of the document. */
  readonly document: string
  readonly kind: 'document' | 'status'
  readonly sender: string
  readonly receiver: string
  readonly priority: number
  readonly sha256: string
  readonly sizeBytes: number
  readonly availableAt: string
}

export interface DeliveryAcknowledged {
  readonly deliveryId: string
  /** The hub's id of the document. */
  readonly document: string
  readonly receiver: string
  readonly systemId: string
  readonly acknowledgedAt: string
}

export interface DeliveryFailed {
  /** Null when no delivery could be made: the sender asked to deliver to the others. */
  readonly deliveryId: string | null
  /** The hub's id of the document. */
  readonly document: string
  /** Directory code; the code as written when no delivery could be made. */
  readonly receiver: string
  readonly reason: string
  readonly failedAt: string
}

export interface DeliveryWithdrawn {
  readonly deliveryId: string
  /** The hub's id of the document. */
  readonly document: string
  readonly receiver: string
  /** It was in the receiver's mailbox: its system may know of it. */
  readonly listed: boolean
  readonly reason: string
  readonly withdrawnAt: string
}

/** Its receiver was closed: the same delivery waits for the successor now. */
export interface DeliveryMoved {
  readonly deliveryId: string
  /** The hub's id of the document. */
  readonly document: string
  /** Directory code of the successor. */
  readonly receiver: string
  /** Directory code of the closed receiver. */
  readonly from: string
  readonly level: Level
  readonly movedAt: string
}

export interface StatusReported {
  readonly deliveryId: string | null
  readonly statusId: string | null
  readonly code: string
  readonly reporter: string
  readonly reportedAt: string
}

export type ReceiptKind = 'acceptance' | 'refusal' | 'delivery' | 'non-delivery' | 'missed-deadline'

export interface ReceiptIssued {
  readonly receiptId: string
  readonly kind: ReceiptKind
  readonly systemId: string
  readonly sha256: string
  readonly issuedAt: string
}

export type WatchedKind = 'seal' | 'official' | 'authority' | 'anchor' | 'hub'

export interface CertificateExpiring {
  /** SHA-256 of the certificate. */
  readonly sha256: string
  readonly kind: WatchedKind
  readonly subject: string
  /** Agency that holds it; null for authorities, anchors and the hub itself. */
  readonly agency: string | null
  readonly notAfter: string
  /** The threshold that was crossed: so many days before the end, or fewer. */
  readonly days: number
}

export interface DeadlineReached {
  readonly deliveryId: string
  /** The hub's id of the document. */
  readonly document: string
  readonly sender: string
  readonly receiver: string
  readonly kind: DeadlineKind
  /** The furthest step that was reached; earlier ones that nobody was there to tell are not told after it. */
  readonly step: StepName
  /** Directory codes of the agencies that are to be told. */
  readonly tell: readonly string[]
  readonly dueAt: string
  /** Years that it rests on whose holidays nobody vouches for. */
  readonly unconfirmedYears: readonly number[]
}

/** Two people opened the content of a document for somebody it is not for. */
export interface ContentOpened {
  readonly requestId: string
  /** The hub's id of the document. */
  readonly document: string
  /** Logins in the console of the hub. */
  readonly by: string
  readonly allowedBy: string
  /** Until when it is read. */
  readonly until: string
  /** Directory codes of the agencies that sent and received it. */
  readonly tell: readonly string[]
}

export interface DeadLettered {
  readonly deadLetterId: string
  readonly group: string
  readonly topic: string
  readonly eventId: string
  readonly code: string
}

/** What stands in `data` on each topic. */
export interface EventData extends Record<DeliveryTopic, DeliveryRouted> {
  'docaxis.document.accepted': DocumentAccepted
  'docaxis.document.refused': DocumentRefused
  'docaxis.delivery.available': DeliveryAvailable
  'docaxis.delivery.acknowledged': DeliveryAcknowledged
  'docaxis.delivery.failed': DeliveryFailed
  'docaxis.delivery.withdrawn': DeliveryWithdrawn
  'docaxis.delivery.moved': DeliveryMoved
  'docaxis.status.reported': StatusReported
  'docaxis.receipt.issued': ReceiptIssued
  'docaxis.certificate.expiring': CertificateExpiring
  'docaxis.deadline.reached': DeadlineReached
  'docaxis.content.opened': ContentOpened
  'docaxis.dead-letter': DeadLettered
}

/** CloudEvents 1.0 in JSON (structured mode), with the distributed tracing extension. `type` is the topic. */
export interface HubEvent<T extends Topic = Topic> {
  readonly specversion: '1.0'
  /** Stable over repeats: the sweeper publishes again with the same id. */
  readonly id: string
  readonly source: string
  readonly type: T
  readonly subject: string
  readonly time: string
  readonly datacontenttype: 'application/json'
  readonly traceparent?: string
  readonly data: EventData[T]
}

/** An event and the key by which the log keeps its order. */
export interface Publication<T extends Topic = Topic> {
  readonly topic: T
  readonly key: string
  readonly event: HubEvent<T>
}

export interface NewEvent<T extends Topic> {
  readonly topic: T
  readonly key: string
  /** Natural id of what happened, such as `<documentId>:accepted`. */
  readonly id: string
  readonly subject: string
  readonly data: EventData[T]
  readonly time: Date
  readonly traceparent?: string
}

export function publication<T extends Topic>(event: NewEvent<T>): Publication<T> {
  const { topic, key, id, subject, data, time, traceparent } = event
  return {
    topic,
    key,
    event: {
      specversion: '1.0',
      id,
      source: '/docaxis',
      type: topic,
      subject,
      time: time.toISOString(),
      datacontenttype: 'application/json',
      ...(traceparent === undefined ? {} : { traceparent }),
      data,
    },
  }
}
