import { type FieldChange, fieldChanges } from '@docaxis/directory'
import { HubError } from '@docaxis/errors'
import type { Sql, Tx } from '../../database.ts'
import { agencyRows } from '../../directory/agency-rows.ts'
import {
  type Approval,
  applyDirectoryRequest,
  type Obstacle,
  planDirectoryRequest,
} from '../../directory/apply-directory-request.ts'
import {
  type DirectoryRequest,
  type DirectoryRequestState,
  decideDirectoryRequest,
  listDirectoryRequests,
} from '../../directory/directory-request.ts'
import { recordAudit } from '../../evidence/audit.ts'
import { inScope, type Scope } from '../scope.ts'
import { requireInside } from './require-inside.ts'

/** A wish beside what stands now. */
export interface RequestView {
  readonly request: DirectoryRequest
  /** As the agency is called now, a new one as it would be; absent where the directory does not allow the wish. */
  readonly name?: string
  /** What it would change; empty once it is decided. */
  readonly changes: readonly FieldChange[]
  /** Why the directory does not allow it as it is now. */
  readonly obstacle?: Obstacle
}

export interface RequestQuery {
  readonly state: DirectoryRequestState
  readonly scope: Scope
  readonly limit: number
  readonly now: Date
}

/** Wishes about agencies of a scope; a new agency is its parent's affair. Those that wait oldest first. */
export async function requestsInScope(sql: Sql, query: RequestQuery): Promise<RequestView[]> {
  const { state, limit, scope, now } = query
  const found = await listDirectoryRequests(sql, { state, limit, within: values => concernedIn(values, scope) })
  const views: RequestView[] = []
  for (const request of found) views.push(await viewOf(sql, request, now))
  return views
}

const concernedIn = (values: unknown[], scope: Scope): string =>
  inScope(values, scope, `(case when kind = 'register' then coalesce(wish->>'parent', '') else agency_code end)`)

async function viewOf(sql: Sql, request: DirectoryRequest, now: Date): Promise<RequestView> {
  if (request.state !== 'pending') return { request, changes: [] }
  try {
    const { before, agency } = await planDirectoryRequest(sql, request, {}, now)
    return { request, name: (before ?? agency).name, changes: fieldChanges(before, agency) }
  } catch (error) {
    if (!(error instanceof HubError) || error.code !== 'STATE_CONFLICT') throw error
    const { obstacle, code } = error.details as Partial<Obstacle>
    if (obstacle === undefined || code === undefined) throw error
    return { request, changes: [], obstacle: { obstacle, code } }
  }
}

export interface RequestDecision {
  readonly decision: 'approved' | 'refused'
  readonly reason: string
  readonly by: string
  readonly scope: Scope
  readonly approval: Approval
  /** The wish as it was shown: systems may change one that waits. */
  readonly seen: DirectoryRequest['wish']
  readonly now: Date
}

/**
 * Does what was asked for, or leaves the directory as it is, and writes down who decided and why.
 *
 * @throws HubError `NOT_FOUND`: nothing of this id waits within the scope; `STATE_CONFLICT`: the wish is another one by now,
 *   or the directory does not allow it; `IMPORT_REFUSED`: it breaks a rule, or reaches beyond the scope
 */
export async function decideRequest(tx: Tx, id: string, wish: RequestDecision): Promise<void> {
  const { decision, reason, by, scope, approval, seen, now } = wish
  await requireConcerned(tx, id, scope)
  const request = await decideDirectoryRequest(tx, id, { state: decision, by, reason })
  if (!request) throw notPending(id)
  if (!isSame(request.wish, seen)) {
    throw new HubError('STATE_CONFLICT', 'the system has changed its wish since it was shown', { details: { id } })
  }
  if (decision === 'approved') {
    const { agency } = await planDirectoryRequest(tx, request, approval, now)
    await requireInside(tx, agencyRows([agency]), scope)
    await applyDirectoryRequest(tx, request, approval, now)
  }
  const action = decision === 'approved' ? 'directory.approve' : 'directory.refuse'
  const { agencyCode, kind, systemId } = request
  const details = { reason, agency: agencyCode, kind, systemId, ...approval }
  await recordAudit(tx, { actor: by, action, object: id, outcome: 'done', details })
}

async function requireConcerned(tx: Tx, id: string, scope: Scope): Promise<void> {
  const values: unknown[] = [id]
  const text = `select from directory_request where id = $1 and state = 'pending' and (${concernedIn(values, scope)})`
  const { rowCount } = await tx.query(text, values)
  if (rowCount === 0) throw notPending(id)
}

function isSame(left: object, right: object): boolean {
  const entries = (wish: object) => JSON.stringify(Object.entries(wish).sort())
  return entries(left) === entries(right)
}

function notPending(id: string): HubError {
  return new HubError('NOT_FOUND', 'nothing of this id is pending', { details: { id } })
}
