import type { FedReceipt, Page, ReceiptSummary } from './answers.ts'

/** Walks a cursor list from `after` to its end, one page in memory. */
export async function* eachItem<T>(
  page: (after: string | undefined) => Promise<Page<T>>,
  after?: string,
): AsyncGenerator<T, void, undefined> {
  let cursor = after
  for (;;) {
    const { items, next } = await page(cursor)
    yield* items
    if (!next) return
    cursor = next
  }
}

export interface FeedPage extends Page<ReceiptSummary> {
  /** Where the feed is read to; grows for ever. */
  readonly position: string
}

/** Walks the receipts feed from `after` to now. Each receipt knows from where reading would go on after it. */
export async function* eachReceipt(
  page: (after: string | undefined) => Promise<FeedPage>,
  after?: string,
): AsyncGenerator<FedReceipt, void, undefined> {
  let cursor = after
  for (;;) {
    const { items, next, position } = await page(cursor)
    for (const [index, item] of items.entries()) {
      yield { ...item, cursor: index === items.length - 1 ? position : cursor }
    }
    if (!next) return
    cursor = next
  }
}
