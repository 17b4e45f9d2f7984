import {
  type Answer,
  FetchFault,
  fillBody,
  fillUrl,
  guardedExchange,
  type PlaceholderValues,
  webhookAddress,
} from '@docaxis/outbound'
import type { ClaimedAlert, WebhookConnection, WebhookTarget } from '@docaxis/store/console'
import type { AlertSendOptions } from './send-alert.ts'

const contentTypes = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  text: 'text/plain; charset=utf-8',
}
/** Enough to see what a chat service says. */
const shownBytes = 4_096
/** The status has decided; nobody waits for the rest. */
const restMs = 2_000

/**
 * Calls one webhook, once. The status decides, redirects are failures, and of the answer a few KB are read to be shown.
 *
 * @returns what it answered
 * @throws FetchFault
 */
export async function callWebhook(
  options: AlertSendOptions,
  connection: WebhookConnection,
  { method, type, template }: WebhookTarget,
  message: ClaimedAlert,
  signal: AbortSignal,
): Promise<string> {
  const { insideHosts, resolve, ca } = options
  const values = valuesOf(message, connection)
  const url = webhookAddress(fillUrl(connection.url, values), options)
  const headers = {
    ...(method === 'POST' && { 'content-type': contentTypes[type] }),
    'user-agent': 'docaxis',
    // The same at every try.
    'idempotency-key': message.id,
    ...connection.headers,
  }
  return await guardedExchange(
    url,
    { method, headers, ...(method === 'POST' && { body: Buffer.from(fillBody(template, type, values)) }) },
    { insideHosts, signal, ...(resolve && { resolve }), ...(ca && { ca }) },
    async answer => {
      const { status } = answer
      if (status >= 300 && status < 400) throw new FetchFault(`redirects (${status}), which nobody follows`)
      const said = `HTTP ${status} ${await startOf(answer)}`
      if (status < 200 || status >= 300) throw new FetchFault(said)
      return said
    },
  )
}

/** Empty where it is too long, too slow or broken off: it changes nothing. */
async function startOf(answer: Answer): Promise<string> {
  const late = AbortSignal.timeout(restMs)
  const { promise, resolve } = Promise.withResolvers<string>()
  late.addEventListener('abort', () => resolve(''), { once: true })
  const read = answer.content(shownBytes).then(
    bytes => bytes.toString(),
    () => '',
  )
  return await Promise.race([read, promise])
}

function valuesOf(
  { id, title, text, link, count, urgent }: ClaimedAlert,
  { secret }: WebhookConnection,
): PlaceholderValues {
  return { id, title, text, link: link ?? '', count: String(count), urgent: String(urgent), secret: secret ?? '' }
}
