import type { Sql } from '../database.ts'
import { seenByReceiver } from './document-view.ts'

/** One document of a thread, and what it answers or replaces there. */
export interface ThreadEntry {
  readonly id: string
  readonly sender: string
  readonly documentId: string
  readonly action: string
  readonly subject: string | null
  readonly acceptedAt: Date
  /** Ids of documents of this thread. */
  readonly answers: readonly string[]
  readonly replaces: readonly string[]
}

/** A thread that grows longer is cut; what is nearest to the document asked for is kept. */
const mostDocuments = 200

// Which of two documents is about the other: replies (ResponseFor) and replacements.
const linksSql = (end: 'earlier' | 'later') => `
  select reply.document_id as later, answered.id as earlier, 'answers' as kind
    from reply_link as reply
    join document as answered on answered.sender = reply.agency and answered.document_id = reply.target
                             and answered.kind = 'document' and answered.action in ('new', 'replace')
   where ${end === 'later' ? 'reply.document_id' : 'answered.id'} = any($1)
  union
  select outcome.packet_id, outcome.target_id, 'replaces'
    from effect_outcome as outcome
   where outcome.action = 'replace' and outcome.${end === 'later' ? 'packet_id' : 'target_id'} = any($1)`

const neighboursSql = `
select document.id
  from (select earlier as id from (${linksSql('later')}) as back
        union
        select later from (${linksSql('earlier')}) as onward) as next
  join document on document.id = next.id
 where document.id <> all($3) and (document.sender = any($2) or ${seenByReceiver('$2')})
 order by document.accepted_at, document.id
 limit $4`

/**
 * All documents that hang together with one by replies and replacements, oldest first. Goes over documents alone that
 * one of `agencies` is a party to: a thread is not followed through somebody else's letter.
 *
 * @param id of a document that is theirs to see
 */
export async function threadOfDocument(sql: Sql, id: string, agencies: readonly string[]): Promise<ThreadEntry[]> {
  const found = new Set([id])
  let newest: readonly string[] = [id]
  while (newest.length > 0 && found.size < mostDocuments) {
    const { rows } = await sql.query<{ id: string }>({
      name: 'thread-neighbours',
      text: neighboursSql,
      values: [newest, agencies, [...found], mostDocuments - found.size],
    })
    newest = rows.map(row => row.id)
    for (const next of newest) found.add(next)
  }
  return entriesOf(sql, [...found])
}

const entriesSql = `
with link as (${linksSql('later')})
select document.id, document.sender, document.document_id as "documentId", document.action, document.subject,
       document.accepted_at as "acceptedAt",
       array(select earlier from link where later = document.id and kind = 'answers' and earlier = any($1)
              order by earlier) as answers,
       array(select earlier from link where later = document.id and kind = 'replaces' and earlier = any($1)
              order by earlier) as replaces
  from document
 where document.id = any($1)
 order by document.accepted_at, document.id`

async function entriesOf(sql: Sql, ids: readonly string[]): Promise<ThreadEntry[]> {
  const { rows } = await sql.query<ThreadEntry>({ name: 'thread-entries', text: entriesSql, values: [ids] })
  return rows
}
