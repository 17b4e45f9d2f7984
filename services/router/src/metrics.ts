import { Counter, type Registry } from 'prom-client'
import type { RoutedDocument } from './route-documents.ts'

export interface RouterMetrics {
  readonly resent: Counter
  count(routed: RoutedDocument): void
}

export function routerMetrics(registry: Registry): RouterMetrics {
  const registers = [registry]
  const documents = new Counter({
    name: 'docaxis_documents_routed_total',
    help: 'Packets routed',
    labelNames: ['kind'],
    registers,
  })
  const deliveries = new Counter({
    name: 'docaxis_deliveries_routed_total',
    help: 'Deliveries made, by level of the receiver',
    labelNames: ['level'],
    registers,
  })
  const undeliverable = new Counter({
    name: 'docaxis_receivers_undeliverable_total',
    help: 'Receivers named by a sender that could not get anything',
    registers,
  })
  const resent = new Counter({
    name: 'docaxis_documents_resent_total',
    help: 'Acceptance events published again because nothing was routed in time',
    registers,
  })
  return {
    resent,
    count({ document, deliveries: made, faulty }) {
      documents.inc({ kind: document.kind })
      for (const { level } of made) deliveries.inc({ level })
      undeliverable.inc(faulty.length)
    },
  }
}
