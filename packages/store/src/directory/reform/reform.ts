import { hanoiDay } from '@docaxis/directory'
import { type Finding, HubError } from '@docaxis/errors'
import { databaseTime, type Sql, type Tx } from '../../database.ts'
import { newHubId } from '../../documents/hub-id.ts'
import { lockDirectory } from '../agency-import.ts'
import { hanoiToday } from '../hanoi-day.ts'
import { carryOutReform } from './carry-out-reform.ts'
import { previewReformFile, type ReformPreview } from './preview-reform.ts'
import { readReformFile } from './read-reform-file.ts'
import type { ReformFigures } from './reform-figures.ts'

/** `blocked`: on its day the file had faults against the directory as it was by then; nothing was written. */
export type ReformState = 'scheduled' | 'applied' | 'cancelled' | 'blocked'

export interface ReformRecord {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly effectiveOn: string
  readonly state: ReformState
  /** What it would have touched when it was asked for. */
  readonly preview: ReformFigures
  /** What it did. */
  readonly outcome?: ReformFigures
  readonly faults?: readonly Finding[]
  readonly askedBy: string
  readonly askedAt: Date
  readonly settledAt?: Date
}

/** How much of each list a preview gives unless told. */
const listed = 500

/**
 * What a reform file would touch now, as of one moment. Writes nothing and keeps nobody waiting.
 *
 * @throws HubError `IMPORT_REFUSED` with the faults by line
 */
export async function previewReform(tx: Tx, bytes: Uint8Array, limit = listed): Promise<ReformPreview> {
  await tx.query('set transaction isolation level repeatable read read only')
  await allowTime(tx)
  return previewReformFile(tx, await readReformFile(tx, bytes), limit)
}

const insertSql = `
insert into reform (id, name, title, effective_on, file, state, preview, outcome, asked_by, settled_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, case when $6 = 'applied' then clock_timestamp() end)
    on conflict (name) where state in ('scheduled', 'applied') do nothing`

/**
 * Does a reform whose day has come, all of it or nothing; has one of a later day wait for it.
 *
 * @param by actor of the audit, `system:admin`
 * @throws HubError `IMPORT_REFUSED` with the faults by line; `STATE_CONFLICT` when a reform of this name was done or waits,
 *   or when two agencies would answer to one code
 */
export async function applyReform(tx: Tx, bytes: Uint8Array, by: string): Promise<ReformRecord> {
  await lockDirectory(tx)
  await allowTime(tx)
  const file = await readReformFile(tx, bytes)
  const { name, title, effectiveOn } = file.reform
  const preview = (await previewReformFile(tx, file, 0)).figures
  const at = await databaseTime(tx)
  const due = hanoiDay(at) >= effectiveOn
  const outcome = due ? await carryOutReform(tx, file, { actor: by, at }) : undefined

  const id = newHubId()
  const state: ReformState = due ? 'applied' : 'scheduled'
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value))
  const { rowCount } = await tx.query(insertSql, [
    id,
    name,
    title,
    effectiveOn,
    Buffer.from(bytes),
    state,
    json(preview),
    json(outcome),
    by,
  ])
  if (rowCount === 0) {
    throw new HubError('STATE_CONFLICT', `the reform ${name} was done before, or waits for its day`, {
      details: { name },
    })
  }
  return getReform(tx, id)
}

const dueSql = `
select id, file, asked_by
  from reform
 where state = 'scheduled' and effective_on <= ${hanoiToday}
 order by effective_on, asked_at
 limit 1
   for update skip locked`

const settleSql = `
update reform
   set state = $2, outcome = $3, faults = $4, settled_at = clock_timestamp()
 where id = $1`

/**
 * Does one waiting reform whose day has come by the database's clock, whichever of many processes asks first.
 *
 * @returns undefined when none is due, or another process is at it
 */
export async function applyDueReform(tx: Tx, actor: string): Promise<ReformRecord | undefined> {
  const { rows } = await tx.query<{ id: string; file: Buffer; asked_by: string }>(dueSql)
  const [due] = rows
  if (due === undefined) return undefined
  await lockDirectory(tx)
  await allowTime(tx)
  try {
    const file = await readReformFile(tx, due.file)
    const outcome = await carryOutReform(tx, file, { actor, at: await databaseTime(tx) })
    await tx.query(settleSql, [due.id, 'applied', JSON.stringify(outcome), null])
  } catch (error) {
    // Faults are found before anything is written; everything else ends the transaction.
    if (!(error instanceof HubError) || error.code !== 'IMPORT_REFUSED') throw error
    await tx.query(settleSql, [due.id, 'blocked', null, JSON.stringify(error.findings)])
  }
  return getReform(tx, due.id)
}

/** @throws HubError `NOT_FOUND`; `STATE_CONFLICT` when it does not wait any more */
export async function cancelReform(tx: Tx, id: string): Promise<ReformRecord> {
  const text = `update reform set state = 'cancelled', settled_at = clock_timestamp() where id = $1 and state = 'scheduled'`
  const { rowCount } = await tx.query(text, [id])
  const reform = await getReform(tx, id)
  if (rowCount === 0) throw new HubError('STATE_CONFLICT', `the reform is ${reform.state}`, { details: { id } })
  return reform
}

const columns = `
id, name, title, effective_on::text, state, preview, outcome, faults, asked_by, asked_at, settled_at`

/** Newest first. */
export async function listReforms(sql: Sql, limit: number): Promise<ReformRecord[]> {
  const text = `select ${columns} from reform order by asked_at desc, id limit $1`
  const { rows } = await sql.query<ReformRow>(text, [limit])
  return rows.map(recordOf)
}

/** @throws HubError `NOT_FOUND` */
export async function getReform(sql: Sql, id: string): Promise<ReformRecord> {
  const { rows } = await sql.query<ReformRow>(`select ${columns} from reform where id = $1`, [id])
  if (rows[0] === undefined) throw new HubError('NOT_FOUND', 'no reform has this id', { details: { id } })
  return recordOf(rows[0])
}

/** A reform of a whole country outlasts the limits that protect the hot path. */
async function allowTime(tx: Tx): Promise<void> {
  await tx.query(`
    select set_config('statement_timeout', '5min', true), set_config('lock_timeout', '1min', true),
           set_config('idle_in_transaction_session_timeout', '5min', true)`)
}

interface ReformRow {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly effective_on: string
  readonly state: ReformState
  readonly preview: ReformFigures
  readonly outcome: ReformFigures | null
  readonly faults: Finding[] | null
  readonly asked_by: string
  readonly asked_at: Date
  readonly settled_at: Date | null
}

/** Reforms of an earlier release counted no agencies with another center. */
function figuresOf(stored: ReformFigures): ReformFigures {
  return { ...stored, agencies: { ...stored.agencies, rehomed: stored.agencies.rehomed ?? 0 } }
}

function recordOf(row: ReformRow): ReformRecord {
  return {
    id: row.id,
    name: row.name,
    title: row.title,
    effectiveOn: row.effective_on,
    state: row.state,
    preview: figuresOf(row.preview),
    ...(row.outcome && { outcome: figuresOf(row.outcome) }),
    ...(row.faults && { faults: row.faults }),
    askedBy: row.asked_by,
    askedAt: row.asked_at,
    ...(row.settled_at && { settledAt: row.settled_at }),
  }
}
