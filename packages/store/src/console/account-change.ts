import { HubError } from '@docaxis/errors'
import type { Sql, Tx } from '../database.ts'
import { type Account, type AccountRights, type AccountRow, accountColumns, accountOf } from './account.ts'
import { endSessionsOf } from './session.ts'

const changeSql = `
update account
   set name = $2, role = $3, everything = $4, subtrees = $5, systems = $6, localities = $7, groups = $8, agencies = $9
 where id = $1
returning ${accountColumns}`

/** Gives other rights; they hold from the next request on. @throws HubError `NOT_FOUND` */
export async function changeAccount(
  sql: Sql,
  id: string,
  { name, role, scope, agencies }: AccountRights & { readonly name: string },
): Promise<Account> {
  const { everything, ...parts } = scope
  const lists = [parts.subtrees, parts.systems, parts.localities, parts.groups, agencies].map(list => [...list])
  return theOne(await sql.query<AccountRow>(changeSql, [id, name, role, everything, ...lists]), id)
}

const passwordSql = `
update account
   set password_hash = $2, password_given = $3, failed_tries = 0, locked_until = null
 where id = $1
returning ${accountColumns}`

/**
 * Sets a new password, opens the lock, and signs the person out everywhere.
 *
 * @param given chosen by somebody else: the person is asked for an own one
 */
export async function setPassword(tx: Tx, id: string, hash: string, given: boolean): Promise<Account> {
  const account = theOne(await tx.query<AccountRow>(passwordSql, [id, hash, given]), id)
  await endSessionsOf(tx, id)
  return account
}

const disableSql = `
update account
   set disabled_at = case when $2 then coalesce(disabled_at, now()) end
 where id = $1
returning ${accountColumns}`

/** A disabled account signs in no more and is signed out at once; it is never removed, for the audit log names it. */
export async function setDisabled(tx: Tx, id: string, disabled: boolean): Promise<Account> {
  const account = theOne(await tx.query<AccountRow>(disableSql, [id, disabled]), id)
  if (disabled) await endSessionsOf(tx, id)
  return account
}

const othersSql = `
select exists (select from account where role = 'administrator' and disabled_at is null and id <> $1) as found`

/**
 * Keeps the last administrator: without one nobody could make another. Changes of accounts wait for each other here.
 *
 * @throws HubError `STATE_CONFLICT`
 */
export async function requireOtherAdministrator(tx: Tx, id: string): Promise<void> {
  await tx.query("select pg_advisory_xact_lock(hashtext('docaxis administrators'))")
  const { rows } = await tx.query<{ readonly found: boolean }>(othersSql, [id])
  if (rows[0]?.found) return
  throw new HubError('STATE_CONFLICT', 'this is the last administrator: make another one first')
}

function theOne({ rows }: { readonly rows: readonly AccountRow[] }, id: string): Account {
  if (rows[0]) return accountOf(rows[0])
  throw new HubError('NOT_FOUND', 'there is no such account', { details: { id } })
}
