import type { Sql } from '../../database.ts'

export interface OpenLetter {
  readonly id: string
  readonly group: string
  readonly code: string
  readonly reason: string
  readonly at: Date
}

const lettersSql = `
select id, group_name as "group", code, reason, at
  from dead_letter
 where replayed_at is null
   and (key = $1 or event ->> 'subject' = $1 or event ->> 'subject' in (select id from delivery where document_id = $1))
 order by at
 limit 50`

/** Events about a document that a service gave up. */
export async function openLettersOf(sql: Sql, documentId: string): Promise<OpenLetter[]> {
  const { rows } = await sql.query<OpenLetter>(lettersSql, [documentId])
  return rows
}

/** An event that a service gave up, of the whole hub. */
export interface ListedLetter extends OpenLetter {
  readonly attempts: number
  /** The document it is about; null: it is about none, or about a status message. */
  readonly document: string | null
}

const allSql = `
select letter.id, letter.group_name as "group", letter.code, letter.reason, letter.attempts, letter.at,
       (select document.id
          from document
         where document.kind = 'document'
           and document.id in (letter.key, letter.event ->> 'subject',
                               (select document_id from delivery where id = letter.event ->> 'subject'))
         limit 1) as document
  from dead_letter as letter
 where letter.replayed_at is null
   and ($1::text is null or (letter.at, letter.id) < (select at, id from dead_letter where id = $1))
 order by letter.at desc, letter.id desc
 limit $2`

/** All that services gave up and nobody ran again, newest first. */
export async function listOpenLetters(
  sql: Sql,
  { after, limit }: { readonly after?: string; readonly limit: number },
): Promise<ListedLetter[]> {
  const { rows } = await sql.query<ListedLetter>(allSql, [after ?? null, limit])
  return rows
}
