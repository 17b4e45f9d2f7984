import type { Sql } from '../database.ts'
import { type SessionLimits, sessionLimits, tokenIdOf } from './session.ts'

const liveSql = `
select encode(account_session.token_sha256, 'hex') as id
  from account_session
  join account on account.id = account_session.account_id
 where account_session.token_sha256 in (select decode(id, 'hex') from unnest($1::text[]) as id)
   and account_session.ended_at is null
   and account_session.ends_at > now()
   and account_session.seen_at > now() - $2 * interval '1 millisecond'
   and account.disabled_at is null`

/** Those of these sessions that are not over. Looking is no visit: it keeps none of them alive. */
export async function liveSessions(
  sql: Sql,
  tokens: readonly string[],
  limits: SessionLimits = sessionLimits,
): Promise<ReadonlySet<string>> {
  const byId = new Map(tokens.map(token => [tokenIdOf(token), token]))
  const { rows } = await sql.query<{ id: string }>(liveSql, [[...byId.keys()], limits.idleMs])
  return new Set(rows.flatMap(({ id }) => byId.get(id) ?? []))
}
