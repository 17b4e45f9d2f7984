import type { Sql } from '../database.ts'

/** What is left at a receiver of a document that its sender withdrew: that there was one, and no content. */
export interface WithdrawnItem {
  readonly deliveryId: string
  readonly kind: 'document' | 'status'
  readonly sender: string
  /** The sender's edXML DocumentId. */
  readonly documentId: string
  readonly receiver: string
  readonly availableAt: Date
  readonly withdrawnAt: Date
}

export interface WithdrawnQuery {
  /** Directory codes that the caller acts for. */
  readonly agencies: readonly string[]
  /** Id of the last delivery of the page before. */
  readonly after?: string
  readonly limit: number
}

const listSql = `
select delivery.id as "deliveryId", delivery.kind, document.sender, document.document_id as "documentId",
       delivery.receiver, delivery.available_at as "availableAt", delivery.closed_at as "withdrawnAt"
  from delivery
  join document on document.id = delivery.document_id
 where delivery.receiver = any($1) and delivery.state = 'withdrawn' and delivery.available_at is not null
   and ($2::text is null or (delivery.closed_at, delivery.id) <
        (select last.closed_at, last.id from delivery as last where last.id = $2 and last.receiver = any($1)))
 order by delivery.closed_at desc, delivery.id desc
 limit $3`

/**
 * What was in the mailboxes of these agencies and was withdrawn before they fetched it, the newest first. Whoever listed
 * it, or was told of it, finds here what became of it. Another agency's id as cursor gives an empty page.
 */
export async function listWithdrawn(sql: Sql, { agencies, after, limit }: WithdrawnQuery): Promise<WithdrawnItem[]> {
  const { rows } = await sql.query<WithdrawnItem>({
    name: 'withdrawn-list',
    text: listSql,
    values: [agencies, after ?? null, limit],
  })
  return rows
}
