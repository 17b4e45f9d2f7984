import { type AuditEntry, recordAudit, type Tx } from '@docaxis/store'
import type { FastifyRequest } from 'fastify'
import { callerOf } from '../caller.ts'
import type { Gateway } from '../gateway.ts'

export interface AdminAction {
  /** `system.change`, `certificate.bind`, … */
  readonly action: string
  readonly object?: string
  readonly details?: AuditEntry['details']
}

/** Does something an operator asked for and writes who did it, in one transaction: neither happens without the other. */
export function audited<T>(
  gateway: Gateway,
  request: FastifyRequest,
  action: AdminAction,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return gateway.database.transaction(async tx => {
    const result = await work(tx)
    await recordAudit(tx, { ...action, actor: `system:${callerOf(request).systemId}`, outcome: 'done' })
    return result
  })
}
