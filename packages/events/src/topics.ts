export type Level = 'central' | 'province' | 'district' | 'commune'
export const levels: readonly Level[] = ['central', 'province', 'district', 'commune']

export type DeliveryTopic = `docaxis.delivery.${Level}` | `docaxis.delivery.${Level}.urgent`

export type Topic =
  | 'docaxis.document.accepted'
  | 'docaxis.document.refused'
  | DeliveryTopic
  | 'docaxis.delivery.available'
  | 'docaxis.delivery.acknowledged'
  | 'docaxis.delivery.failed'
  | 'docaxis.delivery.withdrawn'
  | 'docaxis.delivery.moved'
  | 'docaxis.status.reported'
  | 'docaxis.receipt.issued'
  | 'docaxis.certificate.expiring'
  | 'docaxis.deadline.reached'
  | 'docaxis.content.opened'
  | 'docaxis.dead-letter'

/** Level topics of ordinary deliveries; key: receiver code. */
export const deliveryTopics: readonly DeliveryTopic[] = levels.map(level => deliveryTopic(level, false))
/** The urgent lane: priority 1–4. */
export const urgentDeliveryTopics: readonly DeliveryTopic[] = levels.map(level => deliveryTopic(level, true))

export const topics: readonly Topic[] = [
  'docaxis.document.accepted',
  'docaxis.document.refused',
  ...deliveryTopics,
  ...urgentDeliveryTopics,
  'docaxis.delivery.available',
  'docaxis.delivery.acknowledged',
  'docaxis.delivery.failed',
  'docaxis.delivery.withdrawn',
  'docaxis.delivery.moved',
  'docaxis.status.reported',
  'docaxis.receipt.issued',
  'docaxis.certificate.expiring',
  'docaxis.deadline.reached',
  'docaxis.content.opened',
  'docaxis.dead-letter',
]

export function deliveryTopic(level: Level, urgent: boolean): DeliveryTopic {
  return urgent ? `docaxis.delivery.${level}.urgent` : `docaxis.delivery.${level}`
}
