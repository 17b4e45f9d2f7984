import { HubError } from '@docaxis/errors'
import type { Sql, Tx } from '../../database.ts'
import { agencyRows } from '../../directory/agency-rows.ts'
import type { ReformPreview } from '../../directory/reform/preview-reform.ts'
import { previewReform, type ReformCheck } from '../../directory/reform/reform.ts'
import { type ReformRecord, type ReformRow, reformColumns, reformOf } from '../../directory/reform/reform-row.ts'
import { type Seen, whatIsSeen } from '../../directory/seen.ts'
import { codesInScope, inScope, type Scope } from '../scope.ts'
import { requireInside } from './require-inside.ts'

const touches = (values: unknown[], scope: Scope): string =>
  scope.everything
    ? 'true'
    : `exists (select from unnest(reform.codes) as touched (code) where ${inScope(values, scope, 'touched.code')})`

/** Reforms that touch an agency of the scope: those to come first, then the others, the latest day first. */
export async function reformsInScope(sql: Sql, scope: Scope, limit: number): Promise<ReformRecord[]> {
  const values: unknown[] = [limit]
  const { rows } = await sql.query<ReformRow>(
    `select ${reformColumns}
       from reform
      where ${touches(values, scope)}
      order by (state = 'scheduled') desc, effective_on desc, asked_at desc, id
      limit $1`,
    values,
  )
  return rows.map(reformOf)
}

/** With the file as it was given. @throws HubError `NOT_FOUND`: none of this id touches the scope */
export async function reformInScope(
  sql: Sql,
  scope: Scope,
  id: string,
): Promise<{ readonly reform: ReformRecord; readonly file: Buffer }> {
  const values: unknown[] = [id]
  const { rows } = await sql.query<ReformRow & { readonly file: Buffer }>(
    `select ${reformColumns}, reform.file from reform where reform.id = $1 and ${touches(values, scope)}`,
    values,
  )
  const [row] = rows
  if (row === undefined) throw new HubError('NOT_FOUND', 'no reform has this id', { details: { id } })
  return { reform: reformOf(row), file: row.file }
}

/** @throws HubError `NOT_FOUND`: it does not touch the scope; `FORBIDDEN`: it reaches beyond it */
export async function requireWhollyInScope(sql: Sql, scope: Scope, id: string): Promise<void> {
  await reformInScope(sql, scope, id)
  const codes = await codesInScope(sql, scope)
  if (codes === undefined) return
  const { rows } = await sql.query<{ readonly outside: string[] }>(
    'select array(select unnest(codes) except select unnest($2::text[])) as outside from reform where id = $1',
    [id, codes],
  )
  const outside = rows[0]?.outside ?? []
  if (outside.length === 0) return
  throw new HubError('FORBIDDEN', 'the reform reaches beyond the scope', { details: { codes: outside.slice(0, 20) } })
}

/** That everything a reform writes lies in the scope, by name where it does not. */
export function reformWithin(scope: Scope): ReformCheck {
  return (tx, { plan }) => requireInside(tx, agencyRows(plan.agencies), scope)
}

export interface SeenReform extends ReformPreview {
  readonly seen: Seen
}

/** A preview for somebody who decides by it. @throws HubError `IMPORT_REFUSED` with the faults by line */
export async function previewReformWithin(tx: Tx, bytes: Uint8Array, scope: Scope, limit: number): Promise<SeenReform> {
  const preview = await previewReform(tx, bytes, { limit, check: reformWithin(scope) })
  return { ...preview, seen: await whatIsSeen(tx, bytes) }
}
