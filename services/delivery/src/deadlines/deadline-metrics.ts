import type { DeadlineKind } from '@docaxis/calendar'
import { Counter, Gauge, type Registry } from 'prom-client'

export interface DeadlineMetrics {
  told(kind: DeadlineKind, step: string): void
  ended(kind: DeadlineKind, outcome: 'in-time' | 'late' | 'void'): void
  /** Deadlines that are missed and not met since. */
  show(missed: readonly { readonly kind: DeadlineKind; readonly count: number }[]): void
}

const kinds: readonly DeadlineKind[] = ['fetch', 'acknowledge', 'finish']

export function deadlineMetrics(registry: Registry): DeadlineMetrics {
  const registers = [registry]
  const steps = new Counter({
    name: 'docaxis_deadline_steps_total',
    help: 'Reminders, misses and escalations told, by what is owed',
    labelNames: ['kind', 'step'],
    registers,
  })
  const ended = new Counter({
    name: 'docaxis_deadlines_ended_total',
    help: 'Deadlines that are over: met in time, met late, or void because nothing is owed any more',
    labelNames: ['kind', 'outcome'],
    registers,
  })
  const missed = new Gauge({
    name: 'docaxis_deadlines_missed',
    help: 'Deadlines that have passed and are still owed',
    labelNames: ['kind'],
    registers,
  })
  return {
    told: (kind, step) => steps.inc({ kind, step }),
    ended: (kind, outcome) => ended.inc({ kind, outcome }),
    show(found) {
      for (const kind of kinds) missed.set({ kind }, found.find(row => row.kind === kind)?.count ?? 0)
    },
  }
}
