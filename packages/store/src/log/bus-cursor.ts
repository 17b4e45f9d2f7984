import type { HubEvent, Topic } from '@docaxis/events'
import type { Sql, Tx } from '../database.ts'

/** What one group reads of one topic, and how many events it takes at once. */
export interface WantedTopic {
  readonly group: string
  readonly topic: Topic
  readonly maxBatch: number
}

export interface CursorKey {
  readonly group: string
  readonly topic: Topic
  readonly partition: number
}

/** A partition in the hands of one owner until the lease ends or the fence moves on. */
export interface CursorLease extends CursorKey {
  readonly owner: string
  readonly fence: bigint
}

export interface ClaimedEvent {
  readonly position: bigint
  readonly key: string
  readonly event: HubEvent
}

export interface Claim extends CursorLease {
  /** Tries of the first event that were counted so far. */
  readonly attempts: number
  /** An earlier claim of these events failed or never came back: one of them may be the one that ends its readers. */
  readonly suspect: boolean
  /** At least one, in the order of their positions. */
  readonly events: readonly ClaimedEvent[]
}

/** The lease was lost to another owner: what was done in this transaction must not be committed. */
export class LeaseLostError extends Error {
  constructor(lease: CursorLease) {
    super(`lease ${lease.fence} on ${lease.group} ${lease.topic}/${lease.partition} was taken over by another process`)
    this.name = 'LeaseLostError'
  }
}

/** New groups read from the oldest row still there. */
export async function createCursors(sql: Sql, wanted: readonly WantedTopic[], partitions: number): Promise<void> {
  await sql.query(
    `insert into bus_cursor (group_name, topic, partition)
     select wanted.group_name, wanted.topic, partition
       from unnest($1::text[], $2::text[]) as wanted (group_name, topic), generate_series(0, $3::integer - 1) as partition
     on conflict do nothing`,
    [wanted.map(one => one.group), wanted.map(one => one.topic), partitions],
  )
}

interface ClaimRow {
  group_name: string
  topic: Topic
  partition: number
  fence: string
  attempts: number
  suspect: boolean
  position: string
  key: string
  event: HubEvent
}

/**
 * Leases up to `limit` partitions that have unread events, the least recently served first, and reads a batch of each,
 * all in one statement. A claim that never came back is halved until the event that ends its readers stands alone; its
 * tries are counted from then on (`countTry`).
 */
export async function claimCursors(
  sql: Sql,
  wanted: readonly WantedTopic[],
  options: { readonly owner: string; readonly leaseSeconds: number; readonly limit: number },
): Promise<Claim[]> {
  const { rows } = await sql.query<ClaimRow>({
    name: 'bus_cursor_claim',
    // A claim lost in a crash of the database is only made again, so it does not wait for the disk.
    text: `
      with unsynced as (
        select set_config('synchronous_commit', 'off', true)
      ), wanted as (
        select * from unnest($1::text[], $2::text[], $3::integer[]) as wanted (group_name, topic, max_batch)
      ), due as (
        select cursor.group_name, cursor.topic, cursor.partition, cursor.position as read,
               cursor.in_hand > 0 or cursor.attempts > 0 as suspect,
               case when cursor.in_hand > 1 then cursor.in_hand / 2
                    when cursor.in_hand = 1 or cursor.attempts > 0 then 1
                    else wanted.max_batch end as take
          from bus_cursor as cursor
          join wanted using (group_name, topic)
         where (cursor.lease_until is null or cursor.lease_until <= clock_timestamp())
           and exists (select from outbox where outbox.topic = cursor.topic and outbox.partition = cursor.partition
                                            and outbox.position > cursor.position)
         order by cursor.served_at nulls first
         limit $4 for update of cursor skip locked
      ), batch as (
        select due.group_name, due.topic, due.partition, due.suspect, row.position, row.key, row.event
          from due
         cross join lateral (select position, key, event from outbox
                              where outbox.topic = due.topic and outbox.partition = due.partition and position > due.read
                              order by position limit due.take) as row
      ), size as (
        select group_name, topic, partition, suspect, count(*)::integer as events from batch group by 1, 2, 3, 4
      ), claimed as (
        update bus_cursor as cursor
           set owner = $5, fence = fence + 1, lease_until = clock_timestamp() + make_interval(secs => $6),
               served_at = clock_timestamp(), in_hand = size.events
          from size
         where (cursor.group_name, cursor.topic, cursor.partition) = (size.group_name, size.topic, size.partition)
        returning cursor.group_name, cursor.topic, cursor.partition, cursor.fence, cursor.attempts
      )
      select group_name, topic, partition, fence, attempts, suspect, position, key, event
        from claimed join batch using (group_name, topic, partition) cross join unsynced
       order by group_name, topic, partition, position`,
    values: [
      wanted.map(one => one.group),
      wanted.map(one => one.topic),
      wanted.map(one => one.maxBatch),
      options.limit,
      options.owner,
      options.leaseSeconds,
    ],
  })
  return toClaims(rows, options.owner)
}

function toClaims(rows: readonly ClaimRow[], owner: string): Claim[] {
  const claims = new Map<string, Claim & { events: ClaimedEvent[] }>()
  for (const row of rows) {
    const { group_name: group, topic, partition, attempts, suspect } = row
    const name = `${group} ${topic} ${partition}`
    const fence = BigInt(row.fence)
    const claim = claims.get(name) ?? { group, topic, partition, owner, fence, attempts, suspect, events: [] }
    claim.events.push({ position: BigInt(row.position), key: row.key, event: row.event })
    claims.set(name, claim)
  }
  return [...claims.values()]
}

/**
 * Counts a try of the first event before the work is done: nobody may live to count it afterwards.
 *
 * @returns the tries so far, counting this one
 * @throws LeaseLostError when the fence has moved on
 */
export async function countTry(sql: Sql, lease: CursorLease): Promise<number> {
  const { rows } = await sql.query<{ attempts: number }>(
    `update bus_cursor set attempts = attempts + 1
      where group_name = $1 and topic = $2 and partition = $3 and owner = $4 and fence = $5
     returning attempts`,
    leaseValues(lease),
  )
  if (!rows[0]) throw new LeaseLostError(lease)
  return rows[0].attempts
}

/** How far a lease has come. */
export interface CursorAdvance {
  readonly lease: CursorLease
  readonly position: bigint
  /** Events of the claim still to be handled; with 0 the lease is given back. */
  readonly remaining: number
}

/**
 * Moves cursors in the transaction of the effect, so that effect and positions happen together or not at all.
 *
 * @throws LeaseLostError when a fence has moved on
 */
export async function advanceCursors(tx: Tx, advances: readonly CursorAdvance[]): Promise<void> {
  const { rows } = await tx.query<{ place: number }>({
    name: 'bus_cursor_advance',
    text: `update bus_cursor as cursor
              set position = done.position, in_hand = done.remaining, attempts = 0,
                  owner = case when done.remaining = 0 then null else cursor.owner end,
                  lease_until = case when done.remaining = 0 then null else cursor.lease_until end
             from unnest($1::text[], $2::text[], $3::integer[], $4::text[], $5::bigint[], $6::bigint[], $7::integer[])
                  with ordinality
                  as done (group_name, topic, partition, owner, fence, position, remaining, place)
            where cursor.group_name = done.group_name and cursor.topic = done.topic
              and cursor.partition = done.partition and cursor.owner = done.owner and cursor.fence = done.fence
           returning done.place::integer - 1 as place`,
    values: [
      advances.map(({ lease }) => lease.group),
      advances.map(({ lease }) => lease.topic),
      advances.map(({ lease }) => lease.partition),
      advances.map(({ lease }) => lease.owner),
      advances.map(({ lease }) => lease.fence),
      advances.map(({ position }) => position),
      advances.map(({ remaining }) => remaining),
    ],
  })
  const moved = new Set(rows.map(row => row.place))
  const lost = advances.find((_, place) => !moved.has(place))
  if (lost) throw new LeaseLostError(lost.lease)
}

/** Gives the partition back without progress; nobody takes it before `pauseMs` have passed. */
export async function pauseCursor(sql: Sql, lease: CursorLease, attempts: number, pauseMs: number): Promise<void> {
  await sql.query(
    `update bus_cursor
        set owner = null, in_hand = 0, attempts = $6, lease_until = clock_timestamp() + make_interval(secs => $7)
      where group_name = $1 and topic = $2 and partition = $3 and owner = $4 and fence = $5`,
    [...leaseValues(lease), attempts, pauseMs / 1_000],
  )
}

/** Keeps all leases of an owner; a process that froze does not, and loses them. */
export async function renewLeases(sql: Sql, owner: string, leaseSeconds: number): Promise<void> {
  await sql.query(
    `update bus_cursor set lease_until = clock_timestamp() + make_interval(secs => $2)
      where owner = $1 and lease_until > clock_timestamp()`,
    [owner, leaseSeconds],
  )
}

function leaseValues({ group, topic, partition, owner, fence }: CursorLease): unknown[] {
  return [group, topic, partition, owner, fence]
}

/** Events that groups have still to read, and those that have no position yet; counts up to `limit` of each cursor. */
export async function countUnread(sql: Sql, wanted: readonly WantedTopic[], limit: number): Promise<number> {
  const { rows } = await sql.query<{ backlog: string }>(
    `select (select coalesce(sum(size), 0) from outbox_batch) + coalesce(sum(unread.events), 0) as backlog
       from unnest($1::text[], $2::text[]) as wanted (group_name, topic)
       join bus_cursor as cursor using (group_name, topic)
      cross join lateral (select count(*) as events from (
              select from outbox where outbox.topic = cursor.topic and outbox.partition = cursor.partition
                                   and outbox.position > cursor.position limit $3) as counted) as unread`,
    [wanted.map(one => one.group), wanted.map(one => one.topic), limit],
  )
  return Number(rows[0]?.backlog ?? 0)
}
