import type { SettledAttempt, SettledState, WebhookStock } from '@docaxis/store'
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

export interface PushMetrics {
  readonly written: Counter
  readonly alerts: Counter
  settled(attempt: SettledAttempt, state: SettledState): void
  show(stock: WebhookStock): void
}

export function pushMetrics(registry: Registry): PushMetrics {
  const registers = [registry]
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers })
  const written = new Counter({ name: 'docaxis_webhook_messages_total', help: 'Webhook messages made', registers })
  const attempts = new Counter({
    name: 'docaxis_webhook_attempts_total',
    help: 'Webhook messages sent, by what became of it',
    labelNames: ['outcome'],
    registers,
  })
  const seconds = new Histogram({
    name: 'docaxis_webhook_answer_seconds',
    help: 'How long receivers of webhooks took to answer',
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10],
    registers,
  })
  const alerts = new Counter({
    name: 'docaxis_alerts_total',
    help: 'Alerts to people, by what became of each try',
    labelNames: ['outcome'],
    registers,
  })
  const waiting = gauge('docaxis_webhook_waiting', 'Webhook messages that wait')
  const failed = gauge('docaxis_webhook_failed', 'Webhook messages given up and not replayed')
  const oldest = gauge('docaxis_webhook_oldest_seconds', 'Age of the oldest webhook message that waits to be sent')
  const open = gauge('docaxis_webhook_breakers_open', 'Webhooks that are left alone for now because they fail')
  const disabled = gauge('docaxis_webhook_disabled', 'Webhooks that are disabled')
  return {
    written,
    alerts,
    settled({ durationMs, failure }) {
      attempts.inc({ outcome: failure === undefined ? 'taken' : 'failed' })
      seconds.observe(durationMs / 1_000)
    },
    show(stock) {
      waiting.set(stock.waiting)
      failed.set(stock.failed)
      oldest.set(stock.oldestSeconds)
      open.set(stock.open)
      disabled.set(stock.disabled)
    },
  }
}
