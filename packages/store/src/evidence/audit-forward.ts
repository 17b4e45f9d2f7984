import type { Tx } from '../database.ts'

const name = 'audit.forwarded'

/** Place in the audit chain up to which entries were sent on; locked, so that one instance sends at a time. */
export async function forwardedAudit(tx: Tx): Promise<bigint> {
  await tx.query("insert into hub_setting (name, value) values ($1, '0') on conflict (name) do nothing", [name])
  const { rows } = await tx.query<{ seq: string }>(
    "select value #>> '{}' as seq from hub_setting where name = $1 for update",
    [name],
  )
  return BigInt(rows[0]?.seq ?? 0)
}

export async function setForwardedAudit(tx: Tx, seq: bigint): Promise<void> {
  const text = 'update hub_setting set value = to_jsonb($2::bigint), updated_at = clock_timestamp() where name = $1'
  await tx.query(text, [name, String(seq)])
}
