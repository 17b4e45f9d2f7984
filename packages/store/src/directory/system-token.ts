import { hash, randomBytes } from 'node:crypto'
import { HubError } from '@docaxis/errors'
import { type Sql, statement } from '../database.ts'
import { type SettingsRow, type SystemSettings, settingsColumns, settingsOf } from './system.ts'
import { agenciesOfSql } from './system-agency.ts'

/** Who calls, as proved by its token. */
export interface SystemIdentity extends SystemSettings {
  readonly id: string
  /** Codes it acts for, in order; no others. */
  readonly agencies: readonly string[]
}

export interface IssuedToken {
  /** `dax_` and 43 characters; shown once, never stored. */
  readonly token: string
  /** SHA-256 of the token, lower-case hex: names it from here on. */
  readonly tokenId: string
}

export interface TokenRecord {
  readonly tokenId: string
  readonly createdAt: Date
  readonly expiresAt?: Date
  readonly revokedAt?: Date
}

const insertTokenSql = `
insert into system_token (token_sha256, system_id, expires_at)
select decode($1, 'hex'), system.id, $3
  from system
 where system.id = $2`

/** Gives a system a further token; the ones before stay valid until they are revoked. @throws HubError `NOT_FOUND` */
export async function issueToken(
  sql: Sql,
  systemId: string,
  options: { readonly expiresAt?: Date } = {},
): Promise<IssuedToken> {
  const token = `dax_${randomBytes(32).toString('base64url')}`
  const tokenId = tokenIdOf(token)
  const { rowCount } = await sql.query(insertTokenSql, [tokenId, systemId, options.expiresAt ?? null])
  if (rowCount === 0) throw new HubError('NOT_FOUND', 'no system has this id', { details: { systemId } })
  return { token, tokenId }
}

const endOthersSql = `
update system_token
   set expires_at = least(expires_at, $3)
 where system_id = $1 and token_sha256 <> decode($2, 'hex') and revoked_at is null
   and (expires_at is null or expires_at > now())
returning encode(token_sha256, 'hex') as token_id`

/** Rotation: the system's other tokens stay valid beside the new one until `at`. @returns ids of those that end */
export async function endOtherTokens(sql: Sql, systemId: string, newTokenId: string, at: Date): Promise<string[]> {
  const { rows } = await sql.query<{ readonly token_id: string }>(endOthersSql, [systemId, newTokenId, at])
  return rows.map(row => row.token_id)
}

const revokeTokenSql = `
update system_token
   set revoked_at = now()
 where token_sha256 = decode($1, 'hex') and revoked_at is null`

/** Whether there was a token to revoke. */
export async function revokeToken(sql: Sql, tokenId: string): Promise<boolean> {
  const { rowCount } = await sql.query(revokeTokenSql, [tokenId])
  return rowCount === 1
}

const listTokensSql = `
select encode(token_sha256, 'hex') as token_id, created_at, expires_at, revoked_at
  from system_token
 where system_id = $1
 order by created_at, token_sha256`

export async function listTokens(sql: Sql, systemId: string): Promise<TokenRecord[]> {
  const { rows } = await sql.query<TokenRow>(listTokensSql, [systemId])
  return rows.map(row => ({
    tokenId: row.token_id,
    createdAt: row.created_at,
    ...(row.expires_at && { expiresAt: row.expires_at }),
    ...(row.revoked_at && { revokedAt: row.revoked_at }),
  }))
}

const findByTokenSql = statement(
  'system.by-token',
  `
select system.id, ${settingsColumns},
       array(select code from (${agenciesOfSql('system.id')}) as served order by code) as agencies
  from system_token
  join system on system.id = system_token.system_id
 where system_token.token_sha256 = decode($1, 'hex')
   and system_token.revoked_at is null
   and (system_token.expires_at is null or system_token.expires_at > now())
   and system.disabled_at is null`,
)

/**
 * Who holds this token; undefined when nobody may use it: unknown, expired, revoked, or its system disabled.
 *
 * The token is hashed before it is looked for, so the time taken tells nothing about how near a guess was.
 */
export async function findSystemByToken(sql: Sql, token: string): Promise<SystemIdentity | undefined> {
  const { rows } = await sql.query<IdentityRow>(findByTokenSql(tokenIdOf(token)))
  return rows[0] && { id: rows[0].id, ...settingsOf(rows[0]), agencies: rows[0].agencies }
}

function tokenIdOf(token: string): string {
  return hash('sha256', token)
}

interface IdentityRow extends SettingsRow {
  readonly id: string
  readonly agencies: string[]
}

interface TokenRow {
  readonly token_id: string
  readonly created_at: Date
  readonly expires_at: Date | null
  readonly revoked_at: Date | null
}
