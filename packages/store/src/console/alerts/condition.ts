import type { Sql, Tx } from '../../database.ts'
import type { AccountRights } from '../account.ts'
import { type AlertRule, ruleColumns } from './rule.ts'

/** A rule whose time to be looked at has come, with what its account may see now. */
export interface ClaimedRule extends AlertRule, Pick<AccountRights, 'scope'> {
  /** Changes whenever the account's rights do. */
  readonly rights: string
}

/** What an account may, in a few letters. */
export const rightsSql = `
  md5(row(account.role, account.everything, account.subtrees, account.systems, account.localities, account.groups)::text)`

const ruleSql = `
select ${ruleColumns}, ${rightsSql} as rights,
       jsonb_build_object('everything', account.everything, 'subtrees', account.subtrees, 'systems', account.systems,
                          'localities', account.localities, 'groups', account.groups) as scope
  from alert_rule as rule
  join account on account.id = rule.account_id
 where rule.id = $1`

const claimSql = `
update alert_rule
   set next_at = $1::timestamptz + make_interval(secs => $2 / 1000.0)
 where id = (select rule.id
               from alert_rule as rule
               join account on account.id = rule.account_id
              where rule.enabled and rule.next_at <= $1 and account.disabled_at is null
                and account.role in ('operator', 'administrator')
              order by rule.next_at
              limit 1
                for no key update of rule skip locked)
returning id`

/**
 * The next rule that is due, locked until the transaction ends: no two processes judge its conditions at once, and whoever
 * dies over it leaves it due. The rules of those who may not sign in any more stand still.
 */
export async function claimDueRule(
  tx: Tx,
  { at, everyMs }: { readonly at: Date; readonly everyMs: number },
): Promise<ClaimedRule | undefined> {
  const { rows } = await tx.query<{ id: string }>(claimSql, [at, everyMs])
  return rows[0] && (await tx.query<ClaimedRule>(ruleSql, [rows[0].id])).rows[0]
}

/** One that could not be judged waits like the others, so that it holds up none of them. */
export async function postponeRule(sql: Sql, id: string, until: Date): Promise<void> {
  await sql.query('update alert_rule set next_at = $2 where id = $1', [id, until])
}

/** As far as one thing has come that a rule found. */
export interface AlertCondition {
  readonly key: string
  readonly count: number
  readonly since: Date
  readonly raisedAt: Date
  readonly endedAt: Date | null
  readonly level: number
  readonly urgent: boolean
  readonly tellAt: Date | null
}

const readSql = `
select key, count, since, raised_at as "raisedAt", ended_at as "endedAt", level, urgent, tell_at as "tellAt"
  from alert_condition
 where rule_id = $1`

export async function readConditions(tx: Tx, ruleId: string): Promise<AlertCondition[]> {
  return (await tx.query<AlertCondition>(readSql, [ruleId])).rows
}

const storeSql = `
insert into alert_condition (rule_id, key, count, since, raised_at, ended_at, level, urgent, tell_at)
select $1, c.key, c.count, c.since, c."raisedAt", c."endedAt", c.level, c.urgent, c."tellAt"
  from jsonb_to_recordset($2::jsonb)
       as c(key text, count integer, since timestamptz, "raisedAt" timestamptz, "endedAt" timestamptz, level smallint,
            urgent boolean, "tellAt" timestamptz)
    on conflict (rule_id, key) do update
   set count = excluded.count, since = excluded.since, raised_at = excluded.raised_at, ended_at = excluded.ended_at,
       level = excluded.level, urgent = excluded.urgent, tell_at = excluded.tell_at`

const forgetSql = "delete from alert_condition where rule_id = $1 and ended_at < $2::timestamptz - interval '1 day'"

/** Keeps them as they are now, and forgets what ended a day ago. */
export async function storeConditions(
  tx: Tx,
  ruleId: string,
  conditions: readonly AlertCondition[],
  at: Date,
): Promise<void> {
  await tx.query(storeSql, [ruleId, JSON.stringify(conditions)])
  await tx.query(forgetSql, [ruleId, at])
}
