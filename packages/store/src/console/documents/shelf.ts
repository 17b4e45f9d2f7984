import type { Tx } from '../../database.ts'

/** With so many documents a shelf is full: the next ones stand on another. */
const perShelf = 50_000

const lastSql = 'select no, documents from document_shelf order by from_at desc limit 1'

// Whatever stands on a shelf already was accepted before the next one begins.
const nextSql = `
insert into document_shelf (no, from_at)
select $1, max(accepted_at) + interval '1 microsecond' from document_search
returning no, documents`

/** Opens another shelf when the last is full. Called by the one job that writes. */
export async function openShelf(tx: Tx): Promise<void> {
  interface Row {
    readonly no: number
    readonly documents: number
  }
  const { rows } = await tx.query<Row>(lastSql)
  const [last] = rows
  if (last && last.documents >= perShelf) await tx.query(nextSql, [last.no + 1])
}

/** The shelf of a document, in a statement that has its moment of acceptance. */
export const shelfAt = (acceptedAt: string): string =>
  `(select no from document_shelf where from_at <= ${acceptedAt} order by from_at desc limit 1)`

/** So many more stand on the last shelf; a few of them may stand on one before, which does no harm. */
export async function countOnShelf(tx: Tx, documents: number): Promise<void> {
  await tx.query(
    `update document_shelf set documents = documents + $1
      where no = (select no from document_shelf order by from_at desc limit 1)`,
    [documents],
  )
}
