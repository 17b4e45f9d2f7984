import type { ServiceDeps } from '@docaxis/service'
import { recordAudit } from '@docaxis/store'
import type { CallLog } from './call-log.ts'
import type { VxpMetrics } from './vxp-metrics.ts'

export interface SeenCall {
  readonly systemId: string
  /** SHA-256 of the signed text. */
  readonly signature: Buffer
  readonly address: string
  /** Where the database saw it first; null when it never did. */
  readonly seenAt: string | null
}

/** Looks out for signatures that come from elsewhere than the first time. */
export interface Replays {
  check(call: SeenCall): Promise<void>
}

type Deps = Pick<ServiceDeps, 'database' | 'logger'> & { readonly calls: CallLog; readonly metrics: VxpMetrics }

/** Alarms that were raised and need not be raised again. */
const mostRemembered = 10_000

/**
 * The same signature from a new address is an alarm: an audit row, a measurement, a log line. It is no refusal, since a
 * kit keeps its timestamp for life and may well move; that nothing is done twice is what makes a replay harmless.
 */
export function createReplays({ database, logger, calls, metrics }: Deps): Replays {
  const raised = new Set<string>()

  return {
    async check({ systemId, signature, address, seenAt }) {
      const first = calls.seenAt(signature) ?? seenAt
      if (first === null || first === address) return
      const key = `${signature.toString('base64')} ${address}`
      if (raised.has(key)) return
      if (raised.size >= mostRemembered) raised.clear()
      raised.add(key)
      metrics.replays.inc()
      const details = { signature: signature.toString('hex'), firstAddress: first, address }
      logger.warn({ systemId, ...details }, 'a VXP signature came again, from another address')
      const entry = { actor: `system:${systemId}`, action: 'vxp.replay', object: systemId, outcome: 'alarm', details }
      await recordAudit(database, entry)
    },
  }
}
