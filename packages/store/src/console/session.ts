import { hash, randomBytes } from 'node:crypto'
import type { Sql } from '../database.ts'
import { type Account, type AccountRow, accountColumns, accountOf } from './account.ts'

export interface SessionLimits {
  /** After so long without a request a session is over. */
  readonly idleMs: number
  /** After so long it is over whatever the person does. */
  readonly absoluteMs: number
}

/** A working day, and a pause that is no more than lunch. */
export const sessionLimits: SessionLimits = { idleMs: 60 * 60_000, absoluteMs: 10 * 60 * 60_000 }

const beginSql = `
with signed_in as (
  update account set signed_in_at = now(), failed_tries = 0, locked_until = null where id = $2
)
insert into account_session (token_sha256, account_id, ends_at)
values (decode($1, 'hex'), $2, now() + $3 * interval '1 millisecond')`

/** @returns the token of the new session: 43 characters for the cookie, never stored */
export async function beginSession(sql: Sql, accountId: string, limits = sessionLimits): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await sql.query(beginSql, [tokenIdOf(token), accountId, limits.absoluteMs])
  return token
}

// Most requests of a burst write nothing: a session seen within the last minute is not marked again.
const findSql = `
with found as (
  select account_session.token_sha256, account_session.seen_at, ${accountColumns}
    from account_session
    join account on account.id = account_session.account_id
   where account_session.token_sha256 = decode($1, 'hex')
     and account_session.ended_at is null
     and account_session.ends_at > now()
     and account_session.seen_at > now() - $2 * interval '1 millisecond'
     and account.disabled_at is null
), seen as (
  update account_session
     set seen_at = now()
    from found
   where account_session.token_sha256 = found.token_sha256 and found.seen_at < now() - interval '1 minute'
)
select * from found`

/** Whose session this is; undefined when it is unknown, over, or its account disabled. */
export async function findSession(sql: Sql, token: string, limits = sessionLimits): Promise<Account | undefined> {
  const { rows } = await sql.query<AccountRow>(findSql, [tokenIdOf(token), limits.idleMs])
  return rows[0] && accountOf(rows[0])
}

const endSql = `
update account_session set ended_at = now() where token_sha256 = decode($1, 'hex') and ended_at is null`

export async function endSession(sql: Sql, token: string): Promise<void> {
  await sql.query(endSql, [tokenIdOf(token)])
}

const endAllSql = `
update account_session set ended_at = now() where account_id = $1 and ended_at is null`

/** Signs a person out everywhere. @returns how many sessions that ended */
export async function endSessionsOf(sql: Sql, accountId: string): Promise<number> {
  const { rowCount } = await sql.query(endAllSql, [accountId])
  return rowCount ?? 0
}

/** Hashed before it is looked for, so that the time taken tells nothing about how near a guess was. */
export function tokenIdOf(token: string): string {
  return hash('sha256', token)
}
