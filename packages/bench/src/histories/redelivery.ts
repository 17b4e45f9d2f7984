import type { HistoriesHub } from './hub.ts'
import { caller } from './office.ts'

/** Has the handlers see again what they have seen. */
export interface Redelivery {
  /** Every event about these packets and deliveries that is still on the log, once more. */
  again(subjects: readonly string[]): Promise<void>
}

/** An operator replays dead letters; here each event is made one first, as if a handler had given it up. */
export function openRedelivery(hub: HistoriesHub): Redelivery {
  const call = caller(hub, hub.operatorToken)
  return {
    async again(subjects) {
      const { rows } = await hub.database.query<{ id: string }>(deadLettersSql, [subjects])
      for (const { id } of rows) {
        const { status, text } = await call('POST', `/admin/dead-letters/${id}/replay`, {})
        if (status !== 202) throw new Error(`the replay of a dead letter was answered ${status}: ${text}`)
      }
    },
  }
}

/** Events older than this many are somebody else's. */
const recent = 20_000

const deadLettersSql = `
insert into dead_letter (id, group_name, topic, key, event_id, event, code, reason, attempts)
select encode(substring(sha256(gen_random_uuid()::text::bytea) from 1 for 12), 'hex'), 'histories', topic, key,
       gen_random_uuid()::text, event, 'HISTORIES', 'histories', 1
  from outbox
 where id > (select max(id) - ${recent} from outbox) and event ->> 'subject' = any($1)
returning id`
