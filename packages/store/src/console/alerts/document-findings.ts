import type { Sql } from '../../database.ts'
import { countedUpTo } from '../attention.ts'
import { type AttentionKind, attentionRows } from '../attention-sources.ts'
import { isInternal } from '../documents/internal.ts'
import { emptyScope, inScope, type Scope } from '../scope.ts'
import type { DocumentAlert, Finding, Findings, FoundDocument } from './alert-kinds.ts'

/** What is looked for, and within which bounds. */
export interface Watch {
  /** Of the rule's account, as it is now. */
  readonly scope: Scope
  readonly subtrees: readonly string[]
  readonly threshold: number
  readonly leastPriority: number
}

/** Hỏa tốc, hỏa tốc hẹn giờ. */
const urgentFrom = 3
/** Documents that are named with each finding. */
const namedDocuments = 3

/** What is one condition however many agencies it concerns: its cause is the hub's. */
const ofWholeScope: ReadonlySet<DocumentAlert> = new Set(['stuck', 'held', 'dead-letter'])

const owed = (condition: string): string => `
select min(d.due_at) as since, d.sender, d.receiver, true as seen, null as why, d.document_id, delivery.priority
  from deadline as d
  join delivery on delivery.id = d.delivery_id
 where ${condition} and delivery.state in ('available', 'fetched')
 group by d.delivery_id, d.sender, d.receiver, d.document_id, delivery.priority`

const deadlineSources: Readonly<Record<Exclude<DocumentAlert, AttentionKind>, string>> = {
  'due-soon': owed("d.state = 'open' and d.step = 1"),
  escalated: owed("d.state = 'missed' and d.step >= 3"),
}

/** Agencies, or the whole scope, that have at least `threshold` such documents. */
export async function documentFindings(sql: Sql, kind: DocumentAlert, watch: Watch): Promise<Findings> {
  const values: unknown[] = [countedUpTo, watch.threshold, watch.leastPriority]
  const key = ofWholeScope.has(kind) ? "''" : "coalesce(found.receiver, '')"
  const { rows } = await sql.query<Row>(
    `
with found as materialized (
  select found.*, ${key} as key
    from (${sourceOf(kind)}) as found
   where ${seen(values, watch, 'found.seen')} and found.priority >= $3
   limit $1
), counted as (
  select key, count(*)::integer as count, min(since) as since, max(priority) as priority
    from found
   group by key
  having count(*) >= $2
)
select counted.*, agency.name, (select count(*) from found) = $1 as partial, named.documents
  from counted
  left join agency on agency.code = counted.key
  left join lateral (
       select jsonb_agg(jsonb_build_object('id', document.id, 'number', document.code_number,
                                           'notation', document.code_notation, 'subject', document.subject,
                                           'sphere', document.envelope ->> 'scope')) as documents
         from (select document_id
                 from found
                where found.key = counted.key
                order by priority desc, since
                limit ${namedDocuments}) as first
         join document on document.id = first.document_id
       ) as named on true
 order by counted.priority desc, counted.count desc, counted.key`,
    values,
  )
  return { found: rows.map(row => findingOf(row, watch.threshold)), partial: rows[0]?.partial ?? false }
}

function sourceOf(kind: DocumentAlert): string {
  return kind === 'due-soon' || kind === 'escalated' ? deadlineSources[kind] : attentionRows(kind)
}

/**
 * Within the scope of the account, and within what the rule is about.
 *
 * @param known the condition that the receiver may know of it, for accounts that see no more than it; by default it may
 */
export function seen(
  values: unknown[],
  { scope, subtrees }: Pick<Watch, 'scope' | 'subtrees'>,
  known = 'true',
): string {
  const wanted = subtrees.length === 0 ? { ...emptyScope, everything: true } : { ...emptyScope, subtrees }
  const within = (bounds: Scope, received: string): string =>
    bounds.everything
      ? 'true'
      : `(${inScope(values, bounds, 'found.sender')} or ${inScope(values, bounds, 'found.receiver')} and ${received})`
  return `${within(scope, known)} and ${within(wanted, 'true')}`
}

/** Grows by one with every doubling: a flood is told of a few times, not ten thousand. */
export function levelOf(count: number, threshold: number): number {
  return Math.floor(Math.log2(count / threshold))
}

interface Row {
  readonly key: string
  readonly count: number
  readonly since: Date
  readonly priority: number
  readonly name: string | null
  readonly partial: boolean
  readonly documents: readonly NamedRow[] | null
}

interface NamedRow {
  readonly id: string
  readonly number: string | null
  readonly notation: string | null
  readonly subject: string | null
  readonly sphere: string | null
}

function findingOf({ key, name, count, since, priority, documents }: Row, threshold: number): Finding {
  return {
    key,
    name,
    count,
    since,
    level: levelOf(count, threshold),
    urgent: priority >= urgentFrom,
    documents: (documents ?? []).map(documentOf),
  }
}

function documentOf({ id, number, notation, subject, sphere }: NamedRow): FoundDocument {
  const written = [number, notation].filter(Boolean).join('/')
  return { id, number: written || null, subject: isInternal(sphere) ? null : subject }
}
