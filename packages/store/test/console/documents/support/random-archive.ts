import type { Level } from '@docaxis/events'
import type { Sql } from '../../../../src/index.ts'

export type Random = () => number

/** Numbers in [0, 1) that a seed repeats (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

export function pick<T>(random: Random, values: readonly T[]): T {
  return values[Math.floor(random() * values.length)] as T
}

export interface MadeAgency {
  readonly code: string
  readonly level: Level
  readonly parent?: string
  readonly locality: string
  readonly groups: readonly string[]
}

/** Two provinces with communes, ministries, and agencies all over the country that only a group holds together. */
export const agencies: readonly MadeAgency[] = [
  ...['G01', 'G02'].map(code => ({ code, level: 'central' as const, locality: '01', groups: [] })),
  ...['H01', 'H02'].flatMap(code => [
    { code, level: 'province' as const, locality: code, groups: [] },
    ...['001', '002', '003'].map(number => ({
      code: `${code}.${number}`,
      level: 'commune' as const,
      parent: code,
      locality: code,
      groups: number === '001' ? ['firsts'] : [],
    })),
  ]),
  // By the directory's tree below H02, by its code not.
  { code: 'X07', level: 'commune', parent: 'H02', locality: 'X', groups: [] },
  ...Array.from({ length: 24 }, (_, index) => ({
    code: `Q${10 + index}`,
    level: 'district' as const,
    locality: 'Q',
    groups: ['scattered'],
  })),
]

export const words = ['bao', 'lut', 'lương', 'họp', 'kế', 'hoạch', 'đất', 'rừng'] as const
export const typeNames = ['Công văn', 'Quyết định'] as const
export const transportStates = [
  'routed',
  'held',
  'available',
  'fetched',
  'acknowledged',
  'failed',
  'withdrawn',
] as const
export const businessStates = [null, '02', '03', '06'] as const
export const firstDay = Date.UTC(2026, 0, 1)
export const dayMs = 86_400_000

export interface MadeDelivery {
  readonly receiver: string
  readonly level: Level
  readonly state: (typeof transportStates)[number]
  readonly business: (typeof businessStates)[number]
  readonly available: boolean
  readonly fetches: number
  readonly late: boolean
}

export interface MadeDocument {
  readonly id: string
  readonly sender: string
  readonly subject: string
  readonly number: string
  readonly typeName: string
  readonly priority: number
  readonly issuedOn: string
  readonly acceptedAt: Date
  readonly internal: boolean
  readonly deliveries: readonly MadeDelivery[]
}

/** One a quarter of a day, so that no two were accepted at the same moment. */
export function randomDocument(random: Random, index: number): MadeDocument {
  const acceptedAt = new Date(firstDay + (index * dayMs) / 4)
  const receivers = new Set(Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(random, agencies)))
  return {
    id: index.toString(16).padStart(24, '0'),
    sender: pick(random, agencies.slice(0, 12)).code,
    subject: Array.from({ length: 3 }, () => pick(random, words)).join(' '),
    number: `${1 + Math.floor(random() * 30)}`,
    typeName: pick(random, typeNames),
    priority: random() < 0.2 ? 3 : 0,
    issuedOn: dayOf(acceptedAt.getTime() - Math.floor(random() * 90) * dayMs),
    acceptedAt,
    internal: random() < 0.1,
    deliveries: [...receivers].map(agency => randomDelivery(random, agency)),
  }
}

export const dayOf = (moment: number): string => new Date(moment).toISOString().slice(0, 10)

function randomDelivery(random: Random, { code, level }: MadeAgency): MadeDelivery {
  const state = random() < 0.5 ? 'acknowledged' : pick(random, transportStates)
  const waiting = state === 'routed' || state === 'held'
  return {
    receiver: code,
    level,
    state,
    business: waiting ? null : pick(random, businessStates),
    available: !waiting && (state !== 'failed' || random() < 0.5),
    fetches: state === 'withdrawn' && random() < 0.5 ? 0 : 1,
    late: (state === 'available' || state === 'fetched') && random() < 0.4,
  }
}

export async function writeDirectory(sql: Sql): Promise<void> {
  await sql.query(
    `insert into agency (code, name, kind, level, parent, locality, groups, search)
     select code, code, 'agency', level, parent, locality, groups, lower(code)
       from jsonb_to_recordset($1) as made(code text, level text, parent text, locality text, groups text[])`,
    [JSON.stringify(agencies)],
  )
  await sql.query("insert into system (id, name) values ('made', 'made'), ('two', 'two')")
  await sql.query("insert into system_agency (system_id, agency_code) values ('two', 'H01.002'), ('two', 'Q10')")
}

const writeSql = `
with made as materialized (
  select made.*, delivery.*, made.id || '' as document, ordinality as position
    from jsonb_to_recordset($1) as made(id text, sender text, subject text, number text, "typeName" text,
           priority smallint, "issuedOn" date, "acceptedAt" timestamptz, internal boolean, deliveries jsonb)
   cross join lateral rows from (jsonb_to_recordset(made.deliveries) as (receiver text, level text, state text,
           business text, available boolean, fetches integer, late boolean)) with ordinality as delivery
), written as (
  insert into document (id, kind, system_id, sender, sender_written, document_id, action, sha256, size_bytes,
    header_digest, attachments_digest, priority, subject, code_number, code_notation, type_name, issued_on, envelope,
    verdict, profile, signature_policy, accepted_at)
  select distinct on (document) document, 'document', 'made', sender, sender, '000.' || document, 'new',
    sha256(document::bytea), 1, 'h', 'a', priority, subject, number, 'UB-VP', "typeName", "issuedOn",
    jsonb_build_object('scope', case when internal then 'Lưu hành nội bộ' end), '{}', 'strict', 'record', "acceptedAt"
    from made
), asked as (
  insert into document_receiver (document_id, position, written, resolved, level)
  select document, position, receiver, receiver, level from made
), sent as (
  insert into delivery (id, document_id, kind, receiver, receiver_written, level, priority, state, accepted_at,
    available_at, due_at, fetches, business)
  select overlay(document placing lpad(to_hex(position), 2, '0') from 1), document, 'document', receiver, receiver, level,
    priority, state, "acceptedAt", case when available then "acceptedAt" end, "acceptedAt", fetches, business
    from made
), owed as (
  insert into deadline (delivery_id, kind, document_id, sender, receiver, arrived_at, state, calendar_revision, hours,
    clock, counted_from, due_at, missed_at, missed_transport)
  select overlay(document placing lpad(to_hex(position), 2, '0') from 1), 'fetch', document, sender, receiver,
    "acceptedAt", 'missed', 1, 'h', 'working', "acceptedAt", "acceptedAt", "acceptedAt", 'available'
    from made where late
)
insert into document_event (document_id, what) select distinct document, 'routed' from made`

export async function writeDocuments(sql: Sql, documents: readonly MadeDocument[]): Promise<void> {
  await sql.query(writeSql, [JSON.stringify(documents)])
}

/** The same documents, a third of them with other things known of each of their receivers. */
export function livedOn(random: Random, documents: readonly MadeDocument[]): MadeDocument[] {
  return documents.map(document => {
    if (random() < 0.67) return document
    const deliveries = document.deliveries.map(({ receiver: code, level }) =>
      randomDelivery(random, { code, level, locality: '', groups: [] }),
    )
    return { ...document, deliveries }
  })
}

const changeSql = `
with made as materialized (
  select delivery.*, made.id as document, made.sender, ordinality as position
    from jsonb_to_recordset($1) as made(id text, sender text, deliveries jsonb)
   cross join lateral rows from (jsonb_to_recordset(made.deliveries) as (receiver text, state text, business text,
           available boolean, fetches integer, late boolean)) with ordinality as delivery
), moved as (
  update delivery
     set state = made.state, business = made.business, fetches = made.fetches,
         available_at = case when made.available then delivery.accepted_at end
    from made
   where delivery.document_id = made.document and delivery.receiver = made.receiver
  returning delivery.id, delivery.document_id, made.sender, delivery.receiver, delivery.accepted_at, made.late
), met as (
  update deadline set state = 'met', ended_at = now() from moved where deadline.delivery_id = moved.id and not moved.late
), missed as (
  insert into deadline (delivery_id, kind, document_id, sender, receiver, arrived_at, state, calendar_revision, hours,
    clock, counted_from, due_at, missed_at, missed_transport)
  select id, 'fetch', document_id, sender, receiver, accepted_at, 'missed', 1, 'h', 'working', accepted_at, accepted_at,
    accepted_at, 'available'
    from moved where late
      on conflict (delivery_id, kind) do update set state = 'missed', ended_at = null
)
insert into document_event (document_id, what) select distinct document, 'fetched' from made`

/** Writes what has become of the deliveries of these documents, and that something has. */
export async function writeChanges(sql: Sql, documents: readonly MadeDocument[]): Promise<void> {
  await sql.query(changeSql, [JSON.stringify(documents)])
}
