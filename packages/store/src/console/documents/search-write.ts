import type { Tx } from '../../database.ts'
import { isLate, toBeSeen } from './delivery-conditions.ts'
import { isInternal } from './internal.ts'
import { levelOfSender } from './row-conditions.ts'
import { type SearchFacts, searchKeys } from './search-keys.ts'
import { countOnShelf, shelfAt } from './shelf.ts'

// Statements of this file have no names: a plan kept from when the tables were small would read them whole, once a document.

const factsSql = `
select document.id, document.document_id as "documentId", document.sender, document.subject,
       document.code_number as "codeNumber", document.code_notation as "codeNotation",
       document.type_name as "typeName", document.priority, document.issued_on::text as "issuedOn",
       document.envelope ->> 'scope' as sphere, ${shelfAt('document.accepted_at')} as shelf,
       array_agg(distinct party.code order by party.code) filter (where party.code is not null) as receivers,
       array_agg(distinct ${levelOfSender('document.sender')} || '.' || party.level)
         filter (where party.level is not null) as levels
  from document
  left join lateral (select resolved as code, level
                       from document_receiver
                      where document_id = document.id and resolved is not null
                      union all
                     select receiver, level from delivery where document_id = document.id) as party on true
 where document.id = any($1) and document.kind = 'document'
   and (document.id = any($2) or not exists (select from document_search where document_id = document.id))
 group by document.id`

/** Which marks a document bears now. One that is not routed yet stands with those whose deliveries go on to nobody yet. */
const marksNow = (document: string, sender: string): string => `
(select array_agg(distinct mark order by mark)
   from (select 'a:' || ${sender} as mark
          union all
         select 't:routed' from unrouted where unrouted.document_id = ${document}
          union all
         select found.mark
           from delivery
          cross join lateral (
                select 't:' || delivery.state as mark where delivery.state <> 'acknowledged'
                 union all
                select 'b:' || delivery.business where delivery.business <> '06'
                 union all
                select 'late' where ${isLate}
                 union all
                select 'a:' || delivery.receiver where ${toBeSeen}) as found
          where delivery.document_id = ${document} and delivery.kind = 'document') as now)`

// A row that would stay the same is left alone: each change costs an entry for each of its keys.
const writeSql = `
with written as (
  insert into document_search as search (document_id, accepted_at, sender, receivers, issued_on, keys, marks)
  select document.id, document.accepted_at, document.sender, found.receivers, document.issued_on,
         array_to_tsvector(found.keys), ${marksNow('document.id', 'document.sender')}
    from jsonb_to_recordset($1::jsonb) as found(id text, receivers text[], keys text[])
    join document on document.id = found.id
   order by document.accepted_at
      on conflict (document_id) do update set receivers = excluded.receivers, keys = excluded.keys
   where search.receivers <> excluded.receivers or search.keys <> excluded.keys
  returning document_id, accepted_at, marks, xmax = 0 as is_new
), marked as (
  insert into document_mark (mark, accepted_at, document_id)
  select mark, accepted_at, document_id from written cross join unnest(marks) as mark where is_new
)
select document_id as id from written where is_new`

/**
 * Writes rows for those of these packets that have none, and new keys for those that moved.
 *
 * @returns those that had none
 */
export async function writeNew(tx: Tx, ids: readonly string[], moved: readonly string[]): Promise<ReadonlySet<string>> {
  type Row = Omit<SearchFacts, 'internal' | 'receivers' | 'levels'> & {
    readonly id: string
    readonly sphere: string | null
    readonly shelf: number
    readonly receivers: readonly string[] | null
    readonly levels: readonly string[] | null
  }
  const { rows } = await tx.query<Row>(factsSql, [ids, moved])
  if (rows.length === 0) return new Set()
  const found = rows.map(({ id, sphere, shelf, ...row }) => {
    const facts = { ...row, receivers: row.receivers ?? [], levels: row.levels ?? [], internal: isInternal(sphere) }
    return { id, receivers: facts.receivers, keys: searchKeys(facts, shelf) }
  })
  const written = await tx.query<{ id: string }>(writeSql, [JSON.stringify(found)])
  await countOnShelf(tx, written.rows.length)
  return new Set(written.rows.map(row => row.id))
}

// Sets, not each mark against all others: a document bears one for each of ten thousand receivers.
const marksSql = `
with found as materialized (
  select search.document_id, search.accepted_at, search.marks as old,
         ${marksNow('search.document_id', 'search.sender')} as new
    from document_search as search
   where search.document_id = any($1)
), changed as materialized (
  select * from found where old <> new
), row as (
  update document_search as search set marks = changed.new from changed where search.document_id = changed.document_id
), was as materialized (
  select unnest(old) as mark, accepted_at, document_id from changed
), is_now as materialized (
  select unnest(new) as mark, accepted_at, document_id from changed
), gone as (
  delete from document_mark as mark
   using (select mark, accepted_at, document_id from was
          except
          select mark, accepted_at, document_id from is_now) as gone
   where (mark.mark, mark.accepted_at, mark.document_id) = (gone.mark, gone.accepted_at, gone.document_id)
)
insert into document_mark (mark, accepted_at, document_id)
select mark, accepted_at, document_id from is_now
except
select mark, accepted_at, document_id from was
    on conflict do nothing`

/** Brings the marks of these documents up to date. */
export async function writeMarks(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.query(marksSql, [ids])
}
