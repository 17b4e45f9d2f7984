import { HubError } from '@docaxis/errors'
import type { Level } from '@docaxis/events'
import type { Sql } from '../database.ts'

/** What a receiver sees of a waiting delivery before it fetches. */
export interface MailboxItem {
  readonly deliveryId: string
  /** The hub's id of the packet. */
  readonly id: string
  /** The sender's edXML DocumentId. */
  readonly documentId: string
  readonly kind: 'document' | 'status'
  readonly action: string
  /** Directory codes. */
  readonly sender: string
  readonly receiver: string
  readonly receiverWritten: string
  readonly level: Level
  readonly subject: string | null
  readonly codeNumber: string | null
  readonly codeNotation: string | null
  /** `yyyy-mm-dd`. */
  readonly issuedOn: string | null
  readonly typeName: string | null
  readonly priority: number
  /** SHA-256 of the bytes, 64 lower-case hex digits. */
  readonly sha256: string
  readonly sizeBytes: number
  readonly acceptedAt: Date
  readonly availableAt: Date
  /** It was handed over before: the receiver may have it already. */
  readonly redelivered: boolean
  readonly attempts: number
  /** The seal's verdict without the list of single checks. */
  readonly verdict: unknown
}

export interface MailboxQuery {
  /** Directory codes that the caller acts for. */
  readonly agencies: readonly string[]
  readonly kind?: 'document' | 'status'
  /** `next` of the page before; pages one listing and is no watermark. */
  readonly after?: string
  readonly limit: number
}

export interface MailboxPage {
  readonly items: readonly MailboxItem[]
  /** Absent on the last page. */
  readonly next?: string
}

// One index scan per (agency, kind) that stops after `limit` rows, so that a system which acts for hundreds of
// agencies costs hundreds of short look-ups and no sort of all that waits.
const listSql = `
with page as (
  select waiting.*
    from unnest($1::text[]) as agency(code)
   cross join unnest($2::text[]) as wanted(kind)
   cross join lateral (
         select delivery.id, delivery.document_id, delivery.kind, delivery.receiver, delivery.receiver_written,
                delivery.level, delivery.priority, delivery.accepted_at, delivery.available_at, delivery.fetches,
                delivery.attempts
           from delivery
          where delivery.receiver = agency.code
            and delivery.kind = wanted.kind
            and delivery.state in ('available', 'fetched')
            and delivery.due_at <= statement_timestamp()
            and (4 - delivery.priority, delivery.accepted_at, delivery.id) > ($3::integer, $4::timestamptz, $5::text)
          order by 4 - delivery.priority, delivery.accepted_at, delivery.id
          limit $6
         ) as waiting
   order by 4 - waiting.priority, waiting.accepted_at, waiting.id
   limit $6
)
select page.id as delivery_id, document.id, document.document_id, page.kind, document.action, document.sender,
       page.receiver, page.receiver_written, page.level, document.subject, document.code_number,
       document.code_notation, document.issued_on::text as issued_on, document.type_name, page.priority,
       encode(document.sha256, 'hex') as sha256, document.size_bytes, page.accepted_at, page.available_at,
       page.fetches > 0 as redelivered, page.attempts, document.verdict - 'checks' as verdict,
       to_char(page.accepted_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as accepted_at_text
  from page
  join document on document.id = page.document_id
 order by 4 - page.priority, page.accepted_at, page.id`

/**
 * What waits for these agencies: `available` and due, and `fetched` past its lease. Urgency, then acceptance time
 * decides the order. Reads only.
 *
 * @throws HubError `REQUEST_INVALID`: `after` is no cursor of this list
 */
export async function listMailbox(sql: Sql, query: MailboxQuery): Promise<MailboxPage> {
  const { agencies, kind, after, limit } = query
  const position = after === undefined ? beforeAll : parseCursor(after)
  const kinds = kind === undefined ? ['document', 'status'] : [kind]
  const { rows } = await sql.query<MailboxRow>({
    name: 'mailbox-list',
    text: listSql,
    values: [[...new Set(agencies)], kinds, position.urgency, position.acceptedAt, position.id, limit + 1],
  })
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return { items: page.map(itemOf), ...(last && { next: cursorAfter(last) }) }
}

/** Place in the order of the mailbox. `acceptedAt` is text because a Date drops PostgreSQL's microseconds. */
interface Position {
  readonly urgency: number
  readonly acceptedAt: string
  readonly id: string
}

const beforeAll: Position = { urgency: -1, acceptedAt: '-infinity', id: '' }
const cursorShape = /^([0-4])~(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z)~([0-9a-f]{24})$/

function cursorAfter(row: MailboxRow): string {
  return Buffer.from(`${4 - row.priority}~${row.accepted_at_text}~${row.delivery_id}`).toString('base64url')
}

function parseCursor(cursor: string): Position {
  const match = cursorShape.exec(Buffer.from(cursor, 'base64url').toString())
  const [, urgency, acceptedAt, id] = match ?? []
  if (!urgency || !acceptedAt || !id || Number.isNaN(Date.parse(acceptedAt))) {
    throw new HubError('REQUEST_INVALID', '`after` is no cursor of this list', { details: { after: cursor } })
  }
  return { urgency: Number(urgency), acceptedAt, id }
}

interface MailboxRow {
  delivery_id: string
  id: string
  document_id: string
  kind: 'document' | 'status'
  action: string
  sender: string
  receiver: string
  receiver_written: string
  level: Level
  subject: string | null
  code_number: string | null
  code_notation: string | null
  issued_on: string | null
  type_name: string | null
  priority: number
  sha256: string
  size_bytes: string
  accepted_at: Date
  accepted_at_text: string
  available_at: Date
  redelivered: boolean
  attempts: number
  verdict: unknown
}

function itemOf(row: MailboxRow): MailboxItem {
  return {
    deliveryId: row.delivery_id,
    id: row.id,
    documentId: row.document_id,
    kind: row.kind,
    action: row.action,
    sender: row.sender,
    receiver: row.receiver,
    receiverWritten: row.receiver_written,
    level: row.level,
    subject: row.subject,
    codeNumber: row.code_number,
    codeNotation: row.code_notation,
    issuedOn: row.issued_on,
    typeName: row.type_name,
    priority: row.priority,
    sha256: row.sha256,
    sizeBytes: Number(row.size_bytes),
    acceptedAt: row.accepted_at,
    availableAt: row.available_at,
    redelivered: row.redelivered,
    attempts: row.attempts,
    verdict: row.verdict,
  }
}
