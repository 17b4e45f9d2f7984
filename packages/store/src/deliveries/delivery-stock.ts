import type { Level } from '@docaxis/events'
import type { Sql } from '../database.ts'

export interface WaitingCount {
  readonly level: Level
  readonly count: number
  /** Since the oldest of them was made available, by the database's clock. */
  readonly oldestSeconds: number
}

/** Deliveries in mailboxes that are not acknowledged. Levels without any are left out. */
export async function countWaiting(sql: Sql): Promise<WaitingCount[]> {
  const { rows } = await sql.query<{ level: Level; count: string; oldest_seconds: number }>(`
    select level, count(*) as count,
           extract(epoch from clock_timestamp() - min(available_at))::float8 as oldest_seconds
      from delivery
     where state in ('available', 'fetched')
     group by level`)
  return rows.map(row => ({ level: row.level, count: Number(row.count), oldestSeconds: row.oldest_seconds }))
}

/** Deliveries that are dead after their last attempt. */
export async function countFailed(sql: Sql): Promise<number> {
  const { rows } = await sql.query<{ count: string }>("select count(*) as count from delivery where state = 'failed'")
  return Number(rows[0]?.count)
}

/** Events given up and not replayed, by consumer group. */
export async function countDeadLetters(sql: Sql): Promise<{ group: string; count: number }[]> {
  const { rows } = await sql.query<{ group_name: string; count: string }>(
    'select group_name, count(*) as count from dead_letter where replayed_at is null group by group_name',
  )
  return rows.map(row => ({ group: row.group_name, count: Number(row.count) }))
}
