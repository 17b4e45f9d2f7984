import type { Sql, Tx } from '../database.ts'

/** A certificate revocation list whose signature was checked, already read by packages/pki. */
export interface NewCrl {
  /** SHA-256 of `der`, 64 lower-case hex digits. */
  readonly sha256: string
  /** Names the issuer: SHA-256 of its DER name and of its authority key identifier. */
  readonly issuerKey: string
  /** Names the distribution point or the kind of certificates it speaks of; absent: all of the issuer. */
  readonly scope?: string
  /** Only what changed since a base list (RFC 5280 section 5.2.4). */
  readonly delta?: boolean
  readonly issuer: string
  readonly der: Uint8Array
  /** cRLNumber as decimal digits. */
  readonly number?: string
  readonly thisUpdate: Date
  readonly nextUpdate?: Date
}

/** A list without its bytes. */
export interface CrlHead extends Omit<NewCrl, 'der'> {
  readonly scope: string
  readonly delta: boolean
  readonly importedAt: Date
}

export interface CrlBytes {
  readonly sha256: string
  readonly der: Buffer
}

// An older list never replaces a newer one, whichever comes last (RFC 5280 section 5.2.3: numbers only grow).
const putCrlSql = `
insert into crl (issuer_key, scope, delta, sha256, issuer, der, crl_number, this_update, next_update)
values ($1, $2, $3, decode($4, 'hex'), $5, $6, $7::numeric, $8, $9)
on conflict (issuer_key, scope, delta) do update
   set sha256 = excluded.sha256, issuer = excluded.issuer, der = excluded.der, crl_number = excluded.crl_number,
       this_update = excluded.this_update, next_update = excluded.next_update, imported_at = now(), searched_at = null
 where excluded.this_update > crl.this_update
   and (crl.crl_number is null or excluded.crl_number is null or excluded.crl_number >= crl.crl_number)`

/** Keeps a list if it is newer than the one held of the same issuer and scope. Whether it was kept. */
export async function putCrl(sql: Sql, crl: NewCrl): Promise<boolean> {
  const { rowCount } = await sql.query(putCrlSql, [
    crl.issuerKey,
    crl.scope ?? '',
    crl.delta ?? false,
    crl.sha256,
    crl.issuer,
    crl.der,
    crl.number ?? null,
    crl.thisUpdate,
    crl.nextUpdate ?? null,
  ])
  return rowCount === 1
}

const headColumns = `
  issuer_key, scope, delta, encode(sha256, 'hex') as sha256, issuer, crl_number, this_update, next_update, imported_at`

/** The newest lists of every issuer, without their bytes. */
export async function listCrls(sql: Sql): Promise<CrlHead[]> {
  const { rows } = await sql.query<CrlRow>(`select ${headColumns} from crl order by issuer_key, scope, delta`)
  return rows.map(headOf)
}

/** Bytes of lists, by their SHA-256. */
export async function readCrls(sql: Sql, digests: readonly string[]): Promise<CrlBytes[]> {
  if (digests.length === 0) return []
  const { rows } = await sql.query<CrlBytes>(
    "select encode(sha256, 'hex') as sha256, der from crl where encode(sha256, 'hex') = any($1)",
    [digests],
  )
  return rows
}

const unsearchedSql = `
select encode(sha256, 'hex') as sha256, der
  from crl
 where searched_at is null
 order by imported_at
 limit 1
   for update skip locked`

/** A list that was not compared with the certificates of the register yet, locked for this transaction. */
export async function nextUnsearchedCrl(tx: Tx): Promise<CrlBytes | undefined> {
  const { rows } = await tx.query<CrlBytes>(unsearchedSql)
  return rows[0]
}

export async function markCrlSearched(tx: Tx, sha256: string): Promise<void> {
  await tx.query("update crl set searched_at = clock_timestamp() where encode(sha256, 'hex') = $1", [sha256])
}

interface CrlRow {
  readonly issuer_key: string
  readonly scope: string
  readonly delta: boolean
  readonly sha256: string
  readonly issuer: string
  readonly crl_number: string | null
  readonly this_update: Date
  readonly next_update: Date | null
  readonly imported_at: Date
}

function headOf(row: CrlRow): CrlHead {
  return {
    issuerKey: row.issuer_key,
    scope: row.scope,
    delta: row.delta,
    sha256: row.sha256,
    issuer: row.issuer,
    ...(row.crl_number !== null && { number: row.crl_number }),
    thisUpdate: row.this_update,
    ...(row.next_update && { nextUpdate: row.next_update }),
    importedAt: row.imported_at,
  }
}
