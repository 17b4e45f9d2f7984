import { createHash } from 'node:crypto'
import type { Sql } from '../database.ts'

export interface NewWebhookMessage {
  readonly webhookId: string
  readonly eventId: string
  readonly type: string
  readonly priority: number
  readonly body: string
}

export interface WebhookAttempt {
  readonly at: Date
  readonly durationMs: number
  readonly status: number | null
  /** Null when it was taken. */
  readonly failure: string | null
}

export interface WebhookMessage {
  readonly id: string
  readonly type: string
  readonly body: string
  readonly state: 'waiting' | 'delivered' | 'failed'
  readonly attempts: number
  readonly createdAt: Date
  /** Next try; null when nothing more is tried. */
  readonly dueAt: Date | null
  readonly settledAt: Date | null
  /** The last ones, newest first. */
  readonly lastAttempts: readonly WebhookAttempt[]
}

/** Long enough for nine days of Tết. Messages of a relay wait for ever. */
const giveUpDays = 10
const giveUpSql = `case when webhook.url is null then null else clock_timestamp() + interval '${giveUpDays} days' end`

const insertSql = `
insert into webhook_message (id, webhook_id, event_id, type, priority, body, give_up_at)
select m.id, webhook.id, m.event_id, m.type, m.priority, m.body, ${giveUpSql}
  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::smallint[], $6::text[])
       with ordinality as m(id, webhook_id, event_id, type, priority, body, place)
  join webhook on webhook.id = m.webhook_id
 order by m.place
    on conflict (id) do nothing
returning id`

/** Puts messages where they become due. One for the same webhook and event is there once. @returns ids of the new ones */
export async function insertWebhookMessages(sql: Sql, messages: readonly NewWebhookMessage[]): Promise<string[]> {
  if (messages.length === 0) return []
  const { rows } = await sql.query<{ id: string }>(insertSql, [
    messages.map(({ webhookId, eventId }) => webhookMessageId(webhookId, eventId)),
    messages.map(message => message.webhookId),
    messages.map(message => message.eventId),
    messages.map(message => message.type),
    messages.map(message => message.priority),
    messages.map(message => message.body),
  ])
  return rows.map(row => row.id)
}

/** The same for the same event, even where the log is read again from its beginning. */
export function webhookMessageId(webhookId: string, eventId: string): string {
  return createHash('sha256').update(`${webhookId}\0${eventId}`).digest('hex').slice(0, 24)
}

const columns = `
  message.id, message.type, message.body, message.state, message.attempts, message.created_at as "createdAt",
  case when message.state = 'waiting' then message.due_at end as "dueAt", message.settled_at as "settledAt",
  message.seq::text as seq,
  array(select jsonb_build_object('at', attempt.at, 'durationMs', attempt.duration_ms, 'status', attempt.status,
                                  'failure', attempt.failure)
          from webhook_attempt as attempt
         where attempt.message_id = message.id
         order by attempt.id desc) as tries`

export interface WebhookMessageQuery {
  readonly webhookId: string
  readonly state?: WebhookMessage['state']
  /** `next` of the page before. */
  readonly before?: string
  readonly limit: number
}

export interface WebhookMessagePage {
  readonly items: readonly WebhookMessage[]
  readonly next: string | null
}

const listSql = `
select ${columns}
  from webhook_message as message
 where message.webhook_id = $1 and ($2::text is null or message.state = $2)
   and ($3::bigint is null or message.seq < $3)
 order by message.seq desc
 limit $4`

/** Newest first. */
export async function listWebhookMessages(sql: Sql, query: WebhookMessageQuery): Promise<WebhookMessagePage> {
  const { webhookId, state, before, limit } = query
  const { rows } = await sql.query<MessageRow>(listSql, [webhookId, state ?? null, before ?? null, limit])
  return { items: rows.map(messageOf), next: rows.length === limit ? (rows.at(-1)?.seq ?? null) : null }
}

const findSql = `select ${columns} from webhook_message as message where message.webhook_id = $1 and message.id = $2`

export async function findWebhookMessage(sql: Sql, webhookId: string, id: string): Promise<WebhookMessage | undefined> {
  const { rows } = await sql.query<MessageRow>(findSql, [webhookId, id])
  return rows[0] && messageOf(rows[0])
}

interface MessageRow extends Omit<WebhookMessage, 'lastAttempts'> {
  readonly seq: string
  readonly tries: readonly (Omit<WebhookAttempt, 'at'> & { readonly at: string })[]
}

function messageOf({ tries, seq: _seq, ...same }: MessageRow): WebhookMessage {
  return { ...same, lastAttempts: tries.map(({ at, ...attempt }) => ({ at: new Date(at), ...attempt })) }
}

export interface WebhookReplay {
  readonly webhookId: string
  /** One message; absent: all that fit the rest. */
  readonly messageId?: string
  /** Made at or after. */
  readonly from?: Date
  /** Made before. */
  readonly to?: Date
  /** Only what was given up, not what was taken. */
  readonly failedOnly?: boolean
}

const replaySql = `
update webhook_message as message
   set state = 'waiting', due_at = clock_timestamp(), settled_at = null, give_up_at = ${giveUpSql}
  from webhook
 where webhook.id = $1 and message.webhook_id = webhook.id
   and ($2::text is null or message.id = $2)
   and ($3::timestamptz is null or message.created_at >= $3)
   and ($4::timestamptz is null or message.created_at < $4)
   and (message.state = 'failed' or not $5)`

const tryAgainSql = 'update webhook set open_until = null where id = $1'

/** Sends again, under the same ids; what waits is due at once. @returns how many */
export async function replayWebhookMessages(sql: Sql, replay: WebhookReplay): Promise<number> {
  const { webhookId, messageId, from, to, failedOnly = false } = replay
  await sql.query(tryAgainSql, [webhookId])
  const values = [webhookId, messageId ?? null, from ?? null, to ?? null, failedOnly]
  const { rowCount } = await sql.query(replaySql, values)
  return rowCount ?? 0
}
