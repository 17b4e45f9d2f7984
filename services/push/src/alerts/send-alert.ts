import { type AddressRules, FetchFault, type Resolve, withinTime } from '@docaxis/outbound'
import type { SecretBox } from '@docaxis/store'
import { type AlertConnection, type ClaimedAlert, openConnection, type SettledAlert } from '@docaxis/store/console'
import { oneLine } from './one-line.ts'
import { sendMail } from './send-mail.ts'
import { callWebhook } from './send-webhook.ts'

export interface AlertSendOptions extends AddressRules {
  readonly box: SecretBox
  /** From the look-up of the name to the answer. */
  readonly timeoutMs: number
  /** PEM; absent: the usual authorities. */
  readonly ca?: readonly string[]
  readonly resolve?: Resolve
}

const longestAnswer = 400
/** Shorter ones would black out half of what was answered. */
const shortestSecret = 4

/** Sends one alert, once, and says what came of it. Whatever the other side answers, no secret is in it. */
export async function sendAlert(options: AlertSendOptions, message: ClaimedAlert): Promise<SettledAlert> {
  const { id } = message
  const connection = opened(options.box, message)
  if (connection === undefined) {
    return { id, sent: false, answer: 'what was kept of this destination opens with another key: give it anew' }
  }
  const shown = (text: string) => oneLine(withoutSecrets(text, connection), longestAnswer)
  try {
    return { id, sent: true, answer: shown(await sent(options, connection, message)) }
  } catch (error) {
    return { id, sent: false, answer: shown(error instanceof FetchFault ? error.message : 'no answer') }
  }
}

function opened(box: SecretBox, { destinationId, sealed }: ClaimedAlert): AlertConnection | undefined {
  try {
    return openConnection(box, destinationId, sealed)
  } catch {
    return undefined
  }
}

function sent(options: AlertSendOptions, connection: AlertConnection, message: ClaimedAlert): Promise<string> {
  const { target } = message
  return withinTime(options, signal => {
    if (connection.kind === 'mail' && target.kind === 'mail') {
      return sendMail(options, connection, target, message, signal)
    }
    if (connection.kind === 'webhook' && target.kind === 'webhook') {
      return callWebhook(options, connection, target, message, signal)
    }
    throw new FetchFault('the destination is of another kind than its connection')
  })
}

function withoutSecrets(text: string, connection: AlertConnection): string {
  const secrets =
    connection.kind === 'mail'
      ? [connection.password]
      : [connection.secret, ...Object.values(connection.headers), new URL(connection.url).pathname]
  return secrets
    .filter(secret => secret !== undefined && secret.length >= shortestSecret)
    .reduce<string>((left, secret) => left.replaceAll(secret ?? '', '•••'), text)
}
