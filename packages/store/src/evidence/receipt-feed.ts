import { HubError } from '@docaxis/errors'
import type { Sql } from '../database.ts'
import { type ReceiptRow, receiptColumns, receiptOf, type StoredReceipt } from './receipt.ts'

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
select ${receiptColumns}, receipt.feed_position
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

interface FeedRow extends ReceiptRow {
  issued_at: Date
  feed_position: string
}
