import { HubError } from '@docaxis/errors'
import type { Sql, Tx } from './database.ts'
import { type ReceiptRow, receiptOf, type StoredReceipt } from './receipt.ts'

export interface FeedItem extends StoredReceipt {
  readonly issuedAt: Date
  /** Place in the feed: grows, never changes, nothing is ever put before a place already read. */
  readonly position: number
}

export interface FeedPage {
  readonly items: readonly FeedItem[]
  /** Pass as `after` to read on; stays what it was while nothing new is there. */
  readonly next: string
}

export interface FeedQuery {
  readonly systemId: string
  /** `next` of the last page read; a watermark that a client keeps. */
  readonly after?: string
  readonly limit: number
}

const listSql = `
select receipt.id, receipt.kind, receipt.system_id, receipt.agency_code, receipt.document_id, receipt.delivery_id,
       receipt.refusal_id, receipt.created_at, receipt.issued_at, encode(receipt.sha256, 'hex') as sha256,
       receipt.feed_position
  from receipt
 where receipt.system_id = $1 and receipt.feed_position > $2
 order by receipt.feed_position
 limit $3`

/**
 * Signed receipts of one system in the order of the feed.
 *
 * @throws HubError `REQUEST_INVALID`: `after` is no position of this feed
 */
export async function listReceipts(sql: Sql, query: FeedQuery): Promise<FeedPage> {
  const after = query.after ?? '0'
  if (!/^\d{1,15}$/.test(after)) {
    throw new HubError('REQUEST_INVALID', '`after` is no position of the receipts feed', { details: { after } })
  }
  const { rows } = await sql.query<FeedRow>({
    name: 'receipt-feed',
    text: listSql,
    values: [query.systemId, after, query.limit],
  })
  const items = rows.map(row => ({
    ...receiptOf(row),
    issuedAt: row.issued_at,
    position: Number(row.feed_position),
  }))
  return { items, next: String(items.at(-1)?.position ?? after) }
}

const numberSql = `
with waiting as (
  select receipt.id, row_number() over (order by receipt.issued_at, receipt.id) as place
    from receipt
   where receipt.issued_at is not null and receipt.feed_position is null
   order by receipt.issued_at, receipt.id
   limit $1
), last as (
  select coalesce(max(receipt.feed_position), 0) as position from receipt
)
update receipt
   set feed_position = last.position + waiting.place
  from waiting, last
 where receipt.id = waiting.id`

/**
 * Gives committed receipts their place in the feed. The advisory lock lets one transaction number at a time and is
 * held until its rows are visible, so no place ever appears below one that a reader has seen.
 *
 * @returns how many were numbered
 */
export async function numberReceipts(tx: Tx, limit: number): Promise<number> {
  await tx.query("select pg_advisory_xact_lock(hashtextextended('receipt-feed', 0))")
  const { rowCount } = await tx.query({ name: 'receipt-number', text: numberSql, values: [limit] })
  return rowCount ?? 0
}

interface FeedRow extends ReceiptRow {
  issued_at: Date
  feed_position: string
}
