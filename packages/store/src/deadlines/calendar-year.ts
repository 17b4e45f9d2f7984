import type { CalendarYear, YearOfDays } from '@docaxis/calendar'
import type { Sql, Tx } from '../database.ts'

/** The calendar as it stands. */
export interface StoredCalendar {
  /** Of years and working hours; grows with every change of either. */
  readonly revision: number
  readonly years: readonly StoredYear[]
}

export interface StoredYear extends YearOfDays {
  /** Null: put in by an operator. */
  readonly version: number | null
}

const readSql = `
select year, version, confirmed, holidays, swaps,
       greatest(max(revision) over (), (select max(revision) from working_hours)) as last
  from calendar_year
 order by year`

/** Revision 0 without years: nothing is reckoned until a release or an operator has put them in. */
export async function readCalendar(sql: Sql): Promise<StoredCalendar> {
  const { rows } = await sql.query<StoredYear & { last: string }>({ name: 'calendar-read', text: readSql })
  const years = rows.map(({ year, version, confirmed, holidays, swaps }) => ({
    year,
    version,
    confirmed,
    holidays,
    swaps,
  }))
  return { revision: Number(rows[0]?.last ?? 0), years }
}

/** Takes the writers' turn until the transaction ends and gives the next revision. */
export async function nextCalendarRevision(tx: Tx): Promise<number> {
  await tx.query('lock table calendar_year, working_hours in share row exclusive mode')
  const { rows } = await tx.query<{ revision: string }>(`select nextval('calendar_revision') as revision`)
  return Number(rows[0]?.revision)
}

const seedSql = `
insert into calendar_year as kept (year, version, confirmed, holidays, swaps, revision)
select y.year, y.version, y.confirmed, y.holidays, y.swaps, $2
  from jsonb_to_recordset($1::jsonb)
       as y(year integer, version integer, confirmed boolean, holidays jsonb, swaps jsonb)
    on conflict (year) do update
   set version = excluded.version, confirmed = excluded.confirmed, holidays = excluded.holidays,
       swaps = excluded.swaps, revision = excluded.revision, updated_at = now()
 where kept.version < excluded.version
returning year`

const outdatedSql = `
select from jsonb_to_recordset($1::jsonb) as y(year integer, version integer)
  left join calendar_year as kept on kept.year = y.year
 where kept.year is null or kept.version < y.version`

/**
 * Keeps the years that a release ships, unless an operator's or newer ones are there: an older release that still runs
 * beside it changes nothing.
 *
 * @returns the years that were new
 */
export async function seedCalendar(tx: Tx, shipped: readonly CalendarYear[]): Promise<number[]> {
  const years = JSON.stringify(shipped)
  const { rowCount } = await tx.query(outdatedSql, [years])
  if (rowCount === 0) return []
  const { rows } = await tx.query<{ year: number }>(seedSql, [years, await nextCalendarRevision(tx)])
  return rows.map(({ year }) => year)
}

const putSql = `
insert into calendar_year (year, version, confirmed, holidays, swaps, revision)
values ($1, null, $2, $3, $4, $5)
    on conflict (year) do update
   set version = null, confirmed = excluded.confirmed, holidays = excluded.holidays, swaps = excluded.swaps,
       revision = excluded.revision, updated_at = now()`

/** An operator's data of one year; ask `calendarFaults` first. */
export async function putCalendarYear(tx: Tx, { year, confirmed, holidays, swaps }: YearOfDays): Promise<void> {
  const revision = await nextCalendarRevision(tx)
  await tx.query(putSql, [year, confirmed, JSON.stringify(holidays), JSON.stringify(swaps), revision])
}
