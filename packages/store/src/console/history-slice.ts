import type { Tx } from '../database.ts'

/** A part of the history that a job reads in one turn. */
export interface HistorySlice {
  readonly since: Date
  readonly until: Date
  /** Where the next one begins. */
  readonly next: Date
  readonly seconds: number
}

/** Tables of one row that say how far a job has read. */
export type ProgressTable = 'document_search_progress' | 'report_progress'

/** A slice with more documents than this makes the next one shorter, with fewer than a quarter longer. */
const wantedDocuments = 10_000

/** No transaction that writes history is open longer: what is older has been seen. */
const longestTransaction = '2 minutes'

const longestSlice = 86_400

/**
 * What lies further back is read without a pause. Up to here the hub is left alone: accepting documents goes before
 * finding and counting them.
 */
const mostBehindSeconds = 60

// A row of history bears the moment of its writing and is seen once its transaction commits: the next slice begins where
// the oldest transaction that is open now began, so that none is missed.
const sliceSql = (progress: ProgressTable) => `
with open as (
  select greatest(least(min(xact_start), clock_timestamp()), clock_timestamp() - interval '${longestTransaction}') as began
    from pg_stat_activity
   where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null
), progress as (
  select coalesce((select read_until from ${progress}),
                  (select min(at) from document_event), clock_timestamp()) as since,
         coalesce((select slice_seconds from ${progress}), 60) as seconds
), slice as (
  select since, seconds, least(since + seconds * interval '1 second', clock_timestamp()) as until from progress
)
select since, until, greatest(since, least(until, coalesce(began, clock_timestamp()))) as next, seconds from slice, open`

/** What a job reads next. Slices overlap: a change may come twice, and is missed never. */
export async function nextSlice(tx: Tx, progress: ProgressTable): Promise<HistorySlice> {
  const { rows } = await tx.query<HistorySlice>(sliceSql(progress))
  const [slice] = rows
  if (!slice) throw new Error('the history has no slice')
  return slice
}

/** A Date holds milliseconds, the history microseconds: both ends, `$1` and `$2`, are taken a millisecond wider. */
export const inSlice = `
at >= $1::timestamptz - interval '1 millisecond' and at < $2::timestamptz + interval '1 millisecond'`

const advanceSql = (progress: ProgressTable) => `
insert into ${progress} (read_until, slice_seconds) values ($1, $2)
    on conflict (only_row) do update set read_until = excluded.read_until, slice_seconds = excluded.slice_seconds
returning extract(epoch from clock_timestamp() - read_until)::float8 as behind`

/**
 * Notes that a slice is done.
 *
 * @param documents that it held
 * @returns whether the next one is to be read at once
 */
export async function endSlice(
  tx: Tx,
  progress: ProgressTable,
  { since, next, seconds }: HistorySlice,
  documents: number,
): Promise<boolean> {
  const factor = documents > wantedDocuments ? 0.5 : documents < wantedDocuments / 4 ? 2 : 1
  const nextSeconds = Math.min(Math.max(Math.round(seconds * factor), 1), longestSlice)
  const { rows } = await tx.query<{ behind: number }>(advanceSql(progress), [next, nextSeconds])
  // While a transaction stays open there is no way on: asking again at once would find the same.
  return next.getTime() - since.getTime() >= 1000 && (rows[0]?.behind ?? 0) > mostBehindSeconds
}
