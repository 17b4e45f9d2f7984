import type { Sql } from '../database.ts'
import { retention } from '../retention.ts'

/** One call as its system's operators may look at it. */
export interface VxpCall {
  readonly systemId: string
  readonly at: Date
  readonly operation: string
  readonly address: string
  /** ErrorCode, or the HTTP status where that is not 200. */
  readonly code: string
  /** Absent when nothing was refused. */
  readonly reason?: string
  /** What the reason needs to be told. Never a secret. */
  readonly details: Readonly<Record<string, unknown>>
}

/** How many are kept of each system. */
export const vxpCallsKept = retention.vxpCalls

const insertSql = `
insert into vxp_call (system_id, at, operation, address, code, reason, details)
select c.system_id, c.at, c.operation, c.address, c.code, c.reason, c.details
  from jsonb_to_recordset($1::jsonb)
       as c(system_id text, at timestamptz, operation text, address text, code text, reason text, details jsonb)`

const pruneSql = `
delete from vxp_call
 using (select id, row_number() over (partition by system_id order by id desc) as place
          from vxp_call
         where system_id = any($1)) as ranked
 where vxp_call.id = ranked.id and ranked.place > ${vxpCallsKept}`

/** Adds calls, and forgets all but the last 50 of each system. */
export async function recordVxpCalls(sql: Sql, calls: readonly VxpCall[]): Promise<void> {
  if (calls.length === 0) return
  const rows = calls.map(({ systemId, ...call }) => ({ system_id: systemId, ...call }))
  await sql.query(insertSql, [JSON.stringify(rows)])
  await sql.query(pruneSql, [[...new Set(calls.map(call => call.systemId))]])
}

const listSql = `
select system_id, at, operation, address, code, reason, details
  from vxp_call
 where system_id = $1
 order by id desc
 limit ${vxpCallsKept}`

/** Newest first. */
export async function listVxpCalls(sql: Sql, systemId: string): Promise<VxpCall[]> {
  const { rows } = await sql.query<CallRow>(listSql, [systemId])
  return rows.map(({ system_id, reason, ...row }) => ({ systemId: system_id, ...row, ...(reason && { reason }) }))
}

interface CallRow {
  readonly system_id: string
  readonly at: Date
  readonly operation: string
  readonly address: string
  readonly code: string
  readonly reason: string | null
  readonly details: Record<string, unknown>
}
