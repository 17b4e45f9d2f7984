import {
  type AddressRules,
  FetchFault,
  guardedExchange,
  type Resolve,
  signWebhook,
  webhookAddress,
  withinTime,
} from '@docaxis/outbound'
import type { ClaimedMessage, SettledAttempt } from '@docaxis/store'

export interface SendOptions extends AddressRules {
  /** From the look-up of the name to the status. */
  readonly timeoutMs: number
  /** PEM; absent: the usual authorities. */
  readonly ca?: readonly string[]
  readonly resolve?: Resolve
  readonly now: () => Date
}

/**
 * Posts one message, once. Only the status and `Retry-After` of the answer are read, never its content: there is nothing
 * that an endless or hostile one could do. A redirect is a failure like any other.
 */
export async function sendMessage(
  options: SendOptions,
  message: ClaimedMessage,
  secrets: readonly string[],
): Promise<SettledAttempt> {
  const startedAt = performance.now()
  const outcome = await post(options, message, secrets).catch(error => ({ failure: failureOf(error) }))
  return {
    messageId: message.id,
    webhookId: message.webhookId,
    durationMs: Math.round(performance.now() - startedAt),
    ...outcome,
  }
}

type Outcome = Omit<SettledAttempt, 'messageId' | 'webhookId' | 'durationMs'>

async function post(options: SendOptions, message: ClaimedMessage, secrets: readonly string[]): Promise<Outcome> {
  const { now, timeoutMs, resolve, ca, insideHosts } = options
  if (secrets.length === 0)
    throw new FetchFault('no secret of this webhook is in force under this key file: give it a new one')
  const url = webhookAddress(message.url ?? '', options)
  const body = Buffer.from(message.body)
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'docaxis',
    ...signWebhook({ id: message.id, at: now() }, message.body, secrets),
  }
  return await withinTime({ timeoutMs }, signal =>
    guardedExchange(
      url,
      { method: 'POST', headers, body },
      { insideHosts, signal, ...(resolve && { resolve }), ...(ca && { ca }) },
      async answer => outcomeOf(answer.status, answer.headers['retry-after']),
    ),
  )
}

function outcomeOf(status: number, retryAfter: unknown): Outcome {
  if (status >= 200 && status < 300) return { status }
  const seconds = typeof retryAfter === 'string' && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : undefined
  return {
    status,
    failure: status >= 300 && status < 400 ? `redirects (${status}), which nobody follows` : `answers status ${status}`,
    ...(seconds !== undefined && { retryAfterSeconds: seconds }),
    ...(status === 410 && { gone: true }),
  }
}

function failureOf(error: unknown): string {
  return error instanceof FetchFault ? error.message : 'no answer'
}
