import type { Sql, Tx } from '../database.ts'
import { breakerThreshold } from './webhook.ts'

/** What became of one try. */
export interface SettledAttempt {
  readonly messageId: string
  readonly webhookId: string
  readonly durationMs: number
  /** HTTP status; absent where none came. */
  readonly status?: number
  /** Absent when it was taken. Names hosts, limits, statuses; never content. */
  readonly failure?: string
  /** The receiver asked for a pause. */
  readonly retryAfterSeconds?: number
  /** The receiver says that it is gone for good. */
  readonly gone?: boolean
}

export type SettledState = 'delivered' | 'waiting' | 'not-waiting'

/** Tries that are kept of each message. */
const attemptsKept = 20
const firstPauseSeconds = 5
const longestPauseSeconds = 3_600
const breakerPauseSeconds = 30
const longestBreakerPauseSeconds = 900

const lockSql = 'select from webhook where id = $1 for no key update'

// Pauses double and are spread over half to one and a half of themselves, so that many do not come back together.
const settleSql = `
update webhook_message
   set state = case when $3::text is null then 'delivered' else 'waiting' end,
       settled_at = case when $3::text is null then clock_timestamp() end,
       leased_until = null,
       due_at = clock_timestamp() + make_interval(secs => greatest(
         least(${longestPauseSeconds}, ${firstPauseSeconds} * 2.0 ^ least(attempts - 1, 20)) * (0.5 + random()), $4))
 where id = $1 and webhook_id = $2 and state = 'waiting'
returning state`

const attemptSql = `
insert into webhook_attempt (message_id, duration_ms, status, failure)
select id, $2, $3, $4
  from webhook_message
 where id = $1`

const pruneSql = `
delete from webhook_attempt
 where message_id = $1
   and id <= (select id from webhook_attempt where message_id = $1 order by id desc offset ${attemptsKept} limit 1)`

const succeededSql = `
update webhook
   set failures = 0, open_until = null, last_success_at = clock_timestamp(), last_ms = $2
 where id = $1`

const failedSql = `
update webhook
   set failures = failures + 1, last_failure_at = clock_timestamp(), last_failure = $3, last_ms = $2,
       open_until = case when failures + 1 < ${breakerThreshold} then open_until else
         clock_timestamp() + make_interval(secs => (0.5 + random()) * least(${longestBreakerPauseSeconds},
           ${breakerPauseSeconds} * 2.0 ^ least(failures + 1 - ${breakerThreshold}, 20))) end,
       state = case when $4 then 'disabled' else state end,
       disabled_reason = case when $4 then $3 else disabled_reason end
 where id = $1`

/** Writes down a try, when the next one is due, and what it says about the webhook: its breaker opens or closes. */
export async function settleWebhookMessage(tx: Tx, attempt: SettledAttempt): Promise<SettledState> {
  const {
    messageId,
    webhookId,
    durationMs,
    status = null,
    failure = null,
    retryAfterSeconds = 0,
    gone = false,
  } = attempt
  // First the webhook, as claims do.
  await tx.query(lockSql, [webhookId])
  const { rows } = await tx.query<{ state: 'delivered' | 'waiting' }>(settleSql, [
    messageId,
    webhookId,
    failure,
    Math.min(retryAfterSeconds, longestPauseSeconds),
  ])
  if (!rows[0]) return 'not-waiting'
  await tx.query(attemptSql, [messageId, durationMs, status, failure])
  await tx.query(pruneSql, [messageId])
  if (failure === null) await tx.query(succeededSql, [webhookId, durationMs])
  else await tx.query(failedSql, [webhookId, durationMs, failure, gone])
  return rows[0].state
}

const giveUpSql = `
update webhook_message
   set state = 'failed', settled_at = clock_timestamp()
 where id in (select id from webhook_message
               where state = 'waiting' and give_up_at <= now() and (leased_until is null or leased_until <= now())
               order by give_up_at
               limit $1
                 for no key update skip locked)`

/** Ends what nobody took in its time. It can be replayed. @returns how many */
export async function giveUpWebhookMessages(sql: Sql, limit: number): Promise<number> {
  return (await sql.query(giveUpSql, [limit])).rowCount ?? 0
}

const forgetSql = `
delete from webhook_message
 where id in (select id from webhook_message
               where state <> 'waiting' and settled_at < now() - make_interval(days => $1)
               order by settled_at
               limit $2)`

/** Forgets what was settled so long ago. @returns how many */
export async function forgetWebhookMessages(sql: Sql, days: number, limit: number): Promise<number> {
  return (await sql.query(forgetSql, [days, limit])).rowCount ?? 0
}

export interface WebhookStock {
  readonly waiting: number
  readonly failed: number
  /** Age of the oldest message that waits for an address that is called. */
  readonly oldestSeconds: number
  /** Active webhooks whose breaker is not closed. */
  readonly open: number
  readonly disabled: number
}

const stockSql = `
select (select count(*)::integer from webhook_message where state = 'waiting') as waiting,
       (select count(*)::integer from webhook_message where state = 'failed') as failed,
       (select coalesce(extract(epoch from now() - min(created_at)), 0)::float8
          from webhook_message
         where state = 'waiting' and give_up_at is not null) as "oldestSeconds",
       (select count(*)::integer from webhook where state = 'active' and failures >= ${breakerThreshold}) as open,
       (select count(*)::integer from webhook where state = 'disabled') as disabled`

export async function webhookStock(sql: Sql): Promise<WebhookStock> {
  const { rows } = await sql.query<WebhookStock>(stockSql)
  if (!rows[0]) throw new Error('a count returned no row')
  return rows[0]
}
