import type { EventData } from './events.ts'
import type { Topic } from './topics.ts'

/** Who is told of an event: everybody that one of these names. */
export interface Audience {
  /** A system. */
  readonly system?: string
  /** Every system that acts for this agency, itself or as its center. */
  readonly agency?: string
  /** The same of each of these. */
  readonly agencies?: readonly string[]
  /** The system that sent this packet; the hub's id. */
  readonly senderOf?: string
  /** The system that sent the packet of this delivery. */
  readonly senderOfDelivery?: string
  /** Every system that may use the administration calls. */
  readonly operators?: boolean
}

/** How an event is told to systems outside. */
export interface Notice {
  /** What stands in `type`, by which a webhook chooses. */
  readonly type: string
  readonly audience: Audience
  /** 1 to 4 go before 0. */
  readonly priority: number
  /** Ids and addresses: what is told is fetched from the hub, by whoever may. */
  readonly data: Readonly<Record<string, unknown>>
}

type NoticeRow<T extends Topic> = Pick<Notice, 'type'> & {
  readonly audience: (data: EventData[T]) => Audience
  readonly priority?: (data: EventData[T]) => number
  readonly data: (data: EventData[T]) => Notice['data']
}

const documentUrl = (id: string): string => `/api/v1/documents/${id}`

/** Event type → who is told. A new line here is all it takes to tell systems of another event. */
export const notices: { readonly [T in Topic]?: NoticeRow<T> } = {
  'docaxis.delivery.available': {
    type: 'delivery.available',
    audience: ({ receiver }) => ({ agency: receiver }),
    priority: ({ priority }) => priority,
    data: ({ document: _, ...same }) => ({ ...same, url: `/api/v1/deliveries/${same.deliveryId}/envelope` }),
  },
  'docaxis.delivery.acknowledged': {
    type: 'delivery.acknowledged',
    audience: ({ document }) => ({ senderOf: document }),
    data: ({ systemId: _, ...same }) => ({ ...same, url: documentUrl(same.document) }),
  },
  'docaxis.delivery.failed': {
    type: 'delivery.failed',
    audience: ({ document }) => ({ senderOf: document }),
    // The reason is in the receiver's own words: it is read at the hub.
    data: ({ reason: _, ...same }) => ({ ...same, url: documentUrl(same.document) }),
  },
  'docaxis.delivery.withdrawn': {
    type: 'delivery.withdrawn',
    // Who never saw it in a mailbox has nothing to forget.
    audience: ({ receiver, listed }) => (listed ? { agency: receiver } : {}),
    data: ({ reason: _, document: __, listed: ___, ...same }) => ({ ...same }),
  },
  'docaxis.delivery.moved': {
    type: 'delivery.moved',
    // The successor hears of it as of any delivery in its mailbox.
    audience: ({ document }) => ({ senderOf: document }),
    data: data => ({ ...data, url: documentUrl(data.document) }),
  },
  'docaxis.status.reported': {
    type: 'status.reported',
    audience: ({ deliveryId }) => (deliveryId === null ? {} : { senderOfDelivery: deliveryId }),
    data: ({ statusId: _, ...same }) => ({ ...same }),
  },
  'docaxis.receipt.issued': {
    type: 'receipt.issued',
    audience: ({ systemId }) => ({ system: systemId }),
    data: ({ systemId: _, ...same }) => ({ ...same, url: `/api/v1/receipts/${same.receiptId}` }),
  },
  'docaxis.certificate.expiring': {
    type: 'certificate.expiring',
    audience: ({ agency }) => ({ operators: true, ...(agency !== null && { agency }) }),
    data: data => ({ ...data }),
  },
  'docaxis.deadline.reached': {
    type: 'deadline.reached',
    audience: ({ tell }) => ({ agencies: tell }),
    data: ({ tell: _, ...same }) => ({ ...same, url: documentUrl(same.document) }),
  },
  'docaxis.content.opened': {
    type: 'content.opened',
    audience: ({ tell }) => ({ agencies: tell }),
    // Why it was opened stands in the timeline.
    data: ({ tell: _, ...same }) => ({ ...same, url: `${documentUrl(same.document)}/timeline` }),
  },
  'docaxis.dead-letter': {
    type: 'dead-letter',
    // What the group that tells gave up would come back to it.
    audience: ({ group }) => ({ operators: group !== 'push' }),
    data: data => ({ ...data, url: '/api/v1/admin/dead-letters' }),
  },
}

/** Topics that somebody may be told of. */
export const noticedTopics = Object.keys(notices) as Topic[]

/** What a system may ask to have tried out on it. */
export const testNoticeType = 'webhook.test'

/** Every `type` that a webhook may be told. */
export const noticeTypes: readonly string[] = Object.values(notices).map(({ type }) => type)

/** How an event is told; undefined where nobody is to hear of it. */
export function noticeOf<T extends Topic>(topic: T, data: EventData[T]): Notice | undefined {
  const row: NoticeRow<T> | undefined = notices[topic]
  return (
    row && { type: row.type, audience: row.audience(data), priority: row.priority?.(data) ?? 0, data: row.data(data) }
  )
}
