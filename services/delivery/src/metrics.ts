import { levels } from '@docaxis/events'
import { Counter, Gauge, type Registry } from 'prom-client'
import type { Stock } from './take-stock.ts'

export interface DeliveryMetrics {
  readonly available: Counter
  readonly resent: Counter
  show(stock: Stock): void
}

export function deliveryMetrics(registry: Registry): DeliveryMetrics {
  const registers = [registry]
  const available = new Counter({
    name: 'docaxis_deliveries_available_total',
    help: 'Deliveries put into a mailbox',
    registers,
  })
  const resent = new Counter({
    name: 'docaxis_deliveries_resent_total',
    help: 'Delivery events published again because the mailbox was not reached in time',
    registers,
  })
  const waiting = new Gauge({
    name: 'docaxis_deliveries_waiting',
    help: 'Deliveries in a mailbox that are not acknowledged, by level of the receiver',
    labelNames: ['level'],
    registers,
  })
  const oldest = new Gauge({
    name: 'docaxis_delivery_oldest_seconds',
    help: 'Age of the oldest delivery that waits, by level of the receiver',
    labelNames: ['level'],
    registers,
  })
  const failed = new Gauge({
    name: 'docaxis_deliveries_failed',
    help: 'Deliveries dead after their last attempt',
    registers,
  })
  const deadLetters = new Gauge({
    name: 'docaxis_dead_letters',
    help: 'Events given up and not replayed, by consumer group',
    labelNames: ['group'],
    registers,
  })
  return {
    available,
    resent,
    show(stock) {
      for (const level of levels) {
        const found = stock.waiting.find(count => count.level === level)
        waiting.set({ level }, found?.count ?? 0)
        oldest.set({ level }, found?.oldestSeconds ?? 0)
      }
      failed.set(stock.failed)
      deadLetters.reset()
      for (const { group, count } of stock.deadLetters) deadLetters.set({ group }, count)
    },
  }
}
