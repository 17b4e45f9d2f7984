import type { Finding } from '@docaxis/errors'
import type { Sql } from '../database.ts'
import type { DocumentKind, PacketAction, ReceiverRow } from './document.ts'
import { wholeVerdict } from './verdict-checks.ts'

/** Header of an accepted packet, as a party to it may see it. */
export interface DocumentHeader {
  readonly id: string
  readonly kind: DocumentKind
  readonly sender: string
  readonly senderName: string | null
  readonly documentId: string
  readonly action: PacketAction
  readonly sha256: string
  readonly sizeBytes: number
  readonly extends: string | null
  readonly priority: number
  readonly subject: string | null
  readonly codeNumber: string | null
  readonly codeNotation: string | null
  readonly typeName: string | null
  readonly issuedOn: string | null
  readonly dueOn: string | null
  readonly acceptedAt: Date
  readonly verdict: unknown
  readonly warnings: readonly Finding[]
  readonly envelope: unknown
  /** How the asking agencies stand to it. The sender sees everything, a receiver its own deliveries. */
  readonly role: 'sender' | 'receiver'
}

const headerColumns = `
  document.id, document.kind, document.sender, sender.name as sender_name, document.document_id, document.action,
  encode(document.sha256, 'hex') as sha256, document.size_bytes, document.extends, document.priority, document.subject,
  document.code_number, document.code_notation, document.type_name, document.issued_on::text, document.due_on::text,
  document.accepted_at, ${wholeVerdict}, document.warnings, document.envelope`

// A document is its receiver's to see once it was made available. Of one that was withdrawn before it was fetched nothing
// is left to see but the row in its list of withdrawn mail.
export const seenByReceiver = (agencies: string) => `
exists (select from delivery
         where delivery.document_id = document.id and delivery.receiver = any(${agencies})
           and delivery.state not in ('routed', 'held') and delivery.available_at is not null
           and (delivery.state <> 'withdrawn' or delivery.fetches > 0))`

const findSql = `
select ${headerColumns},
       case when document.sender = any($2) then 'sender' else 'receiver' end as role
  from document
  left join agency as sender on sender.code = document.sender
 where document.id = $1 and (document.sender = any($2) or ${seenByReceiver('$2')})`

/** A document that one of `agencies` sent or received; undefined for an unknown id and for anybody else's alike. */
export async function findDocument(
  sql: Sql,
  id: string,
  agencies: readonly string[],
): Promise<DocumentHeader | undefined> {
  const { rows } = await sql.query<HeaderRow>({ name: 'document-find', text: findSql, values: [id, agencies] })
  return rows[0] && headerOf(rows[0])
}

export interface DocumentFilter {
  /** Only documents of this agency. */
  readonly sender?: string
  /** What this agency has acknowledged, instead of what `agencies` sent. */
  readonly receiver?: string
  readonly documentId?: string
  readonly kind?: DocumentKind
  /** Id of the last document of the page before. */
  readonly after?: string
  readonly limit: number
}

const listSql = `
select ${headerColumns}, 'sender' as role
  from document
  left join agency as sender on sender.code = document.sender
 where document.sender = any($1)
   and ($2::text is null or document.sender = $2)
   and ($3::text is null or document.document_id = $3)
   and ($4::text is null or document.kind = $4)
   and ($5::text is null or (document.accepted_at, document.id) <
        (select last.accepted_at, last.id from document as last where last.id = $5 and last.sender = any($1)))
 order by document.accepted_at desc, document.id desc
 limit $6`

// The newest of each kind by the index of what a receiver has taken, then both together.
const takenSql = `
select ${headerColumns}, 'receiver' as role
  from unnest(case when $5::text is null then array['document', 'status'] else array[$5] end) as wanted(kind)
 cross join lateral (
       select taken.document_id, taken.accepted_at
         from delivery as taken
         join document on document.id = taken.document_id
        where taken.receiver = $2 and taken.kind = wanted.kind and taken.state = 'acknowledged'
          and ($3::text is null or document.sender = $3)
          and ($4::text is null or document.document_id = $4)
          and ($6::text is null or (taken.accepted_at, taken.document_id) <
               (select last.accepted_at, last.document_id
                  from delivery as last
                 where last.document_id = $6 and last.receiver = $2 and last.state = 'acknowledged'))
        order by taken.accepted_at desc, taken.document_id desc
        limit $7
       ) as taken
  join document on document.id = taken.document_id
  left join agency as sender on sender.code = document.sender
 where $2 = any($1)
 order by taken.accepted_at desc, taken.document_id desc
 limit $7`

/** What `agencies` sent, or one of them took, newest first. Another agency's id as cursor gives an empty page. */
export async function listDocuments(
  sql: Sql,
  agencies: readonly string[],
  filter: DocumentFilter,
): Promise<DocumentHeader[]> {
  const { sender = null, documentId = null, kind = null, after = null, receiver, limit } = filter
  const narrowed = [sender, documentId, kind, after, limit]
  const { rows } = await (receiver === undefined
    ? sql.query<HeaderRow>(listSql, [agencies, ...narrowed])
    : sql.query<HeaderRow>(takenSql, [agencies, receiver, ...narrowed]))
  return rows.map(headerOf)
}

const receiversSql = `
select position, written, resolved, level, name, fault
  from document_receiver
 where document_id = $1
 order by position`

/** Receivers as they were resolved at acceptance, in the order of the envelope. */
export async function listDocumentReceivers(sql: Sql, id: string): Promise<ReceiverRow[]> {
  const { rows } = await sql.query<
    Record<'written' | 'resolved' | 'level' | 'name' | 'fault', string | null> & { position: number }
  >(receiversSql, [id])
  return rows.map(row => ({
    position: row.position,
    written: row.written ?? '',
    ...(row.resolved === null ? {} : { resolved: row.resolved }),
    ...(row.level === null ? {} : { level: row.level }),
    ...(row.name === null ? {} : { name: row.name }),
    ...(row.fault === null ? {} : { fault: row.fault }),
  }))
}

interface HeaderRow {
  id: string
  kind: DocumentKind
  sender: string
  sender_name: string | null
  document_id: string
  action: PacketAction
  sha256: string
  size_bytes: string
  extends: string | null
  priority: number
  subject: string | null
  code_number: string | null
  code_notation: string | null
  type_name: string | null
  issued_on: string | null
  due_on: string | null
  accepted_at: Date
  verdict: unknown
  warnings: Finding[]
  envelope: unknown
  role: 'sender' | 'receiver'
}

function headerOf(row: HeaderRow): DocumentHeader {
  return {
    id: row.id,
    kind: row.kind,
    sender: row.sender,
    senderName: row.sender_name,
    documentId: row.document_id,
    action: row.action,
    sha256: row.sha256,
    sizeBytes: Number(row.size_bytes),
    extends: row.extends,
    priority: row.priority,
    subject: row.subject,
    codeNumber: row.code_number,
    codeNotation: row.code_notation,
    typeName: row.type_name,
    issuedOn: row.issued_on,
    dueOn: row.due_on,
    acceptedAt: row.accepted_at,
    verdict: row.verdict,
    warnings: row.warnings,
    envelope: row.envelope,
    role: row.role,
  }
}
