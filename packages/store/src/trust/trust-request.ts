import { HubError } from '@docaxis/errors'
import type { Sql, Tx } from '../database.ts'
import { newHubId } from '../documents/hub-id.ts'

export type TrustAction = 'anchor.add' | 'anchor.retire'

/** What one operator asked for and another is to confirm. */
export interface TrustRequest {
  readonly id: string
  readonly action: TrustAction
  /** SHA-256 of the anchor, lower-case hex. */
  readonly object: string
  /** The anchor to be added, as plain JSON; empty for a retirement. */
  readonly details: Readonly<Record<string, unknown>>
  readonly askedBy: string
  readonly askedAt: Date
  readonly decision?: 'confirmed' | 'rejected'
  readonly decidedBy?: string
  readonly decidedAt?: Date
}

export type NewTrustRequest = Pick<TrustRequest, 'action' | 'object' | 'details' | 'askedBy'>

const columns = `
  id, action, encode(object, 'hex') as object, details, asked_by, asked_at, decision, decided_by, decided_at`

const askSql = `
insert into trust_request (id, action, object, details, asked_by)
values ($1, $2, decode($3, 'hex'), $4, $5)
on conflict (action, object) where decision is null do nothing
returning ${columns}`

/** @throws HubError `STATE_CONFLICT` when the same is asked for already */
export async function askForTrust(sql: Sql, request: NewTrustRequest): Promise<TrustRequest> {
  const { action, object, details, askedBy } = request
  const { rows } = await sql.query<RequestRow>(askSql, [newHubId(), action, object, JSON.stringify(details), askedBy])
  if (!rows[0])
    throw new HubError('STATE_CONFLICT', 'the same waits for a second operator already', {
      details: { action, object },
    })
  return requestOf(rows[0])
}

const lockSql = `
select ${columns}
  from trust_request
 where id = $1
   for update`

const decideSql = `
update trust_request
   set decision = $2, decided_by = $3, decided_at = now()
 where id = $1
returning ${columns}`

/**
 * Confirms or rejects what another asked for. The one who asked may take it back, and never confirm it.
 *
 * @throws HubError `NOT_FOUND`; `STATE_CONFLICT` when it is decided already; `FORBIDDEN` when the same operator confirms
 */
export async function decideTrustRequest(
  tx: Tx,
  id: string,
  { decision, decidedBy }: { readonly decision: 'confirmed' | 'rejected'; readonly decidedBy: string },
): Promise<TrustRequest> {
  const { rows: found } = await tx.query<RequestRow>(lockSql, [id])
  const waiting = found[0] && requestOf(found[0])
  if (!waiting) throw new HubError('NOT_FOUND', 'no request has this id', { details: { id } })
  if (waiting.decision)
    throw new HubError('STATE_CONFLICT', `the request is ${waiting.decision} already`, { details: { id } })
  if (decision === 'confirmed' && waiting.askedBy === decidedBy) {
    throw new HubError('FORBIDDEN', 'whoever asked cannot confirm: another operator must', {
      details: { id, decidedBy },
    })
  }
  const { rows } = await tx.query<RequestRow>(decideSql, [id, decision, decidedBy])
  if (!rows[0]) throw new Error(`request ${id} was locked and is gone`)
  return requestOf(rows[0])
}

const listSql = `
select ${columns}
  from trust_request
 where $1 or decision is null
 order by asked_at desc, id
 limit 500`

/** @param decided also those that are decided */
export async function listTrustRequests(sql: Sql, { decided = false } = {}): Promise<TrustRequest[]> {
  const { rows } = await sql.query<RequestRow>(listSql, [decided])
  return rows.map(requestOf)
}

interface RequestRow {
  readonly id: string
  readonly action: TrustAction
  readonly object: string
  readonly details: Record<string, unknown>
  readonly asked_by: string
  readonly asked_at: Date
  readonly decision: 'confirmed' | 'rejected' | null
  readonly decided_by: string | null
  readonly decided_at: Date | null
}

function requestOf(row: RequestRow): TrustRequest {
  return {
    id: row.id,
    action: row.action,
    object: row.object,
    details: row.details,
    askedBy: row.asked_by,
    askedAt: row.asked_at,
    ...(row.decision && { decision: row.decision }),
    ...(row.decided_by !== null && { decidedBy: row.decided_by }),
    ...(row.decided_at && { decidedAt: row.decided_at }),
  }
}
