import type { Sql } from '@docaxis/store'

/** The archive covers three years up to now; of its last days much is still under way. */
export const archive = { days: 1095, openDays: 20, provinces: 34, communes: 100, ministries: 60, words: 4000 } as const

/** Names under which people may be shown agencies, besides the tree. */
export const gathered = { groups: 30, quietGroup: 'quiet', quietAgencies: 300, systems: 10 } as const

/**
 * Ministries, provinces and their communes. Each commune is in one of thirty groups (113 or 114 communes all over the
 * country), has the locality of its province, and every fiftieth belongs to a connected system. Besides, agencies that
 * nobody writes to.
 */
export async function writeAgencies(sql: Sql): Promise<void> {
  await sql.query(`
insert into agency (code, name, kind, level, parent, locality, groups, search)
select code, 'Agency ' || code, 'agency', level, parent, left(code, 3), groups, lower(code)
  from (select 'G' || lpad(g::text, 2, '0') as code, 'central' as level, null as parent, array[]::text[] as groups
          from generate_series(1, ${archive.ministries}) as g
        union all
        select 'H' || lpad(h::text, 2, '0'), 'province', null, '{}' from generate_series(1, ${archive.provinces}) as h
        union all
        select 'H' || lpad(h::text, 2, '0') || '.' || lpad(c::text, 3, '0'), 'commune', 'H' || lpad(h::text, 2, '0'),
               array['group ' || (h * ${archive.communes} + c) % ${gathered.groups}]
          from generate_series(1, ${archive.provinces}) as h, generate_series(1, ${archive.communes}) as c
        union all
        select 'Q' || lpad(q::text, 3, '0'), 'commune', null, array['${gathered.quietGroup}']
          from generate_series(1, ${gathered.quietAgencies}) as q) as made`)
  await sql.query(`
insert into system (id, name) select 'system-' || s, 'system-' || s from generate_series(1, ${gathered.systems}) as s`)
  await sql.query(`
insert into system_agency (system_id, agency_code)
select 'system-' || 1 + place % ${gathered.systems}, code
  from (select code, row_number() over (order by code) as place from agency where level = 'commune') as commune
 where place % 50 < ${gathered.systems}`)
}
