import { HubError } from '@docaxis/errors'
import type { HubEvent, Topic } from '@docaxis/events'
import type { KafkaMessage } from 'kafkajs'

/** A record of a partition, or why it is no event of ours. */
export interface ReadMessage {
  readonly offset: bigint
  readonly key: string
  /** With a fault: a stand-in that names the place of the record, for the dead letter. */
  readonly event: HubEvent
  readonly fault: HubError | undefined
}

/** Reads one record. What is not an event stands in its place as a fault, so that it ends as a dead letter. */
export function readMessage(topic: Topic, partition: number, message: KafkaMessage): ReadMessage {
  const offset = BigInt(message.offset)
  const key = message.key?.toString() ?? ''
  const event = parseEvent(message.value)
  if (event?.type === topic) return { offset, key, event, fault: undefined }

  const place = `${topic}/${partition}@${offset}`
  const fault = new HubError('EVENT_INVALID', `the record ${place} is not an event of its topic`)
  return { offset, key, event: standIn(topic, place), fault }
}

function parseEvent(value: Buffer | null): HubEvent | undefined {
  try {
    const event = JSON.parse(value?.toString('utf8') ?? '') as Partial<HubEvent> | null
    const isEvent = typeof event?.id === 'string' && typeof event.type === 'string' && typeof event.data === 'object'
    return isEvent && event.data !== null ? (event as HubEvent) : undefined
  } catch {
    return undefined
  }
}

function standIn(topic: Topic, place: string): HubEvent {
  const envelope = { specversion: '1.0', source: '/docaxis', datacontenttype: 'application/json' } as const
  const epoch = new Date(0).toISOString()
  return {
    ...envelope,
    id: `unreadable:${place}`,
    type: topic,
    subject: place,
    time: epoch,
    data: {},
  } as unknown as HubEvent
}
