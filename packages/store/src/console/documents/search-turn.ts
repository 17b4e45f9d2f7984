import type { Database, Tx } from '../../database.ts'
import { endSlice, type HistorySlice, inSlice, nextSlice } from '../history-slice.ts'
import { isInternal } from './internal.ts'
import { isLate } from './search.ts'
import { type SearchFacts, searchKeys } from './search-keys.ts'

/** Documents written by one statement. */
const batchSize = 500

/** Advisory lock of whoever writes; others find the work done. */
const lock = 7301016

const progress = 'document_search_progress'

export interface SearchTurn {
  /** Another process was at it. */
  readonly busy: boolean
  readonly documents: number
  /** Seconds of history that are not read yet. */
  readonly behindSeconds: number
}

/**
 * Brings what the console searches up to date with a slice of the history. What changed is written anew as it stands
 * now, so that a turn that died or ran twice leaves no mark.
 */
export function takeSearchTurn(database: Pick<Database, 'transaction'>): Promise<SearchTurn> {
  return database.transaction(async tx => {
    const { rows } = await tx.query<{ mine: boolean }>('select pg_try_advisory_xact_lock($1) as mine', [lock])
    if (!rows[0]?.mine) return { busy: true, documents: 0, behindSeconds: 0 }
    const slice = await nextSlice(tx, progress)
    const ids = await changedIn(tx, slice)
    for (let from = 0; from < ids.length; from += batchSize) await write(tx, ids.slice(from, from + batchSize))
    const behindSeconds = await endSlice(tx, progress, slice, ids.length)
    return { busy: false, documents: ids.length, behindSeconds }
  })
}

const changedSql = `select distinct document_id from document_event where ${inSlice}`

async function changedIn(tx: Tx, { since, until }: HistorySlice): Promise<string[]> {
  const { rows } = await tx.query<{ document_id: string }>(changedSql, [since, until])
  return rows.map(row => row.document_id)
}

/** Writes the rows of these packets as they stand now; status messages are not searched. */
async function write(tx: Tx, ids: readonly string[]): Promise<void> {
  await writeSearch(tx, ids)
  await tx.query({ name: 'document-mark-write', text: marksSql, values: [ids] })
}

const factsSql = `
select document.id, document.document_id as "documentId", document.sender, document.subject,
       document.code_number as "codeNumber", document.code_notation as "codeNotation",
       document.type_name as "typeName", document.priority, document.envelope ->> 'scope' as sphere,
       array(select resolved from document_receiver where document_id = document.id and resolved is not null
              union select receiver from delivery where document_id = document.id
              order by 1) as receivers
  from document
 where document.id = any($1) and document.kind = 'document'`

// A row that would stay the same is left alone: each change costs an entry for each of its keys.
const writeSql = `
insert into document_search (document_id, accepted_at, sender, receivers, issued_on, keys)
select document.id, document.accepted_at, document.sender, found.receivers, document.issued_on,
       array_to_tsvector(found.keys)
  from jsonb_to_recordset($1::jsonb) as found(id text, receivers text[], keys text[])
  join document on document.id = found.id
    on conflict (document_id) do update set receivers = excluded.receivers, keys = excluded.keys
 where document_search.receivers <> excluded.receivers or document_search.keys <> excluded.keys`

async function writeSearch(tx: Tx, ids: readonly string[]): Promise<void> {
  type Row = Omit<SearchFacts, 'internal'> & { readonly id: string; readonly sphere: string | null }
  const { rows } = await tx.query<Row>({ name: 'document-search-facts', text: factsSql, values: [ids] })
  const found = rows.map(({ id, sphere, ...facts }) => ({
    id,
    receivers: facts.receivers,
    keys: searchKeys({ ...facts, internal: isInternal(sphere) }),
  }))
  await tx.query({ name: 'document-search-write', text: writeSql, values: [JSON.stringify(found)] })
}

/** Which marks one delivery bears. */
const marksOfDelivery = `
  lateral (select 't:' || delivery.state as mark
            union all
           select 'b:' || delivery.business where delivery.business is not null
            union all
           select 'late' where ${isLate})`

const marksSql = `
with wanted as materialized (
  select distinct delivery.document_id, found.mark, delivery.accepted_at
    from delivery
   cross join ${marksOfDelivery} as found
   where delivery.document_id = any($1) and delivery.kind = 'document'
), gone as (
  delete from document_mark
   where document_id = any($1)
     and not exists (select from wanted
                      where wanted.document_id = document_mark.document_id and wanted.mark = document_mark.mark)
)
insert into document_mark (document_id, mark, accepted_at)
select document_id, mark, accepted_at from wanted
    on conflict do nothing`
