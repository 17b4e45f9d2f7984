import { Counter, type Registry } from 'prom-client'

export interface VxpMetrics {
  readonly calls: Counter<'operation' | 'code'>
  readonly replays: Counter
}

export function createVxpMetrics(registry: Registry): VxpMetrics {
  const registers = [registry]
  return {
    calls: new Counter({
      name: 'docaxis_vxp_calls_total',
      help: 'VXP calls by ErrorCode, or by HTTP status where that is not 200',
      labelNames: ['operation', 'code'],
      registers,
    }),
    replays: new Counter({
      name: 'docaxis_vxp_replays_total',
      help: 'VXP signatures that came again from another address',
      registers,
    }),
  }
}
