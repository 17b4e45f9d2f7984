import type { Database } from '@docaxis/store'
import type { Country, Fate } from './made-up-country.ts'

interface Row {
  readonly written: string
  readonly state: string
  readonly receiver: string
  /** Of the delivery that it was joined to. */
  readonly joined_receiver: string | null
  readonly reason: string | null
}

const rowsSql = `
select delivery.receiver_written as written, delivery.state, delivery.receiver, target.receiver as joined_receiver,
       receipt.reason
  from delivery
  left join delivery as target on target.id = delivery.joined_to
  left join receipt on receipt.delivery_id = delivery.id and receipt.kind = 'non-delivery'`

/**
 * Compares where every delivery is with what the maker of the country knows: at the successor, or back at the sender with
 * a receipt that names the reason and every choice. What was taken before stays where it was taken.
 *
 * @returns sentences about those that are anywhere else
 */
export async function findLost(database: Database, { fates }: Country, taken: ReadonlySet<string>): Promise<string[]> {
  const { rows } = await database.query<Row & { id: string }>(rowsSql.replace('select', 'select delivery.id,'))
  return rows.flatMap(row => {
    const fate = fates.get(row.written)
    if (fate === undefined) return [`${row.written} is none of the country's places`]
    if (taken.has(row.id))
      return row.receiver === row.written ? [] : [`${row.written} had taken it; it is at ${row.receiver}`]
    return isAsExpected(row, fate) ? [] : [`${row.written}: ${fate.kind} expected, found ${JSON.stringify(row)}`]
  })
}

function isAsExpected({ written, state, receiver, joined_receiver, reason }: Row, fate: Fate): boolean {
  switch (fate.kind) {
    case 'successor':
      return state !== 'failed' && (joined_receiver ?? receiver) === fate.code
    case 'choices':
      return state === 'failed' && receiver === written && fate.codes.every(code => reason?.includes(code))
    case 'nobody':
      return state === 'failed' && receiver === written && reason?.startsWith('M.MessageHeader.To.Closed') === true
    case 'stays':
      return state !== 'failed' && receiver === written
  }
}

const unprovenSql = `
select count(*)::integer as unproven
  from delivery
 where not exists (select from receipt
                    where receipt.delivery_id = delivery.id
                      and receipt.kind = case delivery.state when 'acknowledged' then 'delivery' when 'failed' then 'non-delivery' end)`

/** Deliveries that are not at their end with evidence for the sender. */
export async function countUnproven(database: Database): Promise<number> {
  const { rows } = await database.query<{ unproven: number }>(unprovenSql)
  return rows[0]?.unproven ?? Number.NaN
}
