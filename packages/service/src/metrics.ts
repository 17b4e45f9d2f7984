import { AggregatorRegistry, collectDefaultMetrics, Registry } from 'prom-client'

/** A registry for one service; every value in it carries the label `service`. */
export function createMetrics(service: string): Registry {
  const registry = new Registry()
  registry.setDefaultLabels({ service })
  return registry
}

/** Memory, event loop and garbage collection of the process. Once per process. */
export function createProcessMetrics(): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return registry
}

/** Several registries as one page: a metric that two services have appears once, with both their values. */
export async function renderMetrics(registries: readonly Registry[]): Promise<string> {
  const all = await Promise.all(registries.map(registry => registry.getMetricsAsJSON()))
  return await AggregatorRegistry.aggregate(all).metrics()
}

export const metricsContentType = Registry.PROMETHEUS_CONTENT_TYPE
