import { createHash } from 'node:crypto'
import type { Answer, Api, MailboxItem } from '../load/api.ts'
import { pause } from '../processes.ts'
import type { Journal, SentDocument } from './journal.ts'

export interface Outgoing {
  readonly documentId: string
  readonly envelope: Buffer
  readonly receivers: readonly string[]
}

const retryMs = 150

/**
 * Sends one document until the hub answers for it, as a careful e-office system does: after an error or a 5xx the same
 * bytes go out again, to the next gateway.
 */
export async function sendUntilAnswered(journal: Journal, gateways: readonly Api[], outgoing: Outgoing): Promise<void> {
  const sent: SentDocument = {
    documentId: outgoing.documentId,
    sha256: createHash('sha256').update(outgoing.envelope).digest('hex'),
    receivers: outgoing.receivers,
    outcome: 'unknown',
    hubIds: new Set(),
  }
  journal.sent.set(sent.documentId, sent)
  for (let attempt = 0; sent.outcome === 'unknown'; attempt++) {
    const gateway = gateways[attempt % gateways.length]
    if (gateway === undefined) throw new Error('no gateway')
    const answer = await gateway.send(outgoing.envelope).catch(() => undefined)
    if (answer === undefined || answer.status >= 500 || answer.status === 429) {
      await pause(retryMs)
      continue
    }
    sent.answer = `${answer.status}`
    sent.outcome = answer.status < 300 ? 'accepted' : 'refused'
    if (sent.outcome === 'accepted') sent.hubIds.add((JSON.parse(answer.body.toString()) as { id: string }).id)
    else sent.answer = `${answer.status} ${answer.body}`
  }
}

/** Empties one agency's mailbox again and again until told to stop; every error is simply tried again. */
export async function receiveUntil(
  journal: Journal,
  gateways: readonly Api[],
  agency: string,
  stopped: () => boolean,
): Promise<void> {
  for (let round = 0; !stopped(); round++) {
    const gateway = gateways[round % gateways.length]
    if (gateway === undefined) throw new Error('no gateway')
    const items = await gateway.inbox(agency).catch(() => [])
    for (const item of items) await takeOne(journal, gateways, round, item, stopped)
    if (items.length === 0) await pause(retryMs)
  }
}

/**
 * Fetches and acknowledges one listed delivery. The answer of either call may be lost after the hub has committed it:
 * the same call again settles it, listing again would not before the lease is over.
 */
async function takeOne(
  journal: Journal,
  gateways: readonly Api[],
  round: number,
  item: MailboxItem,
  stopped: () => boolean,
): Promise<void> {
  const fetched = await untilAnswered(gateways, round, stopped, gateway => gateway.fetch(item.deliveryId))
  if (fetched?.status !== 200) return
  journal.received.push({
    deliveryId: item.deliveryId,
    documentId: item.documentId,
    receiver: item.receiver,
    sha256: createHash('sha256').update(fetched.body).digest('hex'),
  })
  const acknowledged = await untilAnswered(gateways, round, stopped, api => api.acknowledge([item.deliveryId]))
  if (acknowledged?.status === 200) journal.acknowledged.add(item.deliveryId)
}

/** Calls one gateway after the other while the call breaks off or the hub says that it is in trouble. */
async function untilAnswered(
  gateways: readonly Api[],
  round: number,
  stopped: () => boolean,
  call: (gateway: Api) => Promise<Answer>,
): Promise<Answer | undefined> {
  for (let attempt = round; !stopped(); attempt++) {
    const gateway = gateways[attempt % gateways.length]
    const answer = gateway && (await call(gateway).catch(() => undefined))
    if (answer !== undefined && answer.status < 500 && answer.status !== 429) return answer
    await pause(retryMs)
  }
  return undefined
}
