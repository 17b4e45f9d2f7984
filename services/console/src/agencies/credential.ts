import {
  endOtherTokens,
  endOtherVxpSecrets,
  issueToken,
  issueVxpSecret,
  listTokens,
  listVxpSecrets,
  revokeToken,
  revokeVxpSecret,
  type SecretBox,
  type Sql,
  type Tx,
} from '@docaxis/store'

/** `token` for REST calls, `vxp` for the signature of VXP calls. */
export type CredentialKind = 'token' | 'vxp'

/** What a system proves itself by; never the secret. */
export interface CredentialView {
  readonly id: string
  readonly kind: CredentialKind
  readonly createdAt: string
  readonly expiresAt: string | null
  readonly state: 'valid' | 'expired' | 'revoked'
}

/** Credentials of a system, the newest first. */
export async function listCredentials(sql: Sql, systemId: string, at: Date): Promise<CredentialView[]> {
  const [tokens, secrets] = await Promise.all([listTokens(sql, systemId), listVxpSecrets(sql, systemId)])
  const all = [
    ...tokens.map(({ tokenId, ...times }) => ({ id: tokenId, kind: 'token' as const, ...times })),
    ...secrets.map(({ secretId, ...times }) => ({ id: secretId, kind: 'vxp' as const, ...times })),
  ]
  return all
    .toSorted((one, other) => other.createdAt.getTime() - one.createdAt.getTime())
    .map(({ id, kind, createdAt, expiresAt, revokedAt }) => ({
      id,
      kind,
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt?.toISOString() ?? null,
      state: revokedAt ? 'revoked' : expiresAt && expiresAt <= at ? 'expired' : 'valid',
    }))
}

export interface CredentialWish {
  readonly kind: CredentialKind
  readonly expiresAt?: Date
  /** Rotation: the others of this kind stay valid until then. Absent: they stay as they are. */
  readonly othersEndAt?: Date
}

export interface IssuedCredential {
  readonly id: string
  /** Shown once. */
  readonly secret: string
  /** Others that end by this. */
  readonly ending: readonly string[]
}

/**
 * @param secretBox seals the secret of VXP
 * @throws HubError `STATE_CONFLICT`: two secrets of VXP are valid already
 */
export async function issueCredential(
  tx: Tx,
  secretBox: () => Promise<SecretBox>,
  systemId: string,
  { kind, expiresAt, othersEndAt }: CredentialWish,
): Promise<IssuedCredential> {
  const wish = expiresAt ? { expiresAt } : {}
  if (kind === 'token') {
    const { token: secret, tokenId: id } = await issueToken(tx, systemId, wish)
    return { id, secret, ending: othersEndAt ? await endOtherTokens(tx, systemId, id, othersEndAt) : [] }
  }
  const { secret, secretId: id } = await issueVxpSecret(tx, await secretBox(), systemId, wish)
  return { id, secret, ending: othersEndAt ? await endOtherVxpSecrets(tx, systemId, id, othersEndAt) : [] }
}

/** Ends a credential at once. @returns whether the system had it */
export async function revokeCredential(tx: Tx, systemId: string, id: string): Promise<CredentialKind | undefined> {
  const tokens = await listTokens(tx, systemId)
  if (tokens.some(({ tokenId }) => tokenId === id)) return (await revokeToken(tx, id)) ? 'token' : undefined
  return (await revokeVxpSecret(tx, systemId, id)) ? 'vxp' : undefined
}
