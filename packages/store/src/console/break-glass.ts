import { HubError } from '@docaxis/errors'
import { publication } from '@docaxis/events'
import type { Sql, Tx } from '../database.ts'
import { appendDocumentEvents } from '../documents/document-event.ts'
import { newHubId } from '../documents/hub-id.ts'
import { appendOutbox } from '../log/outbox.ts'
import { inScope, type Scope } from './scope.ts'

// Content for somebody it is not for: asked with a reason, allowed by a second person, for an hour, and written into the
// history that both agencies read.

export interface BreakGlass {
  readonly id: string
  readonly documentId: string
  /** As people write it, `7816/VPCP-TTĐT`; absent where the document has none. */
  readonly number?: string
  readonly sender: string
  readonly askedBy: string
  readonly reason: string
  readonly askedAt: Date
  readonly decidedBy?: string
  readonly decidedAt?: Date
  readonly allowed?: boolean
  /** Until when the asker sees the content. */
  readonly endsAt?: Date
}

const askSql = (visible: string) => `
insert into break_glass (id, document_id, asked_by, reason)
select $1, document.id, $3, $4
  from document
 where document.id = $2 and (${visible})
returning id`

/** @throws HubError `NOT_FOUND` for a document outside of the asker's scope */
export async function askBreakGlass(
  sql: Sql,
  wish: {
    readonly documentId: string
    readonly accountId: string
    readonly reason: string
    readonly scope: Scope
  },
): Promise<string> {
  const values: unknown[] = [newHubId(), wish.documentId, wish.accountId, wish.reason]
  const { rows } = await sql.query<{ readonly id: string }>(askSql(documentInScope(values, wish.scope)), values)
  if (rows[0]) return rows[0].id
  throw new HubError('NOT_FOUND', 'no such document', { details: { id: wish.documentId } })
}

const decideSql = (visible: string) => `
update break_glass
   set decided_by = $2, decided_at = now(), allowed = $3, ends_at = case when $3 then now() + interval '1 hour' end
  from document, account as asker, account as decider
 where break_glass.id = $1 and break_glass.decided_at is null
   and break_glass.asked_by <> $2
   and document.id = break_glass.document_id and asker.id = break_glass.asked_by and decider.id = $2
   and (${visible})
returning break_glass.document_id, break_glass.reason, break_glass.decided_at, break_glass.ends_at, document.sender,
          asker.login as asked_by,
          decider.login as decided_by`

interface DecidedRow {
  readonly document_id: string
  readonly reason: string
  readonly decided_at: Date
  readonly ends_at: Date | null
  readonly sender: string
  readonly asked_by: string
  readonly decided_by: string
}

/**
 * Decides what somebody else asked for. Where it is allowed, the history of the document and of each of its deliveries
 * says so from here on.
 *
 * @throws HubError `NOT_FOUND` for what is decided already, one's own, or outside of one's scope
 */
export async function decideBreakGlass(
  tx: Tx,
  id: string,
  decision: { readonly accountId: string; readonly scope: Scope; readonly allowed: boolean },
): Promise<string> {
  const values: unknown[] = [id, decision.accountId, decision.allowed]
  const { rows } = await tx.query<DecidedRow>(decideSql(documentInScope(values, decision.scope)), values)
  const [row] = rows
  if (!row)
    throw new HubError('NOT_FOUND', 'nothing that somebody else asked for waits under this id', { details: { id } })
  if (row.ends_at) await tellBothAgencies(tx, id, row, row.ends_at)
  return row.document_id
}

/** In the history that people of both read, and as an event that their systems are told of. */
async function tellBothAgencies(tx: Tx, requestId: string, row: DecidedRow, endsAt: Date): Promise<void> {
  const { document_id: documentId, asked_by: by, decided_by: allowedBy, reason, sender, decided_at } = row
  const until = endsAt.toISOString()
  const { rows: deliveries } = await tx.query<{
    readonly id: string
    readonly receiver: string
    readonly seen: boolean
  }>('select id, receiver, available_at is not null as seen from delivery where document_id = $1 order by id', [
    documentId,
  ])
  const event = { documentId, what: 'content-opened', details: { by, allowedBy, reason, until } } as const
  await appendDocumentEvents(tx, [event, ...deliveries.map(({ id }) => ({ ...event, deliveryId: id }))])
  // Whoever was never offered it does not learn of it by this.
  const receivers = deliveries.filter(({ seen }) => seen).map(({ receiver }) => receiver)
  const tell = [...new Set([sender, ...receivers])]
  await appendOutbox(tx, [
    publication({
      topic: 'docaxis.content.opened',
      key: documentId,
      id: `${requestId}:opened`,
      subject: documentId,
      time: decided_at,
      data: { requestId, document: documentId, by, allowedBy, until, tell },
    }),
  ])
}

const rightSql = `
select exists (select from document where id = $1 and sender = any($3))
    or exists (select from delivery where document_id = $1 and receiver = any($3) and available_at is not null) as party,
       exists (select from break_glass
                where document_id = $1 and asked_by = $2 and allowed and ends_at > now()) as opened`

/** Why somebody may read the content of a document; undefined: they may not. */
export async function contentRight(
  sql: Sql,
  documentId: string,
  { accountId, agencies }: { readonly accountId: string; readonly agencies: readonly string[] },
): Promise<'party' | 'break-glass' | undefined> {
  const { rows } = await sql.query<{ readonly party: boolean; readonly opened: boolean }>(rightSql, [
    documentId,
    accountId,
    [...agencies],
  ])
  if (rows[0]?.party) return 'party'
  return rows[0]?.opened ? 'break-glass' : undefined
}

/** What waits first, then what was decided, newest first. */
export async function listBreakGlass(sql: Sql, scope: Scope, limit: number): Promise<readonly BreakGlass[]> {
  const values: unknown[] = [limit]
  const { rows } = await sql.query<Row>(
    `
select break_glass.id, break_glass.document_id, document.code_number, document.code_notation, document.sender,
       asker.login as asked_by, break_glass.reason, break_glass.asked_at, decider.login as decided_by,
       break_glass.decided_at, break_glass.allowed, break_glass.ends_at
  from break_glass
  join document on document.id = break_glass.document_id
  join account as asker on asker.id = break_glass.asked_by
  left join account as decider on decider.id = break_glass.decided_by
 where ${documentInScope(values, scope)}
 order by break_glass.decided_at is not null, break_glass.asked_at desc
 limit $1`,
    values,
  )
  return rows.map(rowOf)
}

/** Sent or received by an agency of the scope. */
function documentInScope(values: unknown[], scope: Scope): string {
  const sent = inScope(values, scope, 'document.sender')
  const received = inScope(values, scope, 'party.resolved')
  return `(${sent} or exists (
    select from document_receiver as party where party.document_id = document.id and ${received}))`
}

interface Row {
  readonly id: string
  readonly document_id: string
  readonly code_number: string | null
  readonly code_notation: string | null
  readonly sender: string
  readonly asked_by: string
  readonly reason: string
  readonly asked_at: Date
  readonly decided_by: string | null
  readonly decided_at: Date | null
  readonly allowed: boolean | null
  readonly ends_at: Date | null
}

function rowOf(row: Row): BreakGlass {
  const number = [row.code_number, row.code_notation].filter(Boolean).join('/')
  return {
    id: row.id,
    documentId: row.document_id,
    sender: row.sender,
    askedBy: row.asked_by,
    reason: row.reason,
    askedAt: row.asked_at,
    ...(number !== '' && { number }),
    ...(row.decided_by !== null && { decidedBy: row.decided_by }),
    ...(row.decided_at && { decidedAt: row.decided_at }),
    ...(row.allowed !== null && { allowed: row.allowed }),
    ...(row.ends_at && { endsAt: row.ends_at }),
  }
}
