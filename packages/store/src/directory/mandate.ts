import { HubError } from '@docaxis/errors'
import type { Sql } from '../database.ts'
import { newHubId } from '../documents/hub-id.ts'

/** `transport` reads "niêm phong bởi … thay cho …", never "ký bởi" (edXML 10.2). */
export type MandateKind = 'seal' | 'transport'

/** `holder` may seal for `principal` from `validFrom` until `validTo`. */
export interface NewMandate {
  readonly principal: string
  readonly holder: string
  readonly kind: MandateKind
  readonly validFrom: Date
  /** The instant at which it ends; absent: until further notice. */
  readonly validTo?: Date
}

export interface MandateRecord extends NewMandate {
  /** 24 hex characters; verdicts and receipts name it. */
  readonly id: string
  readonly createdAt: Date
}

const mandateColumns = 'id, principal, holder, kind, valid_from, valid_to, created_at'

const addMandateSql = `
insert into mandate (id, principal, holder, kind, valid_from, valid_to)
select $1, principal.code, holder.code, $4, $5, $6
  from agency as principal, agency as holder
 where principal.code = $2 and not principal.deleted and holder.code = $3 and not holder.deleted
returning ${mandateColumns}`

/**
 * @throws HubError `REQUEST_INVALID` when an agency would mandate itself or the mandate would end before it begins,
 *   `NOT_FOUND` when there is no such principal or holder
 */
export async function addMandate(sql: Sql, mandate: NewMandate): Promise<MandateRecord> {
  const { principal, holder, kind, validFrom, validTo } = mandate
  if (principal === holder) {
    throw new HubError('REQUEST_INVALID', 'an agency needs no mandate for itself', { details: { principal } })
  }
  if (validTo !== undefined && validTo < validFrom) {
    throw new HubError('REQUEST_INVALID', 'the mandate ends before it begins', { details: { validFrom, validTo } })
  }
  const { rows } = await sql.query<MandateRow>(addMandateSql, [
    newHubId(),
    principal,
    holder,
    kind,
    validFrom,
    validTo ?? null,
  ])
  if (rows[0] === undefined) {
    throw new HubError('NOT_FOUND', 'no agency has one of these codes', { details: { principal, holder } })
  }
  return mandateOf(rows[0])
}

const endMandateSql = `
update mandate
   set valid_to = greatest(valid_from, least(valid_to, $2))
 where id = $1
returning ${mandateColumns}`

/** Ends a mandate at `at`, or where it ends by itself if that is earlier. @throws HubError `NOT_FOUND` */
export async function endMandate(sql: Sql, id: string, at: Date): Promise<MandateRecord> {
  const { rows } = await sql.query<MandateRow>(endMandateSql, [id, at])
  if (rows[0] === undefined) throw new HubError('NOT_FOUND', 'no mandate has this id', { details: { id } })
  return mandateOf(rows[0])
}

const listMandatesSql = `
select ${mandateColumns}
  from mandate
 where ($1::text is null or principal = $1) and ($2::text is null or holder = $2)
 order by valid_from, id`

/** Past, present and coming ones. */
export async function listMandates(
  sql: Sql,
  filter: { readonly principal?: string; readonly holder?: string } = {},
): Promise<MandateRecord[]> {
  const { rows } = await sql.query<MandateRow>(listMandatesSql, [filter.principal ?? null, filter.holder ?? null])
  return rows.map(mandateOf)
}

// A mandate to seal says more than one to transport, so it is named first.
const findMandateSql = `
select ${mandateColumns}
  from mandate
 where principal = $1 and holder = $2 and valid_from <= $3 and (valid_to is null or $3 < valid_to)
 order by kind = 'seal' desc, valid_from, id
 limit 1`

/** The mandate in force at an instant. */
export async function findMandate(
  sql: Sql,
  question: { readonly principal: string; readonly holder: string; readonly at: Date },
): Promise<MandateRecord | undefined> {
  const { rows } = await sql.query<MandateRow>(findMandateSql, [question.principal, question.holder, question.at])
  return rows[0] && mandateOf(rows[0])
}

interface MandateRow {
  readonly id: string
  readonly principal: string
  readonly holder: string
  readonly kind: MandateKind
  readonly valid_from: Date
  readonly valid_to: Date | null
  readonly created_at: Date
}

function mandateOf(row: MandateRow): MandateRecord {
  return {
    id: row.id,
    principal: row.principal,
    holder: row.holder,
    kind: row.kind,
    validFrom: row.valid_from,
    ...(row.valid_to && { validTo: row.valid_to }),
    createdAt: row.created_at,
  }
}
