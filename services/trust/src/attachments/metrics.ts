import { countWaitingChecks, type Sql } from '@docaxis/store'
import { Counter, Gauge, type Registry } from 'prom-client'

export interface AttachmentMetrics {
  readonly checked: Counter<'kind' | 'outcome'>
  /** Counts what waits. */
  takeStock(sql: Sql): Promise<void>
}

export function attachmentMetrics(registry: Registry): AttachmentMetrics {
  const registers = [registry]
  const checked = new Counter({
    name: 'docaxis_attachment_checks_total',
    help: 'Checks of attachments, by kind and by what they came to',
    labelNames: ['kind', 'outcome'],
    registers,
  })
  const waiting = new Gauge({
    name: 'docaxis_attachment_checks_waiting',
    help: 'Checks of attachments that are not done',
    registers,
  })
  const oldest = new Gauge({
    name: 'docaxis_attachment_check_overdue_seconds',
    help: 'Since when the oldest check has been due',
    registers,
  })
  return {
    checked,
    takeStock: async sql => {
      const { count, oldestSeconds } = await countWaitingChecks(sql)
      waiting.set(count)
      oldest.set(oldestSeconds)
    },
  }
}
