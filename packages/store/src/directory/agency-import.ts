import type { Agency } from '@docaxis/directory'
import { HubError } from '@docaxis/errors'
import type { Tx } from '../database.ts'
import { type AgencyRows, agencyRows, batchSize } from './agency-rows.ts'

/** `merge` adds and changes; `replace` also removes every agency that is not given. */
export type ImportMode = 'merge' | 'replace'

export interface ImportCounts {
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly removed: number
}

/** Any number will do; it is taken by nobody else. */
const directoryLock = 4_021_001

/**
 * Writers of the directory take turns until the transaction ends: what was read to check a change is still true when
 * it is written, and versions become visible in their order.
 */
export async function lockDirectory(tx: Tx): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1)', [directoryLock])
}

/**
 * Writes agencies that were checked (`readDirectory` of packages/directory), all or none.
 *
 * The version grows for agencies that really changed only. Removed agencies stay as tombstones.
 *
 * @throws HubError `STATE_CONFLICT` when `replace` would remove an agency that an enabled system acts for, or when two
 *   agencies would answer to one code
 */
export function importAgencies(
  tx: Tx,
  agencies: readonly Agency[],
  options: { readonly mode: ImportMode },
): Promise<ImportCounts> {
  return importRows(tx, agencyRows(agencies), options)
}

/** `importAgencies` for agencies that were made ready for the database elsewhere, such as on another thread. */
export async function importRows(
  tx: Tx,
  rows: AgencyRows,
  options: { readonly mode: ImportMode },
): Promise<ImportCounts> {
  await lockDirectory(tx)
  // Whole-directory statements may outlast the limit that protects the hot path.
  await tx.query(`set local statement_timeout = '5min'`)
  await loadAgencies(tx, rows)
  const versionBefore = await lastVersion(tx)
  const removed = options.mode === 'replace' ? await removeOthers(tx) : 0
  const { added, changed } = await upsert(tx)
  await writeCodes(tx, versionBefore)
  await tx.query('drop table agency_import')
  // The planner's statistics of before tell nothing any more.
  if (added + changed + removed >= batchSize) await tx.query('analyze agency, agency_code')
  return { added, changed, unchanged: rows.count - added - changed, removed }
}

const createLoadTableSql = `
create temporary table agency_import (like agency including defaults) on commit drop`

const loadSql = `
insert into agency_import
       (code, code_2016, old_codes, name, short_name, kind, level, parent, locality, groups, mail, valid_from, valid_to,
        grace_until, successor, choices, center, can_receive, receives_for_units, max_envelope_bytes, file_types, search, version, deleted)
select code, code_2016, old_codes, name, short_name, kind, level, parent, locality, groups, mail, valid_from, valid_to,
       grace_until, successor, choices, center, can_receive, receives_for_units, max_envelope_bytes,
       file_types, search, 0, false
  from json_populate_recordset(null::agency, $1::json)`

/** Puts the rows of a file beside the directory, in `agency_import`, until the transaction ends. */
export async function loadAgencies(tx: Tx, rows: AgencyRows): Promise<void> {
  await tx.query(createLoadTableSql)
  // The default would draw one version number per row loaded, changed or not.
  await tx.query('alter table agency_import alter version drop default')
  for (const batch of rows.batches) await tx.query(loadSql, [batch])
  await tx.query('create index on agency_import (code)')
  await tx.query('analyze agency_import')
}

const boundAndMissingSql = `
select distinct agency.code
  from agency
  join system_agency on system_agency.agency_code = agency.code
  join system on system.id = system_agency.system_id
 where not agency.deleted and system.disabled_at is null
   and not exists (select from agency_import where agency_import.code = agency.code)
 order by agency.code
 limit 20`

const removeOthersSql = `
update agency
   set deleted = true, version = nextval('directory_version'), updated_at = now()
 where not agency.deleted
   and not exists (select from agency_import where agency_import.code = agency.code)`

async function removeOthers(tx: Tx): Promise<number> {
  const { rows } = await tx.query<{ readonly code: string }>(boundAndMissingSql)
  if (rows.length > 0) {
    throw new HubError('STATE_CONFLICT', 'agencies that a system acts for are missing from the file', {
      details: { codes: rows.map(row => row.code) },
    })
  }
  const { rowCount } = await tx.query(removeOthersSql)
  return rowCount ?? 0
}

const contentColumns = [
  'code_2016',
  'old_codes',
  'name',
  'short_name',
  'kind',
  'level',
  'parent',
  'locality',
  'groups',
  'mail',
  'valid_from',
  'valid_to',
  'grace_until',
  'successor',
  'choices',
  'center',
  'can_receive',
  'receives_for_units',
  'max_envelope_bytes',
  'file_types',
  'search',
  'deleted',
]

const listOf = (alias: string) => contentColumns.map(column => `${alias}.${column}`).join(', ')

/** Whether an agency of the file, `given`, is another one than stands in `agency`. */
export const differsSql = `(${listOf('agency')}) is distinct from (${listOf('given')})`

const changeSql = `
update agency
   set (${contentColumns.join(', ')}, version, updated_at) =
       (${listOf('given')}, nextval('directory_version'), now())
  from agency_import as given
 where agency.code = given.code
   and ${differsSql}`

const addSql = `
insert into agency (code, ${contentColumns.join(', ')})
select given.code, ${listOf('given')}
  from agency_import as given
 where not exists (select from agency where agency.code = given.code)
 order by given.code`

async function upsert(tx: Tx): Promise<{ added: number; changed: number }> {
  const changed = await tx.query(changeSql)
  const added = await tx.query(addSql)
  return { added: added.rowCount ?? 0, changed: changed.rowCount ?? 0 }
}

const lastVersionSql = `
select coalesce(max(version), 0) as version
  from agency`

/** While the directory is locked, what has a higher version afterwards was changed by this transaction. */
async function lastVersion(tx: Tx): Promise<string> {
  const { rows } = await tx.query<{ readonly version: string }>(lastVersionSql)
  return rows[0]?.version ?? '0'
}

const formsSql = 'array[agency.code, coalesce(agency.code_2016, agency.code)] || agency.old_codes'

const dropCodesSql = `
delete from agency_code
 using agency
 where agency_code.agency_code = agency.code and agency.version > $1
   and (agency.deleted or agency_code.code <> all (${formsSql}))`

const addCodesSql = `
insert into agency_code (code, agency_code)
select distinct form.code, agency.code
  from agency
 cross join lateral unnest(${formsSql}) as form (code)
 where agency.version > $1 and not agency.deleted
   and not exists (select from agency_code as known
                    where known.code = form.code and known.agency_code = agency.code)`

/** Brings the forms under which changed agencies are found in line; those of removed ones are free again. */
async function writeCodes(tx: Tx, versionBefore: string): Promise<void> {
  await tx.query(dropCodesSql, [versionBefore])
  try {
    await tx.query(addCodesSql, [versionBefore])
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw new HubError('STATE_CONFLICT', 'two agencies would answer to one code', { cause: error })
  }
}

function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505'
}
