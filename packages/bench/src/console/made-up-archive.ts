import type { Database, Sql } from '@docaxis/store'
import { archive, writeAgencies } from './made-up-agencies.ts'

/** Rows written by one statement. */
const step = 100_000

/** As the search job fills them. */
const perShelf = 50_000

const word = `'tu' || lpad(floor(${archive.words} * power(random(), 3))::integer::text, 4, '0')`
const wordsPerSubject = 10

/** Words drawn so that some are in every third subject and most in very few; codes spread evenly. */
const facts = `
  select i, ((i - 1) / ${perShelf})::integer as shelf,
         lpad(to_hex(i), 24, '0') as id,
         $end - ($all - i) * (interval '${archive.days} days' / $all::float8) as accepted_at,
         'G' || lpad((1 + floor(random() * ${archive.ministries}))::text, 2, '0') as ministry,
         'H' || lpad((1 + floor(random() * ${archive.provinces}))::text, 2, '0') as province,
         '.' || lpad((1 + floor(random() * ${archive.communes}))::text, 3, '0') as commune,
         random() as chance,
         array[${Array(wordsPerSubject).fill(word).join(', ')}] as words
    from generate_series($from::bigint, $to::bigint) as i`

const shaped = `
  select *, case when chance < 0.5 then ministry else province end as sender,
         case when chance < 0.5 then array[province, province || commune] else array[province || commune] end as receivers,
         $end - accepted_at < interval '${archive.openDays} days' as is_new, accepted_at::date as issued_on,
         1 + floor(random() * 5)::integer as type,
         case when chance < 0.5 then 'central' else 'province' end as from_level,
         case when chance > 0.99 then 3 when chance > 0.95 then 1 else 0 end as priority
    from facts`

const typeNames = "(array['Công văn', 'Quyết định', 'Báo cáo', 'Thông báo', 'Kế hoạch'])[type]"
const foldedTypes = "(array['congvan', 'quyetdinh', 'baocao', 'thongbao', 'kehoach'])[type]"

const levelOf = "case when position('.' in receiver) > 0 then 'commune' else 'province' end"

/** What somebody still owes: nine in ten of what has waited for three days. */
const late = `state = 'available' and $end - accepted_at > interval '3 days' and (chance * 10)::numeric % 1 < 0.9`

/** As `searchKeys` makes them. Without subqueries: these texts are most of the work. */
const keys = `
  array_to_tsvector(string_to_array(shelf || concat_ws('|' || shelf,
    'w:' || array_to_string(words, '|' || shelf || 'w:'), 'r:' || lower(array_to_string(receivers, '|' || shelf || 'r:')),
    case when chance < 0.5 then 'u:' || lower(ministry) end, 'u:' || lower(province), 'l:' || from_level || '.commune',
    case when chance < 0.5 then 'l:' || from_level || '.province' end,
    'w:' || number, 'w:ubnd', 'w:vp', 'n:ubnd-vp', 'n:' || number || '/ubnd-vp',
    'n:000.00.00.' || id, 's:' || lower(sender), 'p:' || priority, 't:' || ${foldedTypes},
    'd:' || issued_on, 'd:' || to_char(issued_on, 'YYYY-MM'), 'd:' || to_char(issued_on, 'YYYY')), '|'))`

/** For each statement of a step; `$from`, `$to`, `$all` and `$end` are put in their places. */
const statements = [
  `create temporary table made as with facts as materialized (${facts}), shaped as (${shaped})
   select *, (i % 20000 + 1)::text as number from shaped`,
  `create temporary table sent as
   select made.*, lpad(to_hex(i * 4 + ordinality), 24, '0') as delivery_id, receiver, state,
     case when state <> 'acknowledged' then null when chance < 0.002 then '02' when is_new then '03' else '06' end as business
     from made, unnest(receivers) with ordinality as receiver(receiver)
     cross join lateral (select case when is_new and random() < 0.3 + ordinality * 0 then 'available'
                                     when (hashtext(id) + ordinality) % 1000 = 7 then 'failed' else 'acknowledged' end as state) as found`,
  `insert into document (id, kind, system_id, sender, sender_written, document_id, action, sha256, size_bytes,
     header_digest, attachments_digest, priority, subject, code_number, code_notation, type_name, issued_on, envelope,
     verdict, profile, signature_policy, accepted_at)
   select id, 'document', 'bench', sender, sender, '000.00.00.' || id, 'new', sha256(id::bytea), 10000, id, id, priority,
     array_to_string(words, ' '), number, 'UBND-VP', ${typeNames}, issued_on, '{}', '{"verdict":"VALID"}', 'strict',
     'record', accepted_at
   from made`,
  `insert into document_receiver (document_id, position, written, resolved, level)
   select id, ordinality, receiver, receiver, ${levelOf}
     from made, unnest(receivers) with ordinality as receiver(receiver)`,
  `insert into delivery (id, document_id, kind, receiver, receiver_written, level, priority, state, accepted_at,
     available_at, due_at, fetches, first_fetched_at, closed_at, business)
   select delivery_id, id, 'document', receiver, receiver, ${levelOf}, priority, state, accepted_at, accepted_at,
     accepted_at, 1, case when state = 'acknowledged' then accepted_at + interval '10 minutes' end,
     case when state in ('acknowledged', 'failed') then accepted_at + interval '12 minutes' end, business
     from sent`,
  `insert into deadline (delivery_id, kind, document_id, sender, receiver, arrived_at, state, calendar_revision, hours,
     clock, counted_from, due_at, missed_at, missed_transport)
   select delivery_id, kind, id, sender, receiver, accepted_at, 'missed', 1, 'office', 'working', accepted_at,
     accepted_at + interval '2 days', accepted_at + interval '2 days', 'available'
     from sent cross join unnest(array['fetch', 'acknowledge']) as kind
    where ${late}`,
  `insert into document_event (document_id, delivery_id, at, what)
   select id, case when what <> 'accepted' then delivery_id end, accepted_at + after, what
     from sent cross join (values ('accepted', interval '0'), ('fetched', interval '10 minutes'),
                                  ('acknowledged', interval '12 minutes')) as step(what, after)
    where $end - accepted_at < interval '1 day' and (what = 'accepted' or state = 'acknowledged')
      and accepted_at + after <= $end`,
  `insert into document_shelf (no, from_at, documents)
   select shelf, case when shelf > 0 then min(accepted_at) else '-infinity' end, count(*) from made group by shelf
       on conflict (no) do update set documents = excluded.documents`,
  `create temporary table marked as
   select id, array_agg(distinct mark) as marks
     from sent cross join lateral unnest(array[case when state <> 'acknowledged' then 't:' || state end,
                                               case when business <> '06' then 'b:' || business end,
                                               case when ${late} then 'late' end]) as mark
    where mark is not null and (state <> 'acknowledged' or business <> '06')
    group by id`,
  `insert into document_search (document_id, accepted_at, sender, receivers, issued_on, marks, keys)
   select id, accepted_at, sender, receivers, issued_on,
     string_to_array('a:' || sender || '|a:' || array_to_string(receivers, '|a:'), '|') || marked.marks, ${keys}
     from made left join marked using (id)
    order by i`,
  `insert into document_mark (mark, accepted_at, document_id)
   select mark, accepted_at, document_id from document_search cross join unnest(marks) as mark
    where document_id between lpad(to_hex($from), 24, '0') and lpad(to_hex($to), 24, '0') order by mark, accepted_at`,
  'drop table made, sent, marked',
]

/** Made at the end, when that is much faster. */
const lateIndexes = ['document_search_keys', 'document_list'] as const

/** Read by intake and by mailboxes alone: no search would use them, and they would be half of the work. */
const leaveOut = `
alter table document drop constraint document_once;
drop index document_new_once, document_bytes, delivery_history, deadline_next, deadline_reckoning`

/** Connections that write at the same time. */
const writers = 3

/** Fills an empty database with documents of three years, by SQL alone. Foreign keys are not looked at meanwhile. */
export async function writeArchive(database: Database, documents: number, log: (line: string) => void): Promise<void> {
  await database.query("insert into system (id, name) values ('bench', 'bench')")
  await writeAgencies(database)
  await database.query(leaveOut)
  const makeIndexes = await dropIndexes(database)
  const slices = slicesOf(documents)
  const end = new Date().toISOString()
  await Promise.all(
    Array.from({ length: writers }, () =>
      withSettings(database, async sql => {
        // Shared: each takes the next.
        for (const slice of slices) {
          await writeSlice(sql, { ...slice, $all: `${documents}`, $end: `timestamptz '${end}'` })
          log(`${slice.$to} documents written`)
        }
      }),
    ),
  )
  await withSettings(database, async sql => {
    for (const statement of makeIndexes) await sql.query(statement)
    log('indexes made')
    await sql.query(
      'vacuum (analyze) document, document_receiver, delivery, deadline, document_event, document_search, document_mark',
    )
  })
}

function* slicesOf(documents: number): Generator<{ readonly $from: string; readonly $to: string }> {
  for (let from = 1; from <= documents; from += step) {
    yield { $from: `${from}`, $to: `${Math.min(from + step - 1, documents)}` }
  }
}

/** Parameters would be named only; a temporary table takes none. */
async function writeSlice(sql: Sql, values: Readonly<Record<string, string>>): Promise<void> {
  for (const statement of statements) {
    await sql.query(statement.replace(/\$(from|to|all|end)\b/g, name => values[name] ?? name))
  }
}

const settings = `
set session_replication_role = replica; set synchronous_commit = off; set work_mem = '128MB'; set temp_buffers = '128MB';
set maintenance_work_mem = '2GB'`

async function withSettings(database: Database, work: (sql: Sql) => Promise<void>): Promise<void> {
  const connection = await database.pool.connect()
  try {
    await connection.query(settings)
    await work(connection)
  } finally {
    connection.release(true)
  }
}

/** @returns what makes them again */
async function dropIndexes(sql: Sql): Promise<string[]> {
  const { rows } = await sql.query<{ definition: string }>(
    'select pg_get_indexdef(name::regclass) as definition from unnest($1::text[]) as name',
    [lateIndexes],
  )
  await sql.query(`drop index ${lateIndexes.join(', ')}`)
  return rows.map(row => row.definition)
}
