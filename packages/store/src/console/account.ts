import { HubError } from '@docaxis/errors'
import type { Sql } from '../database.ts'
import { newHubId } from '../documents/hub-id.ts'
import type { Scope } from './scope.ts'

export const roles = ['viewer', 'auditor', 'operator', 'directory', 'trust', 'administrator', 'official'] as const
export type Role = (typeof roles)[number]

/** What an account may be given; `agencies` is where the person works. */
export interface AccountRights {
  readonly role: Role
  readonly scope: Scope
  readonly agencies: readonly string[]
}

export interface NewAccount extends AccountRights {
  readonly login: string
  readonly name: string
  /** Absent: signs in by OpenID Connect only. */
  readonly passwordHash?: string
  /** The password was chosen by somebody else. */
  readonly passwordGiven?: boolean
}

export interface Account extends AccountRights {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly hasPassword: boolean
  readonly passwordGiven: boolean
  readonly hasTotp: boolean
  readonly lockedUntil?: Date
  readonly createdAt: Date
  readonly signedInAt?: Date
  readonly disabledAt?: Date
}

/** Columns of an account, and the way from its row; shared with the queries that find one. */
export const accountColumns = `
  account.id, account.login, account.name, account.role, account.everything, account.subtrees, account.systems,
  account.localities, account.groups, account.agencies, account.password_hash is not null as has_password,
  account.password_given, account.totp_sealed is not null as has_totp, account.locked_until, account.created_at,
  account.signed_in_at, account.disabled_at`

export interface AccountRow {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly role: Role
  readonly everything: boolean
  readonly subtrees: string[]
  readonly systems: string[]
  readonly localities: string[]
  readonly groups: string[]
  readonly agencies: string[]
  readonly has_password: boolean
  readonly password_given: boolean
  readonly has_totp: boolean
  readonly locked_until: Date | null
  readonly created_at: Date
  readonly signed_in_at: Date | null
  readonly disabled_at: Date | null
}

export function accountOf(row: AccountRow): Account {
  const { everything, subtrees, systems, localities, groups } = row
  return {
    id: row.id,
    login: row.login,
    name: row.name,
    role: row.role,
    scope: { everything, subtrees, systems, localities, groups },
    agencies: row.agencies,
    hasPassword: row.has_password,
    passwordGiven: row.password_given,
    hasTotp: row.has_totp,
    createdAt: row.created_at,
    ...(row.locked_until && { lockedUntil: row.locked_until }),
    ...(row.signed_in_at && { signedInAt: row.signed_in_at }),
    ...(row.disabled_at && { disabledAt: row.disabled_at }),
  }
}

const insertSql = `
insert into account (id, login, name, role, everything, subtrees, systems, localities, groups, agencies, password_hash,
                     password_given)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
on conflict (login) do nothing
returning ${accountColumns}`

/** @throws HubError `STATE_CONFLICT` when the login is taken */
export async function createAccount(sql: Sql, account: NewAccount): Promise<Account> {
  const { scope } = account
  const { rows } = await sql.query<AccountRow>(insertSql, [
    newHubId(),
    account.login,
    account.name,
    account.role,
    scope.everything,
    [...scope.subtrees],
    [...scope.systems],
    [...scope.localities],
    [...scope.groups],
    [...account.agencies],
    account.passwordHash ?? null,
    account.passwordGiven ?? false,
  ])
  if (rows[0]) return accountOf(rows[0])
  throw new HubError('STATE_CONFLICT', `the login ${account.login} is taken`, { details: { login: account.login } })
}

const listSql = `select ${accountColumns} from account order by disabled_at is not null, login`

/** Everybody, those who may sign in first. */
export async function listAccounts(sql: Sql): Promise<readonly Account[]> {
  const { rows } = await sql.query<AccountRow>(listSql)
  return rows.map(accountOf)
}

const findSql = `select ${accountColumns} from account where id = $1 or login = $1`

/** @param name its id or its login */
export async function findAccount(sql: Sql, name: string): Promise<Account | undefined> {
  const { rows } = await sql.query<AccountRow>(findSql, [name])
  return rows[0] && accountOf(rows[0])
}
