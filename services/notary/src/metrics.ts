import { Counter, type Registry } from 'prom-client'

export interface NotaryMetrics {
  readonly issued: Counter
}

export function notaryMetrics(registry: Registry): NotaryMetrics {
  const issued = new Counter({
    name: 'docaxis_receipts_issued_total',
    help: 'Receipts signed, by kind',
    labelNames: ['kind'],
    registers: [registry],
  })
  return { issued }
}
