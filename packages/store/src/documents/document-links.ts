import type { Sql } from '../database.ts'
import { seenByReceiver } from './document-view.ts'

/** A document at the other end of a link, as far as the asking agencies may see it. */
export interface LinkedDocument {
  /** The hub's id; null where nobody has sent it, and where it is not the asker's to see: nobody can tell which. */
  readonly id: string | null
  readonly sender: string | null
  readonly documentId: string | null
}

/** What a document says that it answers. */
export interface RepliesTo extends LinkedDocument {
  readonly code: string | null
  readonly issuedOn: string | null
}

/** A packet that acts on a document. */
export interface ActingLink extends LinkedDocument {
  readonly action: string
  readonly acceptedAt: Date
}

export interface DocumentLinks {
  readonly repliesTo: readonly RepliesTo[]
  readonly replies: readonly LinkedDocument[]
  readonly actedOnBy: readonly ActingLink[]
}

const visible = `(document.sender = any($2) or ${seenByReceiver('$2')})`

// A DocumentId is unique per sender, but its updates may bear the same one: the link means the document.
const answeredSql = `
select link.agency, link.target, link.code, link.issued_on::text as issued_on, answered.id
  from reply_link as link
  left join lateral (
       select document.id
         from document
        where document.sender = link.agency and document.document_id = link.target and document.kind = 'document'
          and document.action in ('new', 'replace') and document.id <> link.document_id and ${visible}
        order by document.extends nulls first, document.accepted_at
        limit 1
       ) as answered on true
 where link.document_id = $1
 order by link.position`

const repliesSql = `
select document.id, document.sender, document.document_id
  from document as answered
  join reply_link as link on link.target = answered.document_id and link.agency = answered.sender
  join document on document.id = link.document_id
 where answered.id = $1 and document.id <> answered.id and ${visible}
 order by document.accepted_at, document.id
 limit 200`

const actingSql = `
select distinct on (document.accepted_at, document.id)
       document.id, document.sender, document.document_id, outcome.action, document.accepted_at
  from effect_outcome as outcome
  join document on document.id = outcome.packet_id
 where outcome.target_id = $1
   and (document.sender = any($2) or outcome.receiver = any($2) and outcome.outcome <> 'withdrawn'
                                     and ${seenByReceiver('$2')})
 order by document.accepted_at, document.id
 limit 200`

/**
 * How a document hangs together with others. Shows nobody a document to which none of `agencies` is a party.
 *
 * @param id of a document that is theirs to see
 */
export async function linksOfDocument(sql: Sql, id: string, agencies: readonly string[]): Promise<DocumentLinks> {
  const values = [id, agencies]
  const [answered, replies, acting] = await Promise.all([
    sql.query<AnsweredRow>({ name: 'link-answered', text: answeredSql, values }),
    sql.query<LinkedRow>({ name: 'link-replies', text: repliesSql, values }),
    sql.query<LinkedRow & { action: string; accepted_at: Date }>({ name: 'link-acting', text: actingSql, values }),
  ])
  return {
    repliesTo: answered.rows.map(row => ({
      id: row.id,
      sender: row.agency,
      documentId: row.target,
      code: row.code,
      issuedOn: row.issued_on,
    })),
    replies: replies.rows.map(linkedOf),
    actedOnBy: acting.rows.map(row => ({ ...linkedOf(row), action: row.action, acceptedAt: row.accepted_at })),
  }
}

interface LinkedRow {
  readonly id: string
  readonly sender: string
  readonly document_id: string
}

interface AnsweredRow {
  readonly id: string | null
  readonly agency: string | null
  readonly target: string | null
  readonly code: string | null
  readonly issued_on: string | null
}

function linkedOf(row: LinkedRow): LinkedDocument {
  return { id: row.id, sender: row.sender, documentId: row.document_id }
}
