import { type AuditEntry, recordAudit, type Tx } from '@docaxis/store'
import type { FastifyRequest } from 'fastify'
import type { Console } from '../console.ts'
import { actorOf } from './person.ts'

/** As the audit log tells it: `token.issue`, of which object. */
export type PersonAction = Pick<AuditEntry, 'action' | 'object' | 'details'>

/**
 * Does something that a person asked for and writes who did it, in one transaction: neither happens without the other.
 *
 * @param tell what was done, from what came of it; never a secret
 */
export function audited<T>(
  { database }: Pick<Console, 'database'>,
  { person }: Pick<FastifyRequest, 'person'>,
  work: (tx: Tx) => Promise<T>,
  tell: (result: T) => PersonAction,
): Promise<T> {
  return database.transaction(async tx => {
    const result = await work(tx)
    await recordAudit(tx, { ...tell(result), actor: actorOf(person), outcome: 'done' })
    return result
  })
}
