import { timingSafeEqual } from 'node:crypto'
import { startSignature } from '@docaxis/outbound'

/** The message is not the hub's, was changed, or is too old to be taken. */
export class WebhookRefused extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'WebhookRefused'
  }
}

/** What is older, or comes from further ahead, is refused (Standard Webhooks, "Verifying webhook authenticity"). */
const toleranceMs = 5 * 60_000

export interface WebhookCall {
  /** Names in lower case, as Node gives them. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** As they came, before anything reads them. */
  readonly body: Uint8Array | string
}

/**
 * Makes sure that a message comes from the hub (Standard Webhooks 1.0.0).
 *
 * @param secrets `whsec_…`; several while a secret is changed: one that fits is enough
 * @returns the message's id, the same at every try: drop what you know
 * @throws WebhookRefused
 */
export function verifyWebhook(call: WebhookCall, secrets: readonly string[], now: Date = new Date()): string {
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map(name => {
    const value = call.headers[name]
    if (typeof value !== 'string') throw new WebhookRefused(`the header ${name} is missing`)
    return value
  }) as [string, string, string]
  const at = new Date(/^\d{1,12}$/.test(timestamp) ? Number(timestamp) * 1000 : Number.NaN)
  if (!(Math.abs(now.getTime() - at.getTime()) <= toleranceMs)) {
    throw new WebhookRefused(`the message is of ${timestamp}, more than five minutes from now`)
  }
  const given = signatures
    .split(' ')
    .flatMap(each => (each.startsWith('v1,') ? [Buffer.from(each.slice(3), 'base64')] : []))
  const fits = secrets.some(secret => {
    const expected = startSignature({ id, at }, secret).update(call.body).digest()
    return given.some(each => each.length === expected.length && timingSafeEqual(each, expected))
  })
  if (!fits) throw new WebhookRefused('no signature of the message fits')
  return id
}
