import { hanoiDay } from '@docaxis/directory'
import { HubError } from '@docaxis/errors'
import { databaseTime, type Sql, type Tx } from '../../database.ts'
import { newHubId } from '../../documents/hub-id.ts'
import { lockDirectory } from '../agency-import.ts'
import { allowTime } from '../allow-time.ts'
import { hanoiToday } from '../hanoi-day.ts'
import { requireSeen, type Seen } from '../seen.ts'
import { carryOutReform } from './carry-out-reform.ts'
import { previewReformFile, type ReformPreview } from './preview-reform.ts'
import { type ReformFile, readReformFile } from './read-reform-file.ts'
import { reformCodes } from './reform-codes.ts'
import { type ReformRecord, type ReformRow, type ReformState, reformColumns, reformOf } from './reform-row.ts'

/** What else must hold of a reform before it is shown or done; throws where it does not. */
export type ReformCheck = (tx: Tx, file: ReformFile) => Promise<void>

/** How much of each list a preview gives unless told. */
const listed = 500

/**
 * What a reform file would touch now, as of one moment. Writes nothing and keeps nobody waiting.
 *
 * @throws HubError `IMPORT_REFUSED` with the faults by line
 */
export async function previewReform(
  tx: Tx,
  bytes: Uint8Array,
  { limit = listed, check }: { readonly limit?: number; readonly check?: ReformCheck } = {},
): Promise<ReformPreview> {
  await tx.query('set transaction isolation level repeatable read read only')
  await allowTime(tx)
  const file = await readReformFile(tx, bytes)
  await check?.(tx, file)
  return previewReformFile(tx, file, limit)
}

export interface ReformWish {
  /** Actor of the audit, `system:admin`. */
  readonly by: string
  readonly reason?: string
  /** What was before the eyes of whoever decided. */
  readonly seen?: Seen
  readonly check?: ReformCheck
}

const insertSql = `
insert into reform (id, name, title, effective_on, file, state, preview, outcome, asked_by, reason, codes, settled_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, case when $6 = 'applied' then clock_timestamp() end)
    on conflict (name) where state in ('scheduled', 'applied') do nothing`

/**
 * Does a reform whose day has come, all of it or nothing; has one of a later day wait for it.
 *
 * @throws HubError `IMPORT_REFUSED` with the faults by line; `STATE_CONFLICT` when a reform of this name was done or waits,
 *   when two agencies would answer to one code, or when something else was seen (`requireSeen`)
 */
export async function applyReform(tx: Tx, bytes: Uint8Array, wish: ReformWish): Promise<ReformRecord> {
  const { by, reason, seen, check } = wish
  await lockDirectory(tx)
  await allowTime(tx)
  if (seen) await requireSeen(tx, bytes, seen)
  const file = await readReformFile(tx, bytes)
  await check?.(tx, file)
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
    reason ?? null,
    reformCodes(file),
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

const cancelSql = `
update reform
   set state = 'cancelled', settled_at = clock_timestamp(), cancelled_by = $2, cancel_reason = $3
 where id = $1 and state = 'scheduled'`

/** @throws HubError `NOT_FOUND`; `STATE_CONFLICT` when it does not wait any more */
export async function cancelReform(
  tx: Tx,
  id: string,
  { by, reason }: { readonly by: string; readonly reason?: string },
): Promise<ReformRecord> {
  const { rowCount } = await tx.query(cancelSql, [id, by, reason ?? null])
  const reform = await getReform(tx, id)
  if (rowCount === 0) throw new HubError('STATE_CONFLICT', `the reform is ${reform.state}`, { details: { id } })
  return reform
}

/** Newest first. */
export async function listReforms(sql: Sql, limit: number): Promise<ReformRecord[]> {
  const text = `select ${reformColumns} from reform order by asked_at desc, id limit $1`
  const { rows } = await sql.query<ReformRow>(text, [limit])
  return rows.map(reformOf)
}

/** @throws HubError `NOT_FOUND` */
export async function getReform(sql: Sql, id: string): Promise<ReformRecord> {
  const { rows } = await sql.query<ReformRow>(`select ${reformColumns} from reform where id = $1`, [id])
  if (rows[0] === undefined) throw new HubError('NOT_FOUND', 'no reform has this id', { details: { id } })
  return reformOf(rows[0])
}
