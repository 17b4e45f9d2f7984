import { readFile } from 'node:fs/promises'
import { rootCertificates } from 'node:tls'
import { type HubEvent, noticedTopics, type Topic } from '@docaxis/events'
import type { Resolve } from '@docaxis/outbound'
import {
  type HealthCheck,
  type HubConfig,
  type Periodic,
  periodic,
  type Service,
  type ServiceDeps,
} from '@docaxis/service'
import {
  forgetWebhookMessages,
  giveUpWebhookMessages,
  openSecretBox,
  retention,
  type SettledAttempt,
  type SettledState,
  type Tx,
  webhookStock,
} from '@docaxis/store'
import type { SettledAlert } from '@docaxis/store/console'
import { type AlertSettings, createAlertJob } from './alerts/alert-job.ts'
import { createDispatcher, type DispatcherSettings } from './dispatcher.ts'
import { pushMetrics } from './metrics.ts'
import { sendMessage } from './send-message.ts'
import { writeMessages } from './write-messages.ts'

export interface PushSettings extends DispatcherSettings {
  readonly timeoutMs: number
  /** How often gauges are counted, and what is over is given up or forgotten. */
  readonly upkeepEveryMs: number
  /** Tests only: where names lead. */
  readonly resolve?: Resolve
  readonly alerts: AlertSettings
}

const defaults: PushSettings = {
  everyMs: 500,
  concurrency: 128,
  perWebhook: 4,
  timeoutMs: 10_000,
  leaseMs: 60_000,
  upkeepEveryMs: 15_000,
  alerts: { ruleEveryMs: 60_000, askEveryMs: 1_000, concurrency: 16, leaseMs: 60_000 },
}

const upkeepLimit = 1_000

/** Events → signed messages to the webhooks of systems that are to hear of them; alerts → mail and messages to people. */
export function createService(config: HubConfig, deps: ServiceDeps, changes: Partial<PushSettings> = {}): Service {
  const settings = { ...defaults, ...changes }
  const { bus, database, logger } = deps
  const metrics = pushMetrics(deps.metrics)
  let dispatcher: Periodic | undefined
  let alerts: Periodic | undefined

  async function handle(events: readonly HubEvent<Topic>[], tx: Tx): Promise<void> {
    metrics.written.inc(await writeMessages(tx, events))
    dispatcher?.nudge()
  }

  function onSettled(attempt: SettledAttempt, state: SettledState): void {
    metrics.settled(attempt, state)
    const { failure, ...facts } = attempt
    if (failure === undefined) logger.info(facts, 'webhook message taken')
    else logger.warn({ ...facts, reason: failure }, 'webhook message not taken')
  }

  function onAlert({ id, sent, answer }: SettledAlert): void {
    metrics.alerts.inc({ outcome: sent ? 'sent' : 'failed' })
    if (sent) logger.info({ alert: id, answer }, 'alert sent')
    else logger.warn({ alert: id, reason: answer }, 'alert not sent')
  }

  const upkeep = periodic({
    everyMs: settings.upkeepEveryMs,
    async work() {
      const givenUp = await giveUpWebhookMessages(database, upkeepLimit)
      if (givenUp > 0) logger.warn({ messages: givenUp }, 'webhook messages given up')
      const forgotten = await forgetWebhookMessages(database, retention.webhookDays, upkeepLimit)
      metrics.show(await webhookStock(database))
      return givenUp === upkeepLimit || forgotten === upkeepLimit
    },
    onError: error => logger.error({ err: error }, 'upkeep of webhook messages failed'),
  })

  return {
    name: 'push',
    async start() {
      if (config.secretsKeyFile !== undefined) {
        const box = await openSecretBox(config.secretsKeyFile)
        const ca = await authorities(config.pushCaFile)
        const { pushInsideHosts: insideHosts, pushPlainHosts: plainHosts } = config
        const { timeoutMs, resolve } = settings
        const options = {
          insideHosts,
          plainHosts,
          timeoutMs,
          now: deps.now,
          ...(ca && { ca }),
          ...(resolve && { resolve }),
        }
        const send = sendMessage.bind(undefined, options)
        dispatcher = createDispatcher({ database, box, logger, settings, send, onSettled })
        dispatcher.start()
        alerts = createAlertJob({
          config,
          database,
          logger,
          settings: settings.alerts,
          send: { ...options, box },
          onSettled: onAlert,
        })
        alerts.start()
      }
      bus.subscribe({ group: 'push', topics: noticedTopics, handle })
      upkeep.start()
      upkeep.nudge()
    },
    async stop() {
      await Promise.all([dispatcher?.stop(), alerts?.stop(), upkeep.stop()])
    },
    ready: async () => [keyCheck(config), await webhookCheck(deps)],
  }
}

/** The usual authorities and the configured ones: those given to a connection replace Node's own. */
async function authorities(file: string | undefined): Promise<readonly string[] | undefined> {
  return file === undefined ? undefined : [...rootCertificates, await readFile(file, 'utf8')]
}

function keyCheck({ secretsKeyFile }: HubConfig): HealthCheck {
  const ok = secretsKeyFile !== undefined
  const detail = ok ? 'there' : 'DOCAXIS_SECRETS_KEY_FILE is not set: no webhook is called'
  return { name: 'webhook key', ok, detail, advisory: true }
}

/** A note: who is not told finds everything in the mailbox all the same. Counts and no names, since anybody may ask. */
async function webhookCheck({ database }: ServiceDeps): Promise<HealthCheck> {
  const { open, failed } = await webhookStock(database)
  const detail = `${open} webhooks fail, ${failed} messages were given up`
  return { name: 'webhooks', ok: open === 0, detail, advisory: true }
}
