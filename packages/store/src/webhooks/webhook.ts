import { HubError } from '@docaxis/errors'
import type { Sql } from '../database.ts'
import { newHubId } from '../documents/hub-id.ts'

/** `open`: nothing is tried for a while; `half-open`: the next try decides. */
export type BreakerState = 'closed' | 'open' | 'half-open'

/** Where a system wants to be told. */
export interface Webhook {
  readonly id: string
  readonly systemId: string
  /** Null: its relay comes and asks. */
  readonly url: string | null
  readonly description: string | null
  /** Empty: everything. */
  readonly types: readonly string[]
  readonly state: 'active' | 'disabled'
  readonly disabledReason: string | null
  readonly createdAt: Date
  readonly breaker: BreakerState
  /** Since the last success. */
  readonly failures: number
  readonly openUntil: Date | null
  readonly lastSuccessAt: Date | null
  readonly lastFailureAt: Date | null
  readonly lastFailure: string | null
  readonly waiting: number
  readonly failed: number
}

export type NewWebhook = Pick<Webhook, 'systemId' | 'url' | 'description' | 'types'>
export type WebhookChange = Partial<Pick<Webhook, 'url' | 'description' | 'types' | 'state'>>

/** Failures in a row after which a webhook is left alone for a while. */
export const breakerThreshold = 5
/** Webhooks that one system may have. */
export const webhooksPerSystem = 20

const columns = `
  id, system_id as "systemId", url, description, types, state, disabled_reason as "disabledReason",
  created_at as "createdAt", failures, open_until as "openUntil", last_success_at as "lastSuccessAt",
  last_failure_at as "lastFailureAt", last_failure as "lastFailure",
  case when failures < ${breakerThreshold} then 'closed' when open_until > now() then 'open' else 'half-open' end as breaker,
  (select count(*)::integer from webhook_message where webhook_id = webhook.id and state = 'waiting') as waiting,
  (select count(*)::integer from webhook_message where webhook_id = webhook.id and state = 'failed') as failed`

const insertSql = `
insert into webhook (id, system_id, url, description, types)
select $1, system.id, $3, $4, $5
  from system
 where system.id = $2 and (select count(*) from webhook where system_id = $2) < ${webhooksPerSystem}
returning ${columns}`

/** @throws HubError `NOT_FOUND`: no such system; `STATE_CONFLICT`: it has too many */
export async function createWebhook(sql: Sql, wish: NewWebhook): Promise<Webhook> {
  const { systemId, url, description, types } = wish
  const { rows } = await sql.query<Webhook>(insertSql, [newHubId(), systemId, url, description, types])
  if (rows[0]) return rows[0]
  const { rowCount } = await sql.query('select from system where id = $1', [systemId])
  if (rowCount === 0) throw new HubError('NOT_FOUND', 'no system has this id', { details: { systemId } })
  throw new HubError('STATE_CONFLICT', `a system has at most ${webhooksPerSystem} webhooks`, { details: { systemId } })
}

const listSql = `select ${columns} from webhook where system_id = $1 order by created_at, id`

export async function listWebhooks(sql: Sql, systemId: string): Promise<Webhook[]> {
  return (await sql.query<Webhook>(listSql, [systemId])).rows
}

const findSql = `select ${columns} from webhook where id = $1 and system_id = $2`

export async function findWebhook(sql: Sql, id: string, systemId: string): Promise<Webhook | undefined> {
  return (await sql.query<Webhook>(findSql, [id, systemId])).rows[0]
}

const changeSql = `
update webhook
   set url = case when $3 ? 'url' then $3 ->> 'url' else url end,
       description = case when $3 ? 'description' then $3 ->> 'description' else description end,
       types = case when $3 ? 'types' then array(select jsonb_array_elements_text($3 -> 'types')) else types end,
       state = coalesce($3 ->> 'state', state),
       disabled_reason = case when $3 ? 'state' then null else disabled_reason end,
       -- Another address, or a fresh start, begins without a past.
       failures = case when $3 ? 'url' or $3 ? 'state' then 0 else failures end,
       open_until = case when $3 ? 'url' or $3 ? 'state' then null else open_until end
 where id = $1 and system_id = $2
returning ${columns}`

/** Changes what is given. Undefined: there is no such webhook. */
export async function changeWebhook(
  sql: Sql,
  id: string,
  systemId: string,
  change: WebhookChange,
): Promise<Webhook | undefined> {
  return (await sql.query<Webhook>(changeSql, [id, systemId, JSON.stringify(change)])).rows[0]
}

/** With its secrets, and everything that was told or waits. @returns whether there was one */
export async function removeWebhook(sql: Sql, id: string, systemId: string): Promise<boolean> {
  const { rowCount } = await sql.query('delete from webhook where id = $1 and system_id = $2', [id, systemId])
  return rowCount === 1
}
