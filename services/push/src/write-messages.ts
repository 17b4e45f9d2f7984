import { type EventData, type HubEvent, type Notice, noticeOf, type Topic } from '@docaxis/events'
import { insertWebhookMessages, type NewWebhookMessage, type Tx, webhooksFor } from '@docaxis/store'

/** Event → one due message for each webhook that is to hear of it. Running twice changes nothing. @returns how many are new */
export async function writeMessages(tx: Tx, events: readonly HubEvent[]): Promise<number> {
  const told = events.flatMap(event => {
    const notice = noticeOf(event.type, event.data as EventData[Topic])
    return notice ? [{ event, notice }] : []
  })
  const webhooks = await webhooksFor(
    tx,
    told.map(({ notice: { type, audience } }) => ({ type, audience })),
  )
  const messages = told.flatMap(({ event, notice }, place) =>
    (webhooks[place] ?? []).map(webhookId => messageOf(webhookId, event, notice)),
  )
  return (await insertWebhookMessages(tx, messages)).length
}

/** In the form of Standard Webhooks. */
function messageOf(webhookId: string, { id: eventId, time }: HubEvent, notice: Notice): NewWebhookMessage {
  const { type, priority, data } = notice
  return { webhookId, eventId, type, priority, body: JSON.stringify({ type, timestamp: time, data }) }
}
