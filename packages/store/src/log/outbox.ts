import { hash } from 'node:crypto'
import type { HubEvent, Publication, Topic } from '@docaxis/events'
import type { Sql, Tx } from '../database.ts'

/** Partitions of every topic unless the first start said otherwise. */
export const defaultPartitions = 4

/** A row of the log. */
export interface PositionedEvent {
  readonly position: bigint
  readonly topic: Topic
  readonly key: string
  readonly partition: number
  readonly event: HubEvent
}

/** 31 bits of SHA-256 over the UTF-8 key: the same on every machine, in every version, and never negative. */
export function keyHash(key: string): number {
  return hash('sha256', key, 'buffer').readUInt32BE(0) >>> 1
}

/** The partition that keeps the order of `key`. Kafka and the PostgreSQL adapter cut the same way. */
export function partitionOf(key: string, partitions: number): number {
  return keyHash(key) % partitions
}

/** More events than this go into several batches, so that the sequencer takes no more than it can place at once. */
const batchSize = 1_000

/**
 * Tells the log what this transaction changes: the events are seen by consumers when, and only when, it commits.
 * Outside a handler, call `bus.nudge()` after the commit to be read at once.
 */
export async function appendOutbox(tx: Tx, publications: readonly Publication[]): Promise<void> {
  const events = publications.map(({ topic, key, event }) => ({ topic, key, hash: keyHash(key), event }))
  for (let from = 0; from < events.length; from += batchSize) {
    const batch = events.slice(from, from + batchSize)
    await tx.query({
      name: 'outbox_append',
      text: 'insert into outbox_batch (size, events) values ($1, $2)',
      values: [batch.length, JSON.stringify(batch)],
    })
  }
}

/**
 * Fixes the number of partitions at the first start and reads it from then on. Changing it would move keys to other
 * partitions in the middle of their order.
 *
 * @param wanted the configured number; undefined takes what is stored, or the default
 * @throws Error when `wanted` differs from what the log was cut with
 */
export async function settlePartitions(tx: Tx, wanted: number | undefined): Promise<number> {
  if (wanted !== undefined && !(Number.isInteger(wanted) && wanted >= 1 && wanted <= 1_000)) {
    throw new Error(`partitions must be a whole number from 1 to 1000, not ${wanted}`)
  }
  // Rows placed before the first start were cut with the default.
  await tx.query(
    `insert into hub_setting (name, value)
     select 'bus.partitions', to_jsonb(case when exists (select from outbox) then ${defaultPartitions} else $1::integer end)
     on conflict (name) do nothing`,
    [wanted ?? defaultPartitions],
  )
  const { rows } = await tx.query<{ partitions: number }>(
    `select (value #>> '{}')::integer as partitions from hub_setting where name = 'bus.partitions'`,
  )
  const settled = rows[0]?.partitions ?? defaultPartitions
  if (wanted !== undefined && wanted !== settled) {
    throw new Error(`the event log is cut into ${settled} partitions per topic, the configuration says ${wanted}`)
  }
  return settled
}

/** Any constant would do; stands for "docaxis relay". */
const relayLock = 7_301_002

/** The sequencer tells it, so that consumers of other processes wake. */
export const outboxChannel = 'docaxis_outbox'

/**
 * Makes rows of committed batches, in the order of their ids, with positions without gaps. A number taken inside the
 * writing transaction would not do: a later number can commit first, and a reader by number would never see the earlier row.
 *
 * @param limit of rows; the last batch is taken whole
 * @returns how many rows were placed, or undefined when another process is placing rows right now
 */
export async function assignPositions(sql: Sql, limit: number): Promise<number | undefined> {
  const { rows } = await sql.query<{ placed: number | null }>({
    name: 'outbox_assign',
    text: 'select assign_outbox_positions($1) as placed',
    values: [limit],
  })
  return rows[0]?.placed ?? undefined
}

interface OutboxRow extends Omit<PositionedEvent, 'position'> {
  readonly position: string
}

function toPositioned(row: OutboxRow): PositionedEvent {
  return { ...row, position: BigInt(row.position) }
}

/** Positioned rows of one partition after `after`, in order. */
export async function readPartition(
  sql: Sql,
  topic: Topic,
  partition: number,
  after: bigint,
  limit: number,
): Promise<PositionedEvent[]> {
  const { rows } = await sql.query<OutboxRow>(
    `select position, topic, key, partition, event from outbox
      where topic = $1 and partition = $2 and position > $3 order by position limit $4`,
    [topic, partition, after, limit],
  )
  return rows.map(toPositioned)
}

/** A row for Kafka. The relay looks at no event: each goes on as the JSON that PostgreSQL keeps. */
export interface UnrelayedEvent extends Omit<PositionedEvent, 'event'> {
  readonly json: string
}

interface UnrelayedRow extends Omit<UnrelayedEvent, 'position'> {
  readonly position: string
}

/**
 * The next rows that are not on Kafka yet. Holds the relay's lock until the transaction ends, so that one process at
 * a time publishes; one that froze is cut off by the server and its mark is refused with its connection.
 *
 * @returns undefined when another process is relaying
 */
export async function readUnrelayed(tx: Tx, limit: number): Promise<UnrelayedEvent[] | undefined> {
  const lock = await tx.query<{ held: boolean }>('select pg_try_advisory_xact_lock($1) as held', [relayLock])
  if (lock.rows[0]?.held !== true) return undefined
  const { rows } = await tx.query<UnrelayedRow>({
    name: 'outbox_unrelayed',
    text: `select position, topic, key, partition, event::text as json from outbox
            where position > (select relayed from outbox_sequence) order by position limit $1`,
    values: [limit],
  })
  return rows.map(row => ({ ...row, position: BigInt(row.position) }))
}

/** Everything up to `position` was acknowledged by Kafka. */
export async function markRelayed(tx: Tx, position: bigint): Promise<void> {
  await tx.query('update outbox_sequence set relayed = greatest(relayed, $1)', [position])
}

/**
 * Deletes rows older than `keepSeconds` that everybody has read: all groups in PostgreSQL, or the relay to Kafka.
 *
 * @returns how many went, at most `limit`
 */
export async function purgeOutbox(
  sql: Sql,
  options: { readonly reader: 'groups' | 'relay'; readonly keepSeconds: number; readonly limit: number },
): Promise<number> {
  const readByAll =
    options.reader === 'relay'
      ? 'outbox.position <= (select relayed from outbox_sequence)'
      : `not exists (select from bus_cursor as cursor where cursor.topic = outbox.topic
                        and cursor.partition = outbox.partition and cursor.position < outbox.position)`
  const { rowCount } = await sql.query(
    `delete from outbox where position in (
       select position from outbox
        where position is not null and created_at < now() - make_interval(secs => $1) and ${readByAll}
        order by position limit $2)`,
    [options.keepSeconds, options.limit],
  )
  return rowCount ?? 0
}

/** Whether positioned rows wait for the relay: a cheap look that spares an idle process its transactions. */
export async function hasUnrelayed(sql: Sql): Promise<boolean> {
  const { rows } = await sql.query<{ waiting: boolean }>({
    name: 'outbox_unrelayed_any',
    text: 'select exists (select from outbox_sequence where last_position > relayed) as waiting',
  })
  return rows[0]?.waiting === true
}

/** Events not yet on Kafka, counting those without a position. */
export async function countUnrelayed(sql: Sql): Promise<number> {
  const { rows } = await sql.query<{ backlog: string }>(
    `select (select coalesce(sum(size), 0) from outbox_batch) + last_position - relayed as backlog from outbox_sequence`,
  )
  return Number(rows[0]?.backlog ?? 0)
}
