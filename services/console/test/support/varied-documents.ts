import type { Level } from '@docaxis/events'
import {
  acknowledgeDeliveries,
  type Database,
  insertDeliveries,
  markAllFetched,
  newHubId,
  receiversToRoute,
  redirectDeliveries,
  releaseDeliveries,
  type Tx,
  takeUnrouted,
} from '@docaxis/store'
import { acceptDocuments, type DocumentWish } from '@docaxis/testkit'

/** What a test makes of a delivery, by what it needs to have become before. */
const becoming = {
  // Young, however long the test takes: what is two minutes old is stuck.
  routed: ["update delivery set routed_at = now() + interval '1 hour' where id = any($1)"],
  stuck: ["update delivery set routed_at = now() - interval '1 hour' where id = any($1)"],
  held: hold('attachment-check', '1 hour'),
  'held-lately': hold('attachment-check', '-1 hour'),
  'held-twice': [...hold('attachment-check', '1 hour'), ...hold('certificate-revoked', '2 hours')],
  waiting: ['release'],
  'not-fetched': ['release', miss('acknowledge'), miss('fetch')],
  fetched: ['release', 'fetch'],
  late: ['release', 'fetch', miss('finish')],
  stored: ['release', 'fetch', 'acknowledge'],
  refused: ['release', 'fetch', 'acknowledge', refuse('2 hours'), refuse('1 hour')],
  'refused-long-ago': ['release', 'fetch', 'acknowledge', refuse('2 days')],
  failed: ['release', fail('1 hour')],
  'failed-unseen': [fail('1 hour')],
  'failed-long-ago': ['release', fail('2 days')],
  withdrawn: [
    'release',
    "update delivery set state = 'withdrawn', due_at = null, closed_at = now() where id = any($1)",
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** What is taken before anything is written by hand. */
const firstSteps = ['release', 'fetch', 'acknowledge']

type Stand = keyof typeof becoming
const stands = Object.keys(becoming) as Stand[]

function hold(reason: string, since: string): readonly string[] {
  return [
    "update delivery set state = 'held' where id = any($1)",
    `insert into delivery_hold select unnest($1::text[]), '${reason}', now() - interval '${since}'`,
  ]
}

function miss(kind: string): string {
  return `
insert into deadline (delivery_id, kind, document_id, sender, receiver, arrived_at, state, calendar_revision, hours, clock,
                      counted_from, due_at, missed_at, missed_transport)
select delivery.id, '${kind}', document.id, document.sender, delivery.receiver, now() - interval '2 days', 'missed', 1, '',
       'working', now() - interval '2 days', now() - interval '1 day', now(), 'available'
  from delivery join document on document.id = delivery.document_id
 where delivery.id = any($1)
    on conflict (delivery_id, kind) do update
   set state = 'missed', calendar_revision = 1, hours = '', clock = 'working', counted_from = excluded.counted_from,
       due_at = excluded.due_at, missed_at = now(), missed_transport = 'available'`
}

function refuse(before: string): string {
  return `
with report as (
  insert into business_report (delivery_id, code, reporter, system_id, via, received_at)
  select unnest($1::text[]), '02', 'H99', 'g99', 'json', now() - interval '${before}'
)
update delivery set business = '02' where id = any($1)`
}

function fail(before: string): string {
  return `
update delivery set state = 'failed', fail_reason = 'T', due_at = null, closed_at = now() - interval '${before}'
 where id = any($1)`
}

const receivers = [
  { code: 'H99.05', level: 'commune' },
  { code: 'H99', level: 'province' },
  { code: 'K01', level: 'commune' },
  { code: 'G98', level: 'central' },
  { code: 'H99.06', level: 'commune' },
] as const
const senders = ['G99', 'H99', 'H98'] as const

/** More than a page of the list holds. */
const manyAlike = 55

interface Packet extends DocumentWish {
  /** Of each delivery; those of a packet without are not made yet. */
  readonly becomes: readonly Stand[]
  readonly older?: boolean
}

/**
 * Documents of every level, to three receivers each, at which they stand otherwise: each stand once for every sender. Every
 * fourth was accepted three hours ago. Some are not routed yet, some went on to another agency, and some are status messages.
 */
export async function varyDocuments(database: Database): Promise<void> {
  const packets = [...manyStands(), ...alike(), ...statusMessages, ...ofDistrict, ...unrouted]
  const ids = await acceptDocuments(database, packets)
  const byId = new Map(packets.map((packet, place) => [ids[place] ?? '', packet]))
  const older = ids.filter(id => byId.get(id)?.older)
  await database.transaction(async tx => {
    await route(tx, byId)
    for (const sql of olderSql) await tx.query(sql, [older])
    const successor = new Map([['H98.32', { to: 'K01', level: 'commune' }]] as const)
    await redirectDeliveries(tx, successor, { actor: 'system:test' })
  })
}

function manyStands(): Packet[] {
  return senders.flatMap((sender, turn) => {
    const others = receivers.filter(({ code }) => code !== sender)
    return stands.map((_stand, place) => ({
      sender,
      receivers: three(others, place).map(rowOf),
      becomes: [0, 3, 7].map(step => stands[(place + step) % stands.length] ?? 'routed'),
      older: (place + turn) % 4 === 3,
    }))
  })
}

function three<Row>(rows: readonly Row[], from: number): readonly Row[] {
  return [...rows, ...rows, ...rows].slice(from % rows.length).slice(0, 3)
}

const rowOf = ({ code, level }: { readonly code: string; readonly level: Level }) => ({
  ...{ written: code, resolved: code, level, name: code },
})

function alike(): Packet[] {
  return Array.from({ length: manyAlike }, () => ({ receivers: ['H99.05'], becomes: ['waiting'] }))
}

const statusMessages: readonly Packet[] = (['failed', 'stuck', 'stored'] as const).map(stand => ({
  kind: 'status',
  receivers: ['H99.05'],
  becomes: [stand],
}))

/** What waited for a district goes to a commune. */
const ofDistrict: readonly Packet[] = (['waiting', 'fetched', 'stored', 'not-fetched'] as const).map(stand => ({
  sender: 'H99',
  receivers: [rowOf({ code: 'H98.32', level: 'district' })],
  becomes: [stand],
}))

/** One is stuck, one has only just come. */
const unrouted: readonly Packet[] = [true, false].map(older => ({
  sender: 'H98',
  receivers: ['H99.05', { written: 'nobody', fault: 'M.MessageHeader.To.NotConnected' }],
  becomes: [],
  older,
}))

async function route(tx: Tx, packets: ReadonlyMap<string, Packet>): Promise<void> {
  const ids = [...packets].filter(([, { becomes }]) => becomes.length > 0).map(([id]) => id)
  const { routable } = await receiversToRoute(tx, ids)
  const deliveries = routable.map(({ documentId, receiver, written, level }) => {
    const { kind = 'document' } = packets.get(documentId) ?? {}
    return { id: newHubId(), documentId, kind, receiver, receiverWritten: written, level, priority: 0 }
  })
  await insertDeliveries(tx, deliveries)
  await takeUnrouted(tx, ids)
  const steps = new Map<string, string[]>([...firstSteps, ...Object.values(becoming).flat()].map(step => [step, []]))
  for (const [document, rows] of Map.groupBy(deliveries, ({ documentId }) => documentId)) {
    for (const [place, { id }] of rows.entries()) {
      const stand = packets.get(document)?.becomes[place] ?? 'routed'
      for (const step of becoming[stand]) steps.get(step)?.push(id)
    }
  }
  for (const [step, taken] of steps) await take(tx, step, taken)
}

const who = { agencies: [...receivers.map(({ code }) => code), 'H98.32'], systemId: 'g99' }

async function take(tx: Tx, step: string, ids: readonly string[]): Promise<void> {
  if (step === 'release') await releaseDeliveries(tx, ids)
  else if (step === 'fetch') await markAllFetched(tx, { ...who, deliveryIds: ids, leaseMs: 60_000 })
  else if (step === 'acknowledge') await acknowledgeDeliveries(tx, { ...who, ids })
  else await tx.query(step, [ids])
}

const before = "- interval '3 hours'"

/** As if all that these came to had happened three hours before. */
const olderSql = [
  `update document set accepted_at = accepted_at ${before} where id = any($1)`,
  `update unrouted
      set accepted_at = accepted_at + case when document_id = any($1) then interval '-3 hours' else interval '1 hour' end`,
  `update document_event set at = at ${before} where document_id = any($1)`,
  `update delivery
      set accepted_at = accepted_at ${before}, first_fetched_at = first_fetched_at ${before},
          closed_at = closed_at ${before}
    where document_id = any($1)`,
]
