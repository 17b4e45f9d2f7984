import type { Sql } from '../database.ts'

/** A certificate revocation list whose signature was checked, already read by packages/pki. */
export interface NewCrl {
  /** SHA-256 of `der`, 64 lower-case hex digits. */
  readonly sha256: string
  /** Names the issuer: SHA-256 of its DER name and of its authority key identifier. */
  readonly issuerKey: string
  readonly issuer: string
  readonly der: Uint8Array
  /** cRLNumber as decimal digits. */
  readonly number?: string
  readonly thisUpdate: Date
  readonly nextUpdate?: Date
}

export interface CrlRecord extends Omit<NewCrl, 'der'> {
  readonly der: Buffer
  readonly importedAt: Date
}

// An older list never replaces a newer one, whichever comes last (RFC 5280 section 5.2.3: numbers only grow).
const putCrlSql = `
insert into crl (issuer_key, sha256, issuer, der, crl_number, this_update, next_update)
values ($1, decode($2, 'hex'), $3, $4, $5::numeric, $6, $7)
on conflict (issuer_key) do update
   set sha256 = excluded.sha256, issuer = excluded.issuer, der = excluded.der, crl_number = excluded.crl_number,
       this_update = excluded.this_update, next_update = excluded.next_update, imported_at = now()
 where excluded.this_update > crl.this_update
   and (crl.crl_number is null or excluded.crl_number is null or excluded.crl_number >= crl.crl_number)`

/** Keeps a list if it is newer than the one held from the same issuer. Whether it was kept. */
export async function putCrl(sql: Sql, crl: NewCrl): Promise<boolean> {
  const { rowCount } = await sql.query(putCrlSql, [
    crl.issuerKey,
    crl.sha256,
    crl.issuer,
    crl.der,
    crl.number ?? null,
    crl.thisUpdate,
    crl.nextUpdate ?? null,
  ])
  return rowCount === 1
}

const listCrlsSql = `
select issuer_key, encode(sha256, 'hex') as sha256, issuer, der, crl_number, this_update, next_update, imported_at
  from crl
 order by issuer_key`

/** The newest list of every issuer. */
export async function listCrls(sql: Sql): Promise<CrlRecord[]> {
  const { rows } = await sql.query<CrlRow>(listCrlsSql)
  return rows.map(row => ({
    issuerKey: row.issuer_key,
    sha256: row.sha256,
    issuer: row.issuer,
    der: row.der,
    ...(row.crl_number !== null && { number: row.crl_number }),
    thisUpdate: row.this_update,
    ...(row.next_update && { nextUpdate: row.next_update }),
    importedAt: row.imported_at,
  }))
}

interface CrlRow {
  readonly issuer_key: string
  readonly sha256: string
  readonly issuer: string
  readonly der: Buffer
  readonly crl_number: string | null
  readonly this_update: Date
  readonly next_update: Date | null
  readonly imported_at: Date
}
