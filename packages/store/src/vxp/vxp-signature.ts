import type { Sql } from '../database.ts'

/** A signature and the address it came from. */
export interface SeenSignature {
  /** SHA-256 of the signed text. */
  readonly sha256: Buffer
  readonly address: string
}

const rememberSql = `
insert into vxp_signature (sha256, address)
select decode(s.sha256, 'base64'), s.address
  from jsonb_to_recordset($1::jsonb) as s(sha256 text, address text)
    on conflict (sha256) do nothing`

/** Keeps where each signature was first seen. */
export async function rememberSignatures(sql: Sql, seen: readonly SeenSignature[]): Promise<void> {
  if (seen.length === 0) return
  const rows = seen.map(({ sha256, address }) => ({ sha256: sha256.toString('base64'), address }))
  await sql.query(rememberSql, [JSON.stringify(rows)])
}

/** A client object that lives longer signs anew after its next restart; by then the alarm has been raised. */
const keptFor = '30 days'

/** Forgets those first seen a month ago. */
export async function forgetSignatures(sql: Sql): Promise<void> {
  await sql.query('delete from vxp_signature where first_at < now() - $1::interval', [keptFor])
}
