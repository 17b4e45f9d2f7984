import type { Sql } from '../database.ts'
import { inScope, type Scope } from './scope.ts'

/** One row of the audit log, as people read it. */
export interface AuditRow {
  /** While it waits for the notary, its batch and its place in it: `12.3`. */
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
  /** Continues below this id. Its form is checked by the caller: digits, or digits on both sides of a full stop. */
  readonly before?: string
  readonly limit: number
}

/** Newest first. People with a limited scope read of the people and systems inside it, and of nobody else. */
export async function listAudit(sql: Sql, query: AuditQuery): Promise<readonly AuditRow[]> {
  const values: unknown[] = []
  const place = (value: unknown) => `$${values.push(value)}`
  const conditions = [actorsInScope(values, query.scope)]
  if (query.actor !== undefined) conditions.push(`entry.actor = ${place(query.actor)}`)
  if (query.action !== undefined) conditions.push(`starts_with(entry.action, ${place(query.action)})`)
  if (query.object !== undefined) conditions.push(`entry.object = ${place(query.object)}`)
  if (query.from !== undefined) conditions.push(`entry.at >= ${place(query.from)}`)
  if (query.to !== undefined) conditions.push(`entry.at < ${place(query.to)}`)
  const { pending, chained } = continuing(query.before, place)
  const limit = place(query.limit)
  const { rows } = await sql.query<Row>(
    `
select coalesce(entry.id::text, entry.batch || '.' || entry.place) as id, entry.at, entry.actor, account.name as actor_name,
       entry.action, entry.object, entry.outcome, entry.details, entry.seq::text
  from ((select null::bigint as id, null::bigint as seq, *
           from audit_pending as entry
          where ${[...conditions, pending].join(' and ')}
          order by batch desc, place desc
          limit ${limit})
        union all
        (select id, seq, null, null, at, actor, action, object, outcome, details
           from audit_entry as entry
          where ${[...conditions, chained].join(' and ')}
          order by id desc
          limit ${limit})) as entry
  left join account on 'user:' || account.login = entry.actor
 order by entry.id desc nulls first, entry.batch desc, entry.place desc
 limit ${limit}`,
    values,
  )
  return rows.map(rowOf)
}

/** What lies below a row; below one that waited for the notary lie all that are chained, it among them by now. */
function continuing(before: string | undefined, place: (value: unknown) => string) {
  if (before === undefined) return { pending: 'true', chained: 'true' }
  const [id, inBatch] = before.split('.')
  if (inBatch === undefined) return { pending: 'false', chained: `entry.id < ${place(id)}::bigint` }
  return { pending: `(entry.batch, entry.place) < (${place(id)}::bigint, ${place(inBatch)}::bigint)`, chained: 'true' }
}

/** Actors all of whose agencies, and no others, lie in the scope. */
function actorsInScope(values: unknown[], scope: Scope): string {
  if (scope.everything) return 'true'
  const seen = (column: string) => inScope(values, scope, column)
  return `entry.actor in (
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
