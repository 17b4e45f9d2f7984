import type { Sql, Tx } from '../database.ts'
import { newHubId } from '../documents/hub-id.ts'
import type { SecretBox } from '../vxp/secret-box.ts'

export interface WebhookSecretIssue {
  readonly webhookId: string
  /** The secret itself; it is shown once and kept encrypted. */
  readonly secret: string
  /** How long the one before signs as well, so that the receiver can change over. */
  readonly overlapSeconds: number
}

const endOthersSql = `
update webhook_secret
   set expires_at = least(expires_at, clock_timestamp() + make_interval(secs => $2))
 where webhook_id = $1`

const insertSql = `
insert into webhook_secret (id, webhook_id, sealed, key_id)
values ($1, $2, $3, $4)`

const forgetSql = 'delete from webhook_secret where webhook_id = $1 and expires_at < now()'

/** The secret that signs from now on. @returns its id */
export async function issueWebhookSecret(tx: Tx, box: SecretBox, issue: WebhookSecretIssue): Promise<string> {
  const { webhookId, secret, overlapSeconds } = issue
  const secretId = newHubId()
  await tx.query(forgetSql, [webhookId])
  await tx.query(endOthersSql, [webhookId, overlapSeconds])
  await tx.query(insertSql, [
    secretId,
    webhookId,
    box.seal(Buffer.from(secret), contextOf(webhookId, secretId)),
    box.keyId,
  ])
  return secretId
}

const validSql = `
select webhook_id, id, sealed
  from webhook_secret
 where webhook_id = any($1) and key_id = $2 and (expires_at is null or expires_at > now())
 order by created_at desc`

/**
 * Secrets that sign now, newest first, by webhook. One that was sealed with another key file is left out, so that its
 * webhook stands still and no other does.
 *
 * @throws Error when what is stored was changed
 */
export async function webhookSecrets(
  sql: Sql,
  box: SecretBox,
  webhookIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await sql.query<{ webhook_id: string; id: string; sealed: Buffer }>(validSql, [
    webhookIds,
    box.keyId,
  ])
  const byWebhook = Map.groupBy(rows, row => row.webhook_id)
  return new Map(
    [...byWebhook].map(([webhookId, found]) => [
      webhookId,
      found.map(({ id, sealed }) => box.open(sealed, contextOf(webhookId, id)).toString()),
    ]),
  )
}

function contextOf(webhookId: string, secretId: string): string {
  return `webhook-secret\0${webhookId}\0${secretId}`
}
