import type { Level } from '@docaxis/events'
import type { Sql } from '../database.ts'
import { inScope, type Scope } from './scope.ts'

/** What passed between two levels within the last hour. */
export interface LevelFlow {
  readonly from: Level
  readonly to: Level
  /** One for each receiver of a document. */
  readonly accepted: number
  readonly fetched: number
  readonly acknowledged: number
  /** From acceptance to the first fetch, of those fetched within the hour; null: none was. */
  readonly fetchSeconds: number | null
}

/** One minute of the exchange. */
export interface PulseMinute {
  readonly minute: Date
  readonly accepted: number
  readonly fetched: number
  readonly acknowledged: number
}

const flowColumns = `
  from_level as "from", to_level as "to", sum(accepted)::integer as accepted, sum(fetched)::integer as fetched,
  sum(acknowledged)::integer as acknowledged,
  (sum(fetch_seconds) / nullif(sum(fetched), 0))::float8 as "fetchSeconds"`

/** Where the last hour begins, on a whole minute: the minute that runs is its last. */
export async function hourStart(sql: Sql): Promise<Date> {
  const { rows } = await sql.query<{ at: Date }>("select date_trunc('minute', now()) - interval '59 minutes' as at")
  const [row] = rows
  if (!row) throw new Error('the database has no time')
  return row.at
}

/** Between levels, since the beginning of a minute; pairs of levels without any are left out. */
export async function levelFlows(sql: Sql, scope: Scope, since: Date): Promise<LevelFlow[]> {
  const values: unknown[] = [since]
  const { rows } = await sql.query<LevelFlow>(
    `select ${flowColumns} from (${traffic(values, scope, 'minute >= $1')}) as traffic group by from_level, to_level`,
    values,
  )
  return rows
}

/** Minutes of the last day in which something happened, in order. */
export async function pulse(sql: Sql, scope: Scope, within: '24 hours' | '5 minutes'): Promise<PulseMinute[]> {
  const values: unknown[] = []
  const lately = `minute > date_trunc('minute', now()) - interval '${within}'`
  const { rows } = await sql.query<PulseMinute>(
    `select minute, sum(accepted)::integer as accepted, sum(fetched)::integer as fetched,
            sum(acknowledged)::integer as acknowledged
       from (${traffic(values, scope, lately)}) as traffic
      group by minute
      order by minute`,
    values,
  )
  return rows
}

/** Rows of the counters within a scope. What one agency of it sent to another of it counts once. */
function traffic(values: unknown[], scope: Scope, lately: string): string {
  const columns = 'minute, from_level, to_level, accepted, fetched, acknowledged, fetch_seconds'
  if (scope.everything) return `select ${columns} from traffic_level where ${lately}`
  const sent = inScope(values, scope, 'sender')
  const received = inScope(values, scope, 'receiver')
  const sentToo = inScope(values, scope, 'sender')
  return `
    select ${columns} from traffic_pair where ${lately} and ${sent}
     union all
    select ${columns} from traffic_pair where ${lately} and ${received} and not (${sentToo})`
}
