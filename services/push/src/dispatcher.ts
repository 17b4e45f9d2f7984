import { type Logger, type Periodic, periodic } from '@docaxis/service'
import {
  type ClaimedMessage,
  claimWebhookMessages,
  type Database,
  type SecretBox,
  type SettledAttempt,
  type SettledState,
  settleWebhookMessage,
  webhookSecrets,
} from '@docaxis/store'

export interface DispatcherSettings {
  /** How often it is asked whether something is due. */
  readonly everyMs: number
  /** Messages under way in this process. */
  readonly concurrency: number
  /** Messages under way to one webhook, from all processes together. */
  readonly perWebhook: number
  /** Longer than any try takes. */
  readonly leaseMs: number
}

export interface DispatcherOptions {
  readonly database: Database
  readonly box: SecretBox
  readonly logger: Logger
  readonly settings: DispatcherSettings
  readonly send: (message: ClaimedMessage, secrets: readonly string[]) => Promise<SettledAttempt>
  readonly onSettled: (attempt: SettledAttempt, state: SettledState) => void
}

/**
 * Sends what is due. Several processes share the rows; each message that comes back makes room for the next, so that a
 * receiver that takes its time holds up nobody else's.
 */
export function createDispatcher(options: DispatcherOptions): Periodic {
  const { database, box, logger, settings, send, onSettled } = options
  const underWay = new Set<Promise<void>>()

  const claiming = periodic({
    everyMs: settings.everyMs,
    async work() {
      const limit = settings.concurrency - underWay.size
      if (limit <= 0) return false
      const { perWebhook, leaseMs } = settings
      const claimed = await database.transaction(tx => claimWebhookMessages(tx, { limit, perWebhook, leaseMs }))
      if (claimed.length === 0) return false
      const secrets = await webhookSecrets(database, box, [...new Set(claimed.map(message => message.webhookId))])
      for (const message of claimed) start(message, secrets.get(message.webhookId) ?? [])
      return true
    },
    onError: error => logger.error({ err: error }, 'due webhook messages were not claimed'),
  })

  function start(message: ClaimedMessage, secrets: readonly string[]): void {
    const delivering = deliver(message, secrets)
      // Its lease runs out, and it is sent again.
      .catch(error => logger.error({ err: error, messageId: message.id }, 'a webhook message was not settled'))
      .finally(() => {
        underWay.delete(delivering)
        claiming.nudge()
      })
    underWay.add(delivering)
  }

  async function deliver(message: ClaimedMessage, secrets: readonly string[]): Promise<void> {
    const attempt = await send(message, secrets)
    onSettled(attempt, await database.transaction(tx => settleWebhookMessage(tx, attempt)))
  }

  return {
    ...claiming,
    async stop() {
      await claiming.stop()
      await Promise.all(underWay)
    },
  }
}
