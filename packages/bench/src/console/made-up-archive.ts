import type { Sql } from '@docaxis/store'

/** Rows written by one statement. */
const step = 250_000

/** The archive covers three years up to now; of its last days much is still under way. */
export const archive = { days: 1095, openDays: 20, provinces: 34, communes: 100, ministries: 60, words: 4000 } as const

/** `w` words drawn so that some are in every third subject and most in very few; codes spread evenly. */
const facts = `
  select i,
         lpad(to_hex(i), 24, '0') as id,
         now() - ($3 - i) * (interval '${archive.days} days' / $3::float8) as accepted_at,
         'G' || lpad((1 + floor(random() * ${archive.ministries}))::text, 2, '0') as ministry,
         'H' || lpad((1 + floor(random() * ${archive.provinces}))::text, 2, '0') as province,
         '.' || lpad((1 + floor(random() * ${archive.communes}))::text, 3, '0') as commune,
         random() as chance,
         array(select 'tu' || lpad(floor(${archive.words} * power(random(), 3))::integer::text, 4, '0')
                 from generate_series(1, 9 + (i - i)::integer)) as words
    from generate_series($1::bigint, $2::bigint) as i`

const shaped = `
  select *, case when chance < 0.5 then ministry else province end as sender,
         case when chance < 0.5 then array[province, province || commune] else array[province || commune] end as receivers,
         now() - accepted_at < interval '${archive.openDays} days' as is_new,
         (array['Công văn', 'Quyết định', 'Báo cáo', 'Thông báo', 'Kế hoạch'])[1 + floor(random() * 5)::integer] as type_name,
         (array['congvan', 'quyetdinh', 'baocao', 'thongbao', 'kehoach']) as folded_types,
         case when chance > 0.99 then 3 when chance > 0.95 then 1 else 0 end as priority
    from facts`

const statements = [
  `create temporary table made as with facts as materialized (${facts}), shaped as (${shaped})
   select *, (i % 20000 + 1)::text as number from shaped`,
  `insert into document (id, kind, system_id, sender, sender_written, document_id, action, sha256, size_bytes,
     header_digest, attachments_digest, priority, subject, code_number, code_notation, type_name, issued_on, envelope,
     verdict, profile, signature_policy, accepted_at)
   select id, 'document', 'bench', sender, sender, '000.00.00.' || id, 'new', sha256(id::bytea), 10000, id, id, priority,
     array_to_string(words, ' '), number, 'UBND-VP', type_name, accepted_at::date, '{}', '{"verdict":"VALID"}', 'strict',
     'record', accepted_at
   from made`,
  `insert into document_receiver (document_id, position, written, resolved, level)
   select id, ordinality, receiver, receiver, case when position('.' in receiver) > 0 then 'commune' else 'province' end
     from made, unnest(receivers) with ordinality as receiver(receiver)`,
  `insert into delivery (id, document_id, kind, receiver, receiver_written, level, priority, state, accepted_at,
     available_at, due_at, fetches, closed_at, business)
   select lpad(to_hex(i * 4 + ordinality), 24, '0'), id, 'document', receiver, receiver,
     case when position('.' in receiver) > 0 then 'commune' else 'province' end, priority, state, accepted_at,
     accepted_at, accepted_at, 1, case when state = 'acknowledged' then accepted_at end,
     case when state <> 'acknowledged' then null when chance < 0.002 then '02' when is_new then '03' else '06' end
     from made, unnest(receivers) with ordinality as receiver(receiver)
     cross join lateral (select case when is_new and random() < 0.3 + ordinality * 0 then 'available'
                                     when random() < 0.001 then 'failed' else 'acknowledged' end as state) as found`,
  `insert into document_search (document_id, accepted_at, sender, receivers, issued_on, keys)
   select id, accepted_at, sender, receivers, accepted_at::date,
     array_to_tsvector(array(select distinct 'w:' || word from unnest(words) as word)
       || array(select 'r:' || lower(receiver) from unnest(receivers) as receiver)
       || array['w:' || number, 'w:ubnd', 'w:vp', 'n:' || number || '/ubnd-vp', 'n:000.00.00.' || id,
                's:' || lower(sender), 'p:' || priority,
                't:' || folded_types[array_position(array['Công văn', 'Quyết định', 'Báo cáo', 'Thông báo', 'Kế hoạch'],
                                                    type_name)]])
     from made`,
  `insert into document_mark (document_id, mark, accepted_at)
   select distinct document_id, mark, delivery.accepted_at
     from made join delivery on delivery.document_id = made.id
     cross join lateral unnest(array['t:' || state, 'b:' || business]) as mark
    where mark is not null`,
  'drop table made',
]

/** Fills an empty database with documents of three years, by SQL alone. Foreign keys are not looked at meanwhile. */
export async function writeArchive(sql: Sql, documents: number, log: (line: string) => void): Promise<void> {
  await sql.query("set session_replication_role = replica; set synchronous_commit = off; set work_mem = '256MB'")
  await sql.query("insert into system (id, name) values ('bench', 'bench')")
  await writeAgencies(sql)
  for (let from = 1; from <= documents; from += step) {
    const to = Math.min(from + step - 1, documents)
    const [make = '', ...write] = statements
    // Parameters would be named only; a temporary table takes none.
    await sql.query(make.replaceAll('$1', `${from}`).replaceAll('$2', `${to}`).replaceAll('$3', `${documents}`))
    for (const statement of write) await sql.query(statement)
    log(`${to} documents written`)
  }
  await sql.query('vacuum (analyze) document, delivery, document_search, document_mark')
}

async function writeAgencies(sql: Sql): Promise<void> {
  await sql.query(`
insert into agency (code, name, kind, level, parent, search)
select code, 'Agency ' || code, 'agency', level, parent, lower(code)
  from (select 'G' || lpad(g::text, 2, '0') as code, 'central' as level, null as parent
          from generate_series(1, ${archive.ministries}) as g
        union all
        select 'H' || lpad(h::text, 2, '0'), 'province', null from generate_series(1, ${archive.provinces}) as h
        union all
        select 'H' || lpad(h::text, 2, '0') || '.' || lpad(c::text, 3, '0'), 'commune', 'H' || lpad(h::text, 2, '0')
          from generate_series(1, ${archive.provinces}) as h, generate_series(1, ${archive.communes}) as c) as made`)
}
