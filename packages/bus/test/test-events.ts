import { type HubEvent, type Publication, publication } from '@docaxis/events'

/** One topic is enough: an adapter treats all alike. */
export const topic = 'docaxis.delivery.commune'
export type TestTopic = typeof topic
export type TestEvent = HubEvent<TestTopic>

const noon = new Date('2030-01-15T05:00:00Z')

/** An event of the test `run`; `number` counts within its key. */
export function event(run: string, key: string, number: number): Publication<TestTopic> {
  const deliveryId = `${run}/${key}/${number}`
  return publication({
    topic,
    key,
    id: `${deliveryId}:routed`,
    subject: run,
    time: noon,
    data: { deliveryId, document: run, receiver: key, level: 'commune', urgent: false, sha256: '0'.repeat(64) },
  })
}

/** `count` events spread over `keys`, numbered from 1 within each key. */
export function events(run: string, count: number, keys: number): Publication<TestTopic>[] {
  return Array.from({ length: count }, (_, index) => event(run, `K${index % keys}`, Math.floor(index / keys) + 1))
}
