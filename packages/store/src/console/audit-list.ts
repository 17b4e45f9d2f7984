import type { Sql } from '../database.ts'
import { inScope, type Scope } from './scope.ts'

/** One row of the audit log, as people read it. */
export interface AuditRow {
  readonly id: string
  readonly at: Date
  readonly actor: string
  /** Name of the person, where it is one. */
  readonly actorName?: string
  readonly action: string
  readonly object?: string
  readonly outcome: string
  readonly details: Readonly<Record<string, unknown>>
  /** Place in the chain that nobody can change unseen; absent until the notary has taken it up. */
  readonly seq?: string
}

export interface AuditQuery {
  readonly scope: Scope
  readonly actor?: string
  /** The action, or what it begins with: `account.` */
  readonly action?: string
  readonly object?: string
  readonly from?: Date
  /** Ends before this instant. */
  readonly to?: Date
  /** Continues below this id. */
  readonly before?: string
  readonly limit: number
}

/** Newest first. People with a limited scope read of the people and systems inside it, and of nobody else. */
export async function listAudit(sql: Sql, query: AuditQuery): Promise<readonly AuditRow[]> {
  const values: unknown[] = []
  const place = (value: unknown) => `$${values.push(value)}`
  const conditions = [actorsInScope(values, query.scope)]
  if (query.actor !== undefined) conditions.push(`audit_entry.actor = ${place(query.actor)}`)
  if (query.action !== undefined) conditions.push(`starts_with(audit_entry.action, ${place(query.action)})`)
  if (query.object !== undefined) conditions.push(`audit_entry.object = ${place(query.object)}`)
  if (query.from !== undefined) conditions.push(`audit_entry.at >= ${place(query.from)}`)
  if (query.to !== undefined) conditions.push(`audit_entry.at < ${place(query.to)}`)
  if (query.before !== undefined) conditions.push(`audit_entry.id < ${place(query.before)}::bigint`)
  const { rows } = await sql.query<Row>(
    `
select audit_entry.id::text, audit_entry.at, audit_entry.actor, account.name as actor_name, audit_entry.action,
       audit_entry.object, audit_entry.outcome, audit_entry.details, audit_entry.seq::text
  from audit_entry
  left join account on 'user:' || account.login = audit_entry.actor
 where ${conditions.join(' and ')}
 order by audit_entry.id desc
 limit ${place(query.limit)}`,
    values,
  )
  return rows.map(rowOf)
}

/** Actors all of whose agencies, and no others, lie in the scope. */
function actorsInScope(values: unknown[], scope: Scope): string {
  if (scope.everything) return 'true'
  const seen = (column: string) => inScope(values, scope, column)
  return `audit_entry.actor in (
    select 'user:' || account.login
      from account
     where not account.everything and account.agencies <> '{}'
       and not exists (select from unnest(account.agencies || account.subtrees) as own(code) where not ${seen('own.code')})
     union all
    select 'system:' || system.id
      from system
     where exists (select from system_agency where system_agency.system_id = system.id)
       and not exists (select from system_agency
                        where system_agency.system_id = system.id and not ${seen('system_agency.agency_code')})
  )`
}

interface Row {
  readonly id: string
  readonly at: Date
  readonly actor: string
  readonly actor_name: string | null
  readonly action: string
  readonly object: string | null
  readonly outcome: string
  readonly details: Record<string, unknown>
  readonly seq: string | null
}

function rowOf(row: Row): AuditRow {
  return {
    id: row.id,
    at: row.at,
    actor: row.actor,
    action: row.action,
    outcome: row.outcome,
    details: row.details,
    ...(row.actor_name !== null && { actorName: row.actor_name }),
    ...(row.object !== null && { object: row.object }),
    ...(row.seq !== null && { seq: row.seq }),
  }
}
