import type { Sql } from '../../database.ts'

/** What closed agencies leave undone. `$1` is the closings, see `closingsJson`. */
export interface OpenTask {
  /** `request`: a wish that waits for a directory manager; `unfinished`: a document that was taken and not finished. */
  readonly kind: 'request' | 'unfinished'
  /** Id of the request or of the delivery. */
  readonly id: string
  readonly agency: string
  /** Who answers for it afterwards. */
  readonly heir: string | null
}

const requestsSql = `
select 'request' as kind, directory_request.id, directory_request.agency_code as agency, null as heir
  from directory_request
  join jsonb_to_recordset($1::jsonb) as closing (code text) on closing.code = directory_request.agency_code
 where directory_request.state = 'pending'`

// A document that says until when it must be done, and a change that its sender asked for. A missing 06 alone is no task.
// What an agency had inherited goes on when it closes in its turn.
const unfinishedSql = `
select 'unfinished' as kind, delivery.id, closing.code as agency, closing.successor as heir
  from jsonb_to_recordset($1::jsonb) as closing (code text, successor text)
 cross join lateral (
       select own.* from delivery as own where own.receiver = closing.code and own.heir is null
        union all
       select inherited.* from delivery as inherited where inherited.heir = closing.code
       ) as delivery
  join document on document.id = delivery.document_id
 where delivery.kind = 'document' and delivery.state = 'acknowledged'
   and (delivery.business_change = 'asked'
        or (document.due_on is not null and coalesce(delivery.business, '') not in ('02', '06')))`

export async function findOpenTasks(sql: Sql, closings: string): Promise<OpenTask[]> {
  const { rows } = await sql.query<OpenTask>(`${requestsSql} union all ${unfinishedSql} order by kind, agency, id`, [
    closings,
  ])
  return rows
}

/** @returns how many wishes were refused */
export async function refuseRequests(
  sql: Sql,
  closings: string,
  { by, reason }: { readonly by: string; readonly reason: string },
): Promise<number> {
  const { rowCount } = await sql.query(
    `update directory_request
        set state = 'refused', decided_by = $2, reason = $3, decided_at = clock_timestamp()
       from (${requestsSql}) as task
      where directory_request.id = task.id`,
    [closings, by, reason],
  )
  return rowCount ?? 0
}

/** Successors answer for what was not finished. @returns how many found an heir */
export async function bequeathTasks(sql: Sql, closings: string): Promise<number> {
  const { rowCount } = await sql.query(
    `update delivery
        set heir = task.heir
       from (${unfinishedSql}) as task
      where delivery.id = task.id and task.heir is not null`,
    [closings],
  )
  return rowCount ?? 0
}
