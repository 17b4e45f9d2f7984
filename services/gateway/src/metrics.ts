import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

export interface GatewayMetrics {
  readonly accepted: Counter<'kind' | 'verdict'>
  readonly repeated: Counter
  readonly refused: Counter<'code'>
  readonly receivedBytes: Counter
  readonly proofSeconds: Histogram
  readonly proofsWaiting: Gauge
  readonly damagedBlobs: Counter
}

/** @param waiting packets that wait for a thread to prove them */
export function createMetrics(registry: Registry, waiting: () => number): GatewayMetrics {
  const registers = [registry]
  return {
    accepted: new Counter({
      name: 'docaxis_gateway_accepted_total',
      help: 'Packets accepted',
      labelNames: ['kind', 'verdict'],
      registers,
    }),
    repeated: new Counter({
      name: 'docaxis_gateway_repeated_total',
      help: 'Packets answered with an earlier acceptance',
      registers,
    }),
    refused: new Counter({
      name: 'docaxis_gateway_refused_total',
      help: 'Packets not accepted, by problem code',
      labelNames: ['code'],
      registers,
    }),
    receivedBytes: new Counter({
      name: 'docaxis_gateway_accepted_bytes_total',
      help: 'Bytes of the packets accepted',
      registers,
    }),
    proofSeconds: new Histogram({
      name: 'docaxis_gateway_proof_seconds',
      help: 'Time to prove one packet: structure, rules, signature, certificate',
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
      registers,
    }),
    proofsWaiting: new Gauge({
      name: 'docaxis_gateway_proofs_waiting',
      help: 'Packets that wait for a thread to prove them',
      registers,
      collect() {
        this.set(waiting())
      },
    }),
    damagedBlobs: new Counter({
      name: 'docaxis_gateway_damaged_blobs_total',
      help: 'Blobs found missing, unreadable or changed by the weekly scrub',
      registers,
    }),
  }
}
