import type { Notice } from '@docaxis/events'
import type { Sql } from '../database.ts'

export type Announcement = Pick<Notice, 'type' | 'audience'>

const webhooksSql = `
with asked as (
  select ordinality - 1 as place, value ->> 'type' as type, value -> 'audience' as audience
    from jsonb_array_elements($1::jsonb) with ordinality
),
told as (
  select place, type, audience ->> 'system' as system_id
    from asked
   union
  select place, type, system_agency.system_id
    from asked
   cross join lateral (
           select audience ->> 'agency'
            union
           select jsonb_array_elements_text(coalesce(audience -> 'agencies', '[]'))
         ) as named(code)
    join agency on agency.code = named.code and not agency.deleted
    join system_agency on system_agency.agency_code in (agency.code, agency.center)
   union
  select place, type, document.system_id
    from asked
    join document on document.id = audience ->> 'senderOf'
   union
  select place, type, document.system_id
    from asked
    join delivery on delivery.id = audience ->> 'senderOfDelivery'
    join document on document.id = delivery.document_id
   union
  select place, type, system.id
    from asked
    join system on (audience -> 'operators')::boolean and 'operator' = any(system.roles)
)
select told.place::integer as place, webhook.id
  from told
  join system on system.id = told.system_id and system.disabled_at is null
  join webhook on webhook.system_id = system.id and webhook.state = 'active'
 where webhook.types = '{}' or told.type = any(webhook.types)
 order by place, webhook.id`

/** Whether anybody wants to be told at all; most hubs have nobody, and need not look for whom an event concerns. */
async function anyWebhook(sql: Sql): Promise<boolean> {
  const text = "select exists (select from webhook where state = 'active') as found"
  const { rows } = await sql.query<{ found: boolean }>({ name: 'webhook-any', text })
  return rows[0]?.found === true
}

/** Ids of the webhooks that each announcement goes to, in the order given. */
export async function webhooksFor(sql: Sql, announcements: readonly Announcement[]): Promise<readonly string[][]> {
  if (announcements.length === 0 || !(await anyWebhook(sql))) return announcements.map(() => [])
  const { rows } = await sql.query<{ place: number; id: string }>({
    name: 'webhook-audience',
    text: webhooksSql,
    values: [JSON.stringify(announcements)],
  })
  const byPlace = Map.groupBy(rows, row => row.place)
  return announcements.map((_, place) => (byPlace.get(place) ?? []).map(({ id }) => id))
}
