import { randomBytes } from 'node:crypto'
import { type HubEvent, type Publication, publication, type Topic } from '@docaxis/events'
import type { Sql, Tx } from '../database.ts'
import { appendOutbox } from './outbox.ts'

export interface DeadLetter {
  readonly id: string
  readonly group: string
  readonly topic: Topic
  readonly key: string
  readonly event: HubEvent
  /** Code of the HubError that ended it; `UNEXPECTED` for a bug, `PROCESS_DIED` where no try came back. */
  readonly code: string
  readonly reason: string
  readonly attempts: number
  readonly at: Date
  readonly replayedAt: Date | undefined
}

export type NewDeadLetter = Omit<DeadLetter, 'id' | 'at' | 'replayedAt'>

/**
 * Keeps an event that its group gave up, and says so on `docaxis.dead-letter`. The same event of the same group has
 * one row: giving it up again after a replay renews it.
 */
export async function insertDeadLetter(tx: Tx, letter: NewDeadLetter): Promise<void> {
  const { rows } = await tx.query<{ id: string; at: Date }>(
    `insert into dead_letter (id, group_name, topic, key, event_id, event, code, reason, attempts)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (group_name, event_id) do update
        set code = excluded.code, reason = excluded.reason, attempts = excluded.attempts,
            at = clock_timestamp(), replayed_at = null
     returning id, at`,
    [
      randomBytes(12).toString('hex'),
      letter.group,
      letter.topic,
      letter.key,
      letter.event.id,
      JSON.stringify(letter.event),
      letter.code,
      letter.reason,
      letter.attempts,
    ],
  )
  for (const { id, at } of rows) await appendOutbox(tx, [deadLettered(letter, id, at)])
}

function deadLettered(letter: NewDeadLetter, id: string, at: Date): Publication<'docaxis.dead-letter'> {
  const { group, topic, code } = letter
  return publication({
    topic: 'docaxis.dead-letter',
    key: group,
    id: `${id}:${at.getTime()}`,
    subject: letter.event.id,
    time: at,
    data: { deadLetterId: id, group, topic, eventId: letter.event.id, code },
  })
}

interface DeadLetterRow {
  id: string
  group_name: string
  topic: Topic
  key: string
  event: HubEvent
  code: string
  reason: string
  attempts: number
  at: Date
  replayed_at: Date | null
}

const columns = 'id, group_name, topic, key, event, code, reason, attempts, at, replayed_at'

function toDeadLetter(row: DeadLetterRow): DeadLetter {
  const { group_name: group, replayed_at: replayedAt, ...same } = row
  return { ...same, group, replayedAt: replayedAt ?? undefined }
}

/** Newest first; those already replayed are left out unless asked for. */
export async function listDeadLetters(
  sql: Sql,
  options: { readonly limit: number; readonly includeReplayed?: boolean },
): Promise<DeadLetter[]> {
  const { rows } = await sql.query<DeadLetterRow>(
    `select ${columns} from dead_letter where replayed_at is null or $1 order by at desc, id desc limit $2`,
    [options.includeReplayed ?? false, options.limit],
  )
  return rows.map(toDeadLetter)
}

/**
 * Puts the event on its topic again, with the same event id: groups that handled it change nothing.
 *
 * @returns false when there is no such row, or it was replayed already
 */
export async function replayDeadLetter(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await tx.query<DeadLetterRow>(
    `update dead_letter set replayed_at = clock_timestamp() where id = $1 and replayed_at is null returning ${columns}`,
    [id],
  )
  await appendOutbox(
    tx,
    rows.map(({ topic, key, event }) => ({ topic, key, event })),
  )
  return rows.length > 0
}
