import type { Database, Tx } from '../../database.ts'
import { endSlice, type HistorySlice, inSlice, nextSlice } from '../history-slice.ts'
import { writeMarks, writeNew } from './search-write.ts'
import { openShelf } from './shelf.ts'

/** Documents written by one statement. */
const batchSize = 2000

/** Advisory lock of whoever writes; others find the work done. */
const lock = 7301016

const progress = 'document_search_progress'

export interface SearchTurn {
  /** Another process was at it. */
  readonly busy: boolean
  readonly documents: number
  /** There is more to read at once. */
  readonly more: boolean
}

/**
 * Brings what the console searches up to date with a slice of the history. What changed is written anew as it stands
 * now, so that a turn that died or ran twice leaves no mark.
 */
export function takeSearchTurn(database: Pick<Database, 'transaction'>): Promise<SearchTurn> {
  return database.transaction(async tx => {
    const { rows } = await tx.query<{ mine: boolean }>('select pg_try_advisory_xact_lock($1) as mine', [lock])
    if (!rows[0]?.mine) return { busy: true, documents: 0, more: false }
    const slice = await nextSlice(tx, progress)
    const changed = await changedIn(tx, slice)
    for (let from = 0; from < changed.length; from += batchSize) await write(tx, changed.slice(from, from + batchSize))
    // Readers look through what is not in its place yet, once for each shelf.
    if (changed.length > 0) await tx.query("select gin_clean_pending_list('document_search_keys')")
    const more = await endSlice(tx, progress, slice, changed.length)
    return { busy: false, documents: changed.length, more }
  })
}

interface Changed {
  readonly id: string
  /** It came or went somewhere else: its keys may be others. */
  readonly moved: boolean
}

// Left out is what is told of nearly every document and changes nothing that is searched.
const changedSql = `
select document_id as id, bool_or(what in ('routed', 'moved')) as moved
  from document_event
 where ${inSlice} and what not in ('receipt-issued', 'repeat-answered', 'content-opened', 'attachment-checked')
 group by document_id`

async function changedIn(tx: Tx, { since, until }: HistorySlice): Promise<Changed[]> {
  const { rows } = await tx.query<Changed>(changedSql, [since, until])
  return rows
}

/** Writes the rows of these packets as they stand now; status messages are not searched. */
async function write(tx: Tx, changed: readonly Changed[]): Promise<void> {
  await openShelf(tx)
  const ids = changed.map(({ id }) => id)
  const moved = changed.filter(packet => packet.moved).map(({ id }) => id)
  const written = await writeNew(tx, ids, moved)
  await writeMarks(
    tx,
    ids.filter(id => !written.has(id)),
  )
}
