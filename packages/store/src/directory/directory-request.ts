import type { Sql, Tx } from '../database.ts'
import { newHubId } from '../documents/hub-id.ts'

/** `register`: an agency that is not there yet; `change`: name, parent or code of one that is; `close`: end it. */
export type DirectoryRequestKind = 'register' | 'change' | 'close'
export type DirectoryRequestState = 'pending' | 'approved' | 'refused'

/** What a system would like to have in the directory; only what differs from now. */
export interface DirectoryWish {
  readonly code?: string
  readonly parent?: string
  readonly name?: string
  readonly mail?: string
  readonly mobile?: string
  readonly fax?: string
}

export interface NewDirectoryRequest {
  readonly systemId: string
  readonly kind: DirectoryRequestKind
  /** The agency meant; for `register` the code wished for. */
  readonly agencyCode: string
  readonly wish: DirectoryWish
}

export interface DirectoryRequest extends NewDirectoryRequest {
  readonly id: string
  readonly state: DirectoryRequestState
  readonly requestedAt: Date
  readonly decidedAt?: Date
  readonly decidedBy?: string
  /** Why it was decided so. */
  readonly reason?: string
}

const columns = 'id, system_id, kind, agency_code, wish, state, requested_at, decided_at, decided_by, reason'

const askSql = `
insert into directory_request (id, system_id, kind, agency_code, wish)
values ($1, $2, $3, $4, $5)
on conflict (system_id, kind, agency_code) where state = 'pending' do update set wish = excluded.wish
returning ${columns}`

/** Puts a wish before the directory manager. Asking again changes the wish that waits. */
export async function askDirectory(tx: Tx, request: NewDirectoryRequest): Promise<DirectoryRequest> {
  const { systemId, kind, agencyCode, wish } = request
  const values = [newHubId(), systemId, kind, agencyCode, JSON.stringify(wish)]
  const { rows } = await tx.query<RequestRow>(askSql, values)
  if (!rows[0]) throw new Error('an insert returned no row')
  return requestOf(rows[0])
}

const listSql = (within: string, order: string) => `
select ${columns}
  from directory_request
 where state = $1 and (${within})
 order by ${order}
 limit $2`

const orders: Readonly<Record<DirectoryRequestState, string>> = {
  pending: 'requested_at, id',
  approved: 'decided_at desc, id',
  refused: 'decided_at desc, id',
}

export interface DirectoryRequestQuery {
  readonly state: DirectoryRequestState
  readonly limit: number
  /** A further condition; what stands in its places is added to the values. */
  readonly within?: (values: unknown[]) => string
}

/** Those that wait oldest first, those that were decided newest first. */
export async function listDirectoryRequests(
  sql: Sql,
  { state, limit, within = () => 'true' }: DirectoryRequestQuery,
): Promise<DirectoryRequest[]> {
  const values: unknown[] = [state, limit]
  const { rows } = await sql.query<RequestRow>(listSql(within(values), orders[state]), values)
  return rows.map(requestOf)
}

const decideSql = `
update directory_request
   set state = $2, decided_by = $3, reason = $4, decided_at = clock_timestamp()
 where id = $1 and state = 'pending'
returning ${columns}`

/** Undefined when nothing of this id is pending. */
export async function decideDirectoryRequest(
  tx: Tx,
  id: string,
  decision: {
    readonly state: Exclude<DirectoryRequestState, 'pending'>
    readonly by: string
    readonly reason?: string
  },
): Promise<DirectoryRequest | undefined> {
  const { state, by, reason } = decision
  const { rows } = await tx.query<RequestRow>(decideSql, [id, state, by, reason ?? null])
  return rows[0] && requestOf(rows[0])
}

interface RequestRow {
  readonly id: string
  readonly system_id: string
  readonly kind: DirectoryRequestKind
  readonly agency_code: string
  readonly wish: DirectoryWish
  readonly state: DirectoryRequestState
  readonly requested_at: Date
  readonly decided_at: Date | null
  readonly decided_by: string | null
  readonly reason: string | null
}

function requestOf(row: RequestRow): DirectoryRequest {
  return {
    id: row.id,
    systemId: row.system_id,
    kind: row.kind,
    agencyCode: row.agency_code,
    wish: row.wish,
    state: row.state,
    requestedAt: row.requested_at,
    ...(row.decided_at && { decidedAt: row.decided_at }),
    ...(row.decided_by !== null && { decidedBy: row.decided_by }),
    ...(row.reason !== null && { reason: row.reason }),
  }
}
