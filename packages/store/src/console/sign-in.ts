import type { Sql } from '../database.ts'
import { type Account, type AccountRow, accountColumns, accountOf } from './account.ts'

/** What a try to sign in is judged by. */
export interface SignInTry {
  readonly account: Account
  readonly passwordHash: string | undefined
  readonly totpSealed: Buffer | undefined
}

/** Wrong tries that are free; each further one locks, for a minute at first and never longer than a quarter of an hour. */
const freeTries = 5
const longestLockMinutes = 15

const takeSql = `
update account
   set failed_tries = least(failed_tries + 1, 100),
       locked_until = case when failed_tries + 1 >= ${freeTries}
                           then now() + least(2 ^ least(failed_tries + 1 - ${freeTries}, 10), ${longestLockMinutes}) * interval '1 minute'
                      end
 where login = $1 and disabled_at is null and (locked_until is null or locked_until <= now())
returning ${accountColumns}, password_hash, totp_sealed`

interface TryRow extends AccountRow {
  readonly password_hash: string | null
  readonly totp_sealed: Buffer | null
}

/**
 * Takes one try to sign in and counts it as wrong until it turns out right: guesses at the same moment count each.
 * Undefined alike for an unknown login, a disabled account and one that is locked.
 */
export async function takeTry(sql: Sql, login: string): Promise<SignInTry | undefined> {
  const { rows } = await sql.query<TryRow>(takeSql, [login])
  const [row] = rows
  if (!row) return undefined
  return {
    account: accountOf(row),
    passwordHash: row.password_hash ?? undefined,
    totpSealed: row.totp_sealed ?? undefined,
  }
}

const hashSql = `
select password_hash from account where id = $1 and disabled_at is null`

/** For programs that keep a password of their own making. People sign in by `takeTry`, which counts. */
export async function passwordHashOf(sql: Sql, accountId: string): Promise<string | undefined> {
  const { rows } = await sql.query<{ readonly password_hash: string | null }>(hashSql, [accountId])
  return rows[0]?.password_hash ?? undefined
}

const giveBackSql = `
update account
   set failed_tries = greatest(failed_tries - 1, 0), locked_until = null
 where id = $1`

/** A right password without the code it needs is no wrong try, and no right one either. */
export async function giveTryBack(sql: Sql, accountId: string): Promise<void> {
  await sql.query(giveBackSql, [accountId])
}

const useStepSql = `
update account
   set totp_step = $2
 where id = $1 and totp_sealed is not null and (totp_step is null or totp_step < $2)`

/** Uses up a time step of the second factor: a code counts once (RFC 6238, 5.2). @returns whether it was unused */
export async function useTotpStep(sql: Sql, accountId: string, step: number): Promise<boolean> {
  const { rowCount } = await sql.query(useStepSql, [accountId, step])
  return rowCount === 1
}

const totpSql = `
update account set totp_sealed = $2, totp_step = $3 where id = $1`

/** @param sealed undefined takes the second factor away; `step` is that of the code that proved it */
export async function setTotp(
  sql: Sql,
  accountId: string,
  totp: { readonly sealed: Buffer; readonly step: number } | undefined,
): Promise<void> {
  await sql.query(totpSql, [accountId, totp?.sealed ?? null, totp?.step ?? null])
}

const bySubjectSql = `
select ${accountColumns} from account where oidc_subject = $1 and disabled_at is null`

const bindSubjectSql = `
update account
   set oidc_subject = $1
 where login = $2 and oidc_subject is null and disabled_at is null
returning ${accountColumns}`

/**
 * The account of somebody whom the OpenID provider has proved: by subject, and at the first time by login, which binds
 * the subject. A login that belongs to another subject is nobody's.
 */
export async function findBySubject(sql: Sql, subject: string, login: string): Promise<Account | undefined> {
  const known = await sql.query<AccountRow>(bySubjectSql, [subject])
  if (known.rows[0]) return accountOf(known.rows[0])
  const { rows } = await sql.query<AccountRow>(bindSubjectSql, [subject, login])
  return rows[0] && accountOf(rows[0])
}
