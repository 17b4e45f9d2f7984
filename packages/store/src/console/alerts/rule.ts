import { HubError } from '@docaxis/errors'
import type { Sql } from '../../database.ts'
import { newHubId } from '../../documents/hub-id.ts'
import type { AlertKind } from './alert-kinds.ts'

/** What somebody wants to be told of, where and when. */
export interface AlertRule extends RuleWish {
  readonly id: string
  readonly accountId: string
  readonly login: string
  /** The account may not sign in any more, or has a role that has no alerts: the rule stands still. */
  readonly stopped: boolean
  /** What it finds at present. */
  readonly conditions: number
}

export interface RuleWish {
  readonly destinationId: string
  readonly name: string
  readonly kind: AlertKind
  /** Of documents: how many; of certificates and lists: days that are left. */
  readonly threshold: number
  /** Độ khẩn from which documents count, 0–4. */
  readonly leastPriority: number
  /** Codes, each with all below; empty: all that its account sees. */
  readonly subtrees: readonly string[]
  readonly withSubject: boolean
  readonly language: 'vi' | 'en'
  /** Neither: told at once. */
  readonly digestMinutes: number | null
  readonly digestHour: number | null
  /** Minutes of the day in Asia/Ho_Chi_Minh. */
  readonly quietFrom: number | null
  readonly quietTo: number | null
  /** Told on working days only. */
  readonly workingDays: boolean
  readonly enabled: boolean
}

/** Roles that have alerts. */
export const alertRoles = ['operator', 'administrator'] as const

/** Rules that one account may have. */
const perAccount = 50

/** Shared with the query that claims one. */
export const ruleColumns = `
  rule.id, rule.account_id as "accountId", account.login, rule.destination_id as "destinationId", rule.name, rule.kind,
  rule.threshold, rule.least_priority as "leastPriority", rule.subtrees, rule.with_subject as "withSubject",
  rule.language, rule.digest_minutes as "digestMinutes", rule.digest_hour as "digestHour",
  rule.quiet_from as "quietFrom", rule.quiet_to as "quietTo", rule.working_days as "workingDays", rule.enabled,
  account.disabled_at is not null or account.role not in ('operator', 'administrator') as stopped,
  (select count(*)::integer from alert_condition where rule_id = rule.id and ended_at is null) as conditions`

const listSql = `
select ${ruleColumns}
  from alert_rule as rule
  join account on account.id = rule.account_id
 where $1::text is null or rule.id = $1
 order by account.login, rule.name, rule.id`

/** Of every account; whoever asks keeps those that they may see. */
export async function listRules(sql: Sql): Promise<AlertRule[]> {
  return (await sql.query<AlertRule>(listSql, [null])).rows
}

export async function findRule(sql: Sql, id: string): Promise<AlertRule | undefined> {
  return (await sql.query<AlertRule>(listSql, [id])).rows[0]
}

const values = (wish: RuleWish): unknown[] => [
  wish.destinationId,
  wish.name,
  wish.kind,
  wish.threshold,
  wish.leastPriority,
  [...wish.subtrees],
  wish.withSubject,
  wish.language,
  wish.digestMinutes,
  wish.digestHour,
  wish.quietFrom,
  wish.quietTo,
  wish.workingDays,
  wish.enabled,
]

const fields = `destination_id, name, kind, threshold, least_priority, subtrees, with_subject, language, digest_minutes,
  digest_hour, quiet_from, quiet_to, working_days, enabled`

const insertSql = `
insert into alert_rule (id, account_id, ${fields})
select $1, destination.account_id, destination.id, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16
  from alert_destination as destination
 where destination.id = $3 and destination.account_id = $2
   and (select count(*) from alert_rule where account_id = $2) < ${perAccount}`

/** @returns its id @throws HubError `STATE_CONFLICT`: too many, or the destination is another account's */
export async function createRule(sql: Sql, accountId: string, wish: RuleWish): Promise<string> {
  const id = newHubId()
  const { rowCount } = await sql.query(insertSql, [id, accountId, ...values(wish)])
  if (rowCount === 0) throw notTheirs()
  return id
}

const changeSql = `
update alert_rule
   set (${fields}) = row ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15), next_at = clock_timestamp()
 where id = $1
   and exists (select from alert_destination where id = $2 and account_id = alert_rule.account_id)`

// What another question found says nothing about this one.
const forgetSql = `
delete from alert_condition
 using alert_rule as rule
 where rule.id = $1 and alert_condition.rule_id = rule.id
   and (rule.kind, rule.threshold, rule.least_priority, rule.subtrees) is distinct from ($2, $3, $4, $5)`

/** @throws HubError `STATE_CONFLICT`: the destination is another account's */
export async function changeRule(sql: Sql, id: string, wish: RuleWish): Promise<void> {
  const { kind, threshold, leastPriority, subtrees } = wish
  await sql.query(forgetSql, [id, kind, threshold, leastPriority, [...subtrees]])
  const { rowCount } = await sql.query(changeSql, [id, ...values(wish)])
  if (rowCount === 0) throw notTheirs()
}

export async function removeRule(sql: Sql, id: string): Promise<void> {
  await sql.query('delete from alert_rule where id = $1', [id])
}

function notTheirs(): HubError {
  return new HubError(
    'STATE_CONFLICT',
    `the destination belongs to another account, or there are ${perAccount} rules already`,
  )
}
