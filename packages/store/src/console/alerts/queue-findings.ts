import type { Sql } from '../../database.ts'
import { countedUpTo } from '../attention.ts'
import type { Findings } from './alert-kinds.ts'
import { levelOf, seen, type Watch } from './document-findings.ts'

/**
 * Agencies for which so many more documents came in within the last hour than they fetched. Read from the counters by
 * minute: it costs the same however much lies in the mailboxes.
 */
export async function queueFindings(sql: Sql, watch: Omit<Watch, 'leastPriority'>): Promise<Findings> {
  const values: unknown[] = [countedUpTo, watch.threshold]
  const { rows } = await sql.query<Row>(
    `
select found.receiver as key, agency.name, (sum(found.accepted) - sum(found.fetched))::integer as count,
       min(found.minute) as since
  from traffic_pair as found
  left join agency on agency.code = found.receiver
 where found.minute >= now() - interval '1 hour' and ${seen(values, watch)}
 group by found.receiver, agency.name
having sum(found.accepted) - sum(found.fetched) >= $2
 order by count desc, key
 limit $1`,
    values,
  )
  const found = rows.map(row => ({
    ...row,
    level: levelOf(row.count, watch.threshold),
    urgent: false,
    documents: [],
  }))
  return { found, partial: rows.length === countedUpTo }
}

interface Row {
  readonly key: string
  readonly name: string | null
  readonly count: number
  readonly since: Date
}
