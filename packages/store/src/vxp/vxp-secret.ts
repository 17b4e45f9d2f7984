import { randomBytes } from 'node:crypto'
import { HubError } from '@docaxis/errors'
import type { Sql, Tx } from '../database.ts'
import { newHubId } from '../documents/hub-id.ts'
import type { SecretBox } from './secret-box.ts'

/** A system changes over with two: the one before stays valid until it is revoked. */
const validAtOnce = 2

export interface NewVxpSecret {
  /** The secret that the system has already, where it moves here from another hub; a new one unless given. */
  readonly secret?: string
  readonly expiresAt?: Date
}

export interface IssuedVxpSecret {
  /** Shown once. */
  readonly secret: string
  readonly secretId: string
}

export interface VxpSecretRecord {
  readonly secretId: string
  readonly createdAt: Date
  readonly expiresAt?: Date
  readonly revokedAt?: Date
}

const validSql = '(revoked_at is null and (expires_at is null or expires_at > now()))'

const lockSystemSql = 'select id from system where id = $1 for no key update'
const countValidSql = `select count(*)::integer as count from vxp_secret where system_id = $1 and ${validSql}`
const insertSql = `
insert into vxp_secret (id, system_id, sealed, key_id, expires_at)
values ($1, $2, $3, $4, $5)`

/**
 * Gives a system a further secret; the one before stays valid until it is revoked.
 *
 * @throws HubError `NOT_FOUND`; `STATE_CONFLICT`: two are valid already
 */
export async function issueVxpSecret(
  tx: Tx,
  box: SecretBox,
  systemId: string,
  wish: NewVxpSecret = {},
): Promise<IssuedVxpSecret> {
  const { rowCount } = await tx.query(lockSystemSql, [systemId])
  if (rowCount === 0) throw new HubError('NOT_FOUND', 'no system has this id', { details: { systemId } })
  const { rows } = await tx.query<{ readonly count: number }>(countValidSql, [systemId])
  if ((rows[0]?.count ?? 0) >= validAtOnce) {
    throw new HubError('STATE_CONFLICT', 'two secrets are valid already: revoke one first', { details: { systemId } })
  }
  const secretId = newHubId()
  const secret = wish.secret ?? randomBytes(32).toString('base64url')
  const sealed = box.seal(Buffer.from(secret), contextOf(systemId, secretId))
  await tx.query(insertSql, [secretId, systemId, sealed, box.keyId, wish.expiresAt ?? null])
  return { secret, secretId }
}

const endOthersSql = `
update vxp_secret
   set expires_at = least(expires_at, $3)
 where system_id = $1 and id <> $2 and ${validSql}
returning id`

/** Rotation: the system's other secret stays valid beside the new one until `at`. @returns ids of those that end */
export async function endOtherVxpSecrets(sql: Sql, systemId: string, newSecretId: string, at: Date): Promise<string[]> {
  const { rows } = await sql.query<{ readonly id: string }>(endOthersSql, [systemId, newSecretId, at])
  return rows.map(row => row.id)
}

const revokeSql = `
update vxp_secret
   set revoked_at = now()
 where system_id = $1 and id = $2 and revoked_at is null`

/** Whether there was a secret to revoke. */
export async function revokeVxpSecret(sql: Sql, systemId: string, secretId: string): Promise<boolean> {
  const { rowCount } = await sql.query(revokeSql, [systemId, secretId])
  return rowCount === 1
}

const listSql = `
select id, created_at, expires_at, revoked_at
  from vxp_secret
 where system_id = $1
 order by created_at, id`

export async function listVxpSecrets(sql: Sql, systemId: string): Promise<VxpSecretRecord[]> {
  const { rows } = await sql.query<SecretRow>(listSql, [systemId])
  return rows.map(row => ({
    secretId: row.id,
    createdAt: row.created_at,
    ...(row.expires_at && { expiresAt: row.expires_at }),
    ...(row.revoked_at && { revokedAt: row.revoked_at }),
  }))
}

/** A secret as it lies in the database. */
export interface SealedSecret {
  readonly id: string
  readonly systemId: string
  readonly sealed: Buffer
}

/** JSON of a system's valid secrets, for queries over `system`. */
export const sealedSecretsSql = `
select coalesce(jsonb_agg(jsonb_build_object('id', id, 'sealed', encode(sealed, 'base64'))), '[]')
  from vxp_secret
 where vxp_secret.system_id = system.id and ${validSql}`

/** @throws Error when it was sealed with another key file */
export function openSealedSecret(box: SecretBox, { id, systemId, sealed }: SealedSecret): Buffer {
  return box.open(sealed, contextOf(systemId, id))
}

function contextOf(systemId: string, secretId: string): string {
  return `vxp-secret\0${systemId}\0${secretId}`
}

interface SecretRow {
  readonly id: string
  readonly created_at: Date
  readonly expires_at: Date | null
  readonly revoked_at: Date | null
}
