import { databaseTime, type Tx } from '../../database.ts'
import { type RedirectCounts, redirectDeliveries } from '../../deliveries/delivery-redirect.ts'
import { hanoiToday } from '../hanoi-day.ts'
import { findRedirects } from './succession.ts'

const strandedSql = `
with closed as (
  select code
    from agency
   where not deleted and valid_to <= ${hanoiToday}
)
select closed.code
  from closed
 where exists (select from delivery
                where receiver = closed.code and kind in ('document', 'status') and state in ('available', 'fetched'))
 union
select delivery.receiver
  from delivery
  join closed on closed.code = delivery.receiver
 where delivery.state = 'routed'
 union
select delivery.receiver
  from delivery_hold
  join delivery on delivery.id = delivery_hold.delivery_id
  join closed on closed.code = delivery.receiver
 where delivery.state = 'held'
 limit $1`

/**
 * Sends on what is under way to closed agencies, whatever closed them: a packet that was accepted just before a reform and
 * routed after it, an import with a date, a request that was approved. One call does up to `limit` agencies.
 */
export async function redirectStranded(
  tx: Tx,
  options: { readonly actor: string; readonly limit: number },
): Promise<RedirectCounts> {
  const { rows } = await tx.query<{ readonly code: string }>(strandedSql, [options.limit])
  const codes = rows.map(({ code }) => code)
  if (codes.length === 0) return { moved: 0, joined: 0, returned: 0, documents: 0 }
  const redirects = await findRedirects(tx, codes, await databaseTime(tx))
  return redirectDeliveries(tx, redirects, { actor: options.actor })
}
