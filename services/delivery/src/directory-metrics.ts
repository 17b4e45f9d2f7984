import type { RedirectCounts } from '@docaxis/store'
import { Counter, type Registry } from 'prom-client'

export interface DirectoryMetrics {
  readonly reforms: Counter<'state'>
  redirected(counts: Omit<RedirectCounts, 'documents'>): void
}

export function directoryMetrics(registry: Registry): DirectoryMetrics {
  const registers = [registry]
  const reforms = new Counter({
    name: 'docaxis_reforms_total',
    help: 'Reforms of the directory whose day came, by what became of them: applied or blocked',
    labelNames: ['state'] as const,
    registers,
  })
  const redirected = new Counter({
    name: 'docaxis_deliveries_redirected_total',
    help: 'Deliveries under way to closed agencies, by what became of them: moved, joined or returned',
    labelNames: ['outcome'] as const,
    registers,
  })
  return {
    reforms,
    redirected({ moved, joined, returned }) {
      redirected.inc({ outcome: 'moved' }, moved)
      redirected.inc({ outcome: 'joined' }, joined)
      redirected.inc({ outcome: 'returned' }, returned)
    },
  }
}
