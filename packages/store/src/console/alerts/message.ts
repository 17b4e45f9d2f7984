import { HubError } from '@docaxis/errors'
import type { Sql, Tx } from '../../database.ts'
import { newHubId } from '../../documents/hub-id.ts'
import { retention } from '../../retention.ts'
import { rightsSql } from './condition.ts'
import type { AlertTarget } from './destination.ts'

/** What is told. Numbers, counts and a link; a subject only where the rule says so. */
export interface AlertText {
  readonly title: string
  readonly text: string
  readonly link: string | null
  readonly count: number
  readonly urgent: boolean
}

export interface AlertMessage extends AlertText {
  readonly id: string
  readonly accountId: string
  readonly destination: string
  readonly destinationId: string
  /** Null: somebody tried the destination out. */
  readonly rule: string | null
  readonly state: 'waiting' | 'sent' | 'failed'
  readonly attempts: number
  readonly createdAt: Date
  /** Next try; null when nothing more is tried. */
  readonly dueAt: Date | null
  readonly settledAt: Date | null
  readonly answer: string | null
  readonly seq: string
}

/** A day: what needed somebody yesterday is no news. */
const giveUpAfter = "interval '1 day'"

const insertSql = `
insert into alert_message (id, destination_id, rule_id, title, text, link, count, urgent, rights, give_up_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, clock_timestamp() + ${giveUpAfter})`

export interface NewAlertMessage extends AlertText {
  readonly destinationId: string
  readonly ruleId: string
  readonly rights: string
}

/** Puts it where it becomes due at once. */
export async function insertAlertMessage(tx: Tx, message: NewAlertMessage): Promise<void> {
  const { destinationId, ruleId, title, text, link, count, urgent, rights } = message
  await tx.query(insertSql, [newHubId(), destinationId, ruleId, title, text, link, count, urgent, rights])
}

/** Trials of one destination within ten minutes: it is somebody's server. */
const trialsAllowed = 10

const trialSql = `
insert into alert_message (id, destination_id, title, text, link, count, urgent, rights, give_up_at)
select $1, destination.id, $3, $4, $5, 1, false, ${rightsSql}, clock_timestamp()
  from alert_destination as destination
  join account on account.id = destination.account_id
 where destination.id = $2
   and (select count(*)
          from alert_message
         where destination_id = $2 and rule_id is null and created_at > now() - interval '10 minutes') < ${trialsAllowed}`

/** A message that says that it is a trial, tried once. @returns its id @throws HubError `RATE_LIMITED` */
export async function insertTrial(
  sql: Sql,
  destinationId: string,
  { title, text, link }: Pick<AlertText, 'title' | 'text' | 'link'>,
): Promise<string> {
  const id = newHubId()
  const { rowCount } = await sql.query(trialSql, [id, destinationId, title, text, link])
  if (rowCount === 0)
    throw new HubError('RATE_LIMITED', `a destination is tried at most ${trialsAllowed} times in 10 minutes`)
  return id
}

const columns = `
  message.id, destination.account_id as "accountId", destination.name as destination,
  destination.id as "destinationId", rule.name as rule, message.title, message.text, message.link, message.count,
  message.urgent, message.state, message.attempts, message.created_at as "createdAt",
  case when message.state = 'waiting' then message.due_at end as "dueAt", message.settled_at as "settledAt",
  message.answer, message.seq::text as seq`

const from = `
  from alert_message as message
  join alert_destination as destination on destination.id = message.destination_id
  left join alert_rule as rule on rule.id = message.rule_id`

const listSql = `
select ${columns} ${from}
 where destination.account_id = any($1) and ($2::text is null or message.state = $2)
   and ($3::bigint is null or message.seq < $3)
 order by message.seq desc
 limit $4`

export interface AlertMessageQuery {
  /** Whose. */
  readonly accountIds: readonly string[]
  readonly state?: AlertMessage['state'] | undefined
  /** `seq` of the last one of the page before. */
  readonly before?: string | undefined
  readonly limit: number
}

/** Newest first. */
export async function listAlertMessages(sql: Sql, query: AlertMessageQuery): Promise<AlertMessage[]> {
  const { accountIds, state = null, before = null, limit } = query
  return (await sql.query<AlertMessage>(listSql, [accountIds, state, before, limit])).rows
}

export async function findAlertMessage(sql: Sql, id: string): Promise<AlertMessage | undefined> {
  return (await sql.query<AlertMessage>(`select ${columns} ${from} where message.id = $1`, [id])).rows[0]
}

/** A message to be sent now, under a lease. */
export interface ClaimedAlert extends AlertText {
  readonly id: string
  readonly destinationId: string
  readonly target: AlertTarget
  readonly sealed: Buffer
  readonly attempts: number
}

const dueSql =
  "message.state = 'waiting' and message.due_at <= now() and (message.leased_until is null or message.leased_until <= now())"

/** What the account may no longer see, it does not send. */
const allowedSql = `account.disabled_at is null and account.role in ('operator', 'administrator') and message.rights = ${rightsSql}`

const claimSql = `
with due as (
  select message.id, destination.shown -> 'target' as target, destination.sealed
    from alert_message as message
    join alert_destination as destination on destination.id = message.destination_id
    join account on account.id = destination.account_id
   where ${dueSql} and ${allowedSql}
   order by message.urgent desc, message.due_at
   limit $1
     for no key update of message skip locked
)
update alert_message as message
   set attempts = attempts + 1, leased_until = clock_timestamp() + make_interval(secs => $2 / 1000.0)
  from due
 where message.id = due.id
returning message.id, message.destination_id as "destinationId", due.target, due.sealed, message.title, message.text,
          message.link, message.count, message.urgent, message.attempts`

/** No two processes get the same one; that of a process that dies falls due again. */
export async function claimAlerts(
  sql: Sql,
  { limit, leaseMs }: { readonly limit: number; readonly leaseMs: number },
): Promise<ClaimedAlert[]> {
  return (await sql.query<ClaimedAlert>(claimSql, [limit, leaseMs])).rows
}

/** What came of one try. `answer` is what the other side said, or why nothing was asked; never content. */
export interface SettledAlert {
  readonly id: string
  readonly sent: boolean
  readonly answer: string
}

const firstPauseSeconds = 15
const longestPauseSeconds = 3_600

const settleSql = `
update alert_message
   set state = case when $2 then 'sent' when give_up_at <= clock_timestamp() then 'failed' else 'waiting' end,
       settled_at = case when $2 or give_up_at <= clock_timestamp() then clock_timestamp() end,
       leased_until = null, answer = left($3, 500),
       due_at = clock_timestamp() + make_interval(secs => least(${longestPauseSeconds},
         ${firstPauseSeconds} * 2.0 ^ least(attempts - 1, 20)))
 where id = $1 and state = 'waiting'`

/** Writes down a try, and when the next one is due. */
export async function settleAlert(sql: Sql, { id, sent, answer }: SettledAlert): Promise<void> {
  await sql.query(settleSql, [id, sent, answer])
}

const withdrawSql = `
update alert_message as message
   set state = 'failed', settled_at = clock_timestamp(), answer = 'the account may not send this any more'
  from alert_destination as destination
  join account on account.id = destination.account_id
 where destination.id = message.destination_id and ${dueSql} and not (${allowedSql})`

const forgetSql = `
delete from alert_message
 where id in (select id from alert_message
               where state <> 'waiting' and settled_at < now() - make_interval(days => ${retention.alertDays})
               order by settled_at
               limit 1000)`

/** Ends what an account may no longer send, and forgets what was settled 90 days ago. */
export async function tidyAlerts(sql: Sql): Promise<void> {
  await sql.query(withdrawSql)
  await sql.query(forgetSql)
}

/** Tries what was given up once more, for a day. @returns false when there is nothing to be tried */
export async function retryAlert(sql: Sql, id: string): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update alert_message
        set state = 'waiting', settled_at = null, due_at = clock_timestamp(), leased_until = null,
            give_up_at = clock_timestamp() + ${giveUpAfter}
      where id = $1 and state <> 'sent'`,
    [id],
  )
  return rowCount === 1
}
