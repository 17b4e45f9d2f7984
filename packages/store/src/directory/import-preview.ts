import { type Agency, type FieldChange, fieldChanges } from '@docaxis/directory'
import type { Tx } from '../database.ts'
import { type AgencyRow, agencyOf } from './agency.ts'
import { differsSql, type ImportMode, loadAgencies } from './agency-import.ts'
import { allowTime } from './allow-time.ts'
import { type ImportOptions, readImport } from './directory-import.ts'
import { type Seen, whatIsSeen } from './seen.ts'

/** `closed`: a day on which it closes was added. `removed`: it stands in the directory, not in the file that replaces it. */
export type ImportChangeKind = 'removed' | 'closed' | 'changed' | 'added'

export interface ImportChange {
  readonly kind: ImportChangeKind
  readonly code: string
  /** As it will be called; of one that is removed, as it was. */
  readonly name: string
  readonly fields: readonly FieldChange[]
}

export interface ImportPreview {
  readonly seen: Seen
  readonly figures: Readonly<Record<ImportChangeKind | 'unchanged', number>>
  /** The first ones, what takes most away first. */
  readonly changes: readonly ImportChange[]
}

/**
 * What a directory file would change, as of one moment. Writes nothing and keeps nobody waiting.
 *
 * @param limit of the changes told one by one
 * @throws HubError `IMPORT_REFUSED` with the faults by line
 */
export async function previewImport(
  tx: Tx,
  bytes: Uint8Array,
  { limit, ...options }: ImportOptions & { readonly limit: number },
): Promise<ImportPreview> {
  await tx.query('set transaction isolation level repeatable read')
  await allowTime(tx)
  await loadAgencies(tx, await readImport(tx, bytes, options))
  return {
    seen: await whatIsSeen(tx, bytes),
    figures: await countChanges(tx, options.mode),
    changes: await firstChanges(tx, options.mode, limit),
  }
}

// Removed agencies that come back differ in `deleted` from what stands there: they are changed, as the import counts them.
const comparedSql = `
select given.code, agency as before, given as after,
       case when agency.code is null then 'added'
            when not ${differsSql} then 'unchanged'
            when given.valid_to is not null and agency.valid_to is null then 'closed'
            else 'changed' end as kind
  from agency_import as given
  left join agency on agency.code = given.code
 union all
select agency.code, agency, null, 'removed'
  from agency
 where $1 = 'replace' and not agency.deleted
   and not exists (select from agency_import where agency_import.code = agency.code)`

async function countChanges(tx: Tx, mode: ImportMode): Promise<ImportPreview['figures']> {
  const text = `select kind, count(*)::integer as count from (${comparedSql}) as compared group by kind`
  const { rows } = await tx.query<{ kind: ImportChangeKind | 'unchanged'; count: number }>(text, [mode])
  const found = Object.fromEntries(rows.map(({ kind, count }) => [kind, count]))
  return { added: 0, changed: 0, closed: 0, removed: 0, unchanged: 0, ...found }
}

const firstSql = `
select kind, code, to_jsonb(before) as before, to_jsonb(after) as after
  from (${comparedSql}) as compared
 where kind <> 'unchanged'
 order by array_position(array['removed', 'closed', 'changed', 'added'], kind), code
 limit $2`

interface ComparedRow {
  readonly kind: ImportChangeKind
  readonly code: string
  readonly before: AgencyRow | null
  readonly after: AgencyRow | null
}

async function firstChanges(tx: Tx, mode: ImportMode, limit: number): Promise<ImportChange[]> {
  const { rows } = await tx.query<ComparedRow>(firstSql, [mode, limit])
  return rows.map(({ kind, code, before, after }) => {
    const [was, is] = [standing(before), standing(after)]
    return { kind, code, name: (is ?? was)?.name ?? '', fields: fieldChanges(was, is) }
  })
}

function standing(row: AgencyRow | null): Agency | undefined {
  return row === null || row.deleted ? undefined : agencyOf(row)
}
