import type { Topic } from '@docaxis/events'
import type { Sql } from '../database.ts'

export interface KafkaClaim {
  readonly group: string
  readonly topic: Topic
  readonly partition: number
  /** Offset of the first event in hand. */
  readonly headOffset: bigint
  /** How many events the batch holds. */
  readonly available: number
}

/**
 * Counts a try before the work is done, so that an event that kills its process is counted too. A claim on the same
 * offset that never came back is halved until the event that ends its readers stands alone.
 *
 * @returns how many events to take now, and the tries of the first one when it stands alone, counting this one
 */
export async function openKafkaClaim(sql: Sql, claim: KafkaClaim): Promise<{ take: number; attempts: number }> {
  const { rows } = await sql.query<{ take: number; attempts: number }>({
    name: 'kafka_claim_open',
    text: `
      insert into kafka_claim as held (group_name, topic, partition, head_offset, in_hand, attempts)
      values ($1, $2, $3, $4, $5, case when $5 = 1 then 1 else 0 end)
      on conflict (group_name, topic, partition) do update
         set head_offset = excluded.head_offset,
             in_hand = case when held.head_offset <> excluded.head_offset then excluded.in_hand
                            when held.attempts > 0 then 1
                            when held.in_hand > 1 then least(held.in_hand / 2, excluded.in_hand)
                            else excluded.in_hand end,
             attempts = case when held.head_offset <> excluded.head_offset then excluded.attempts
                             when held.attempts > 0 then held.attempts + 1
                             when least(held.in_hand / 2, excluded.in_hand) = 1 and held.in_hand > 1 then 1
                             else excluded.attempts end
      returning in_hand as take, attempts`,
    values: [claim.group, claim.topic, claim.partition, claim.headOffset, claim.available],
  })
  return rows[0] ?? { take: claim.available, attempts: 0 }
}

/** The claim came back without progress: `attempts` tries of the event at `headOffset` are to its own account. */
export async function closeKafkaClaim(sql: Sql, claim: Omit<KafkaClaim, 'available'>, attempts: number): Promise<void> {
  await sql.query(
    `update kafka_claim set head_offset = $4, in_hand = 0, attempts = $5
      where group_name = $1 and topic = $2 and partition = $3`,
    [claim.group, claim.topic, claim.partition, claim.headOffset, attempts],
  )
}
