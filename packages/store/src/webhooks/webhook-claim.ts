import type { Tx } from '../database.ts'
import { breakerThreshold } from './webhook.ts'

/** Messages to be sent now, under a lease. */
export interface ClaimedMessage {
  readonly id: string
  readonly webhookId: string
  readonly systemId: string
  /** Null: its relay asked for it. */
  readonly url: string | null
  readonly type: string
  readonly body: string
  /** This try included. */
  readonly attempts: number
  readonly createdAt: Date
}

export interface ClaimMessages {
  /** Only of this webhook, and whatever its breaker says; absent: of every webhook with an address. */
  readonly webhookId?: string
  readonly limit: number
  /** Tries of one webhook at the same time. */
  readonly perWebhook: number
  /** A try that is not settled after so long, because its process died, is made again. */
  readonly leaseMs: number
}

/** A webhook whose last answer took longer gets one message at a time, so that it keeps few hands busy. */
export const slowMs = 2_000

const dueSql = `message.state = 'waiting' and message.due_at <= now()
            and (message.leased_until is null or message.leased_until <= now())`

const lockWebhooksSql = `
select id
  from webhook
 where state = 'active'
   and (id = $1 or ($1 is null and url is not null and (open_until is null or open_until <= now())))
   and exists (select from webhook_message as message where message.webhook_id = webhook.id and ${dueSql})
 order by random()
 limit $2
   for no key update skip locked`

const claimSql = `
with room as (
  select webhook.id, webhook.system_id, webhook.url,
         case when webhook.url is not null and (webhook.failures >= ${breakerThreshold} or webhook.last_ms > ${slowMs}) then 1 else $2 end
         - (select count(*) from webhook_message as message
             where message.webhook_id = webhook.id and message.state = 'waiting' and message.leased_until > now()) as free
    from webhook
   where webhook.id = any($1)
),
due as (
  select message.id, room.system_id, room.url
    from room
   cross join lateral (
         select message.id
           from webhook_message as message
          where message.webhook_id = room.id and ${dueSql}
          order by message.priority desc, message.seq
          limit greatest(room.free, 0)
            for no key update skip locked) as message
   limit $3
)
update webhook_message as message
   set attempts = attempts + 1, leased_until = clock_timestamp() + make_interval(secs => $4 / 1000.0)
  from due
 where message.id = due.id
returning message.id, message.webhook_id as "webhookId", due.system_id as "systemId", due.url, message.type,
          message.body, message.attempts, message.created_at as "createdAt", message.priority, message.seq`

/**
 * Claims due messages, urgent ones first, then in the order in which they came. No two claims count one webhook's room at
 * the same time, because they hold its row; a webhook whose row somebody holds is left for the next turn.
 */
export async function claimWebhookMessages(tx: Tx, options: ClaimMessages): Promise<ClaimedMessage[]> {
  const { webhookId = null, limit, perWebhook, leaseMs } = options
  const { rows: webhooks } = await tx.query<{ id: string }>(lockWebhooksSql, [webhookId, limit])
  // An empty turn writes nothing.
  if (webhooks.length === 0) return []
  const { rows } = await tx.query<ClaimedMessage & { readonly priority: number; readonly seq: string }>(claimSql, [
    webhooks.map(({ id }) => id),
    perWebhook,
    limit,
    leaseMs,
  ])
  return rows.sort((a, b) => b.priority - a.priority || Number(a.seq) - Number(b.seq))
}
