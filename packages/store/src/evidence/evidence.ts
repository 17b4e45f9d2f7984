import type { Sql } from '../database.ts'

export type EvidenceKind = 'certificate' | 'crl' | 'ocsp' | 'token'

/** What a verdict rests on, in DER (V47). Verdicts name it by its hash. */
export interface NewEvidence {
  /** SHA-256 of `der`, 64 lower-case hex digits. */
  readonly sha256: string
  readonly kind: EvidenceKind
  readonly der: Uint8Array
}

export interface StoredEvidence {
  readonly sha256: string
  readonly kind: EvidenceKind
  readonly sizeBytes: number
}

// In the order of the hashes, so that two transactions with the same evidence never wait for each other in a circle.
const storeSql = `
insert into evidence (sha256, kind, der)
select decode(e.sha256, 'hex'), e.kind, e.der
  from unnest($1::text[], $2::text[], $3::bytea[]) as e(sha256, kind, der)
 order by e.sha256
    on conflict (sha256) do nothing`

/** Keeps what is not kept yet, each once however many documents name it. */
export async function storeEvidence(sql: Sql, evidence: readonly NewEvidence[]): Promise<void> {
  if (evidence.length === 0) return
  const values = [
    evidence.map(({ sha256 }) => sha256),
    evidence.map(({ kind }) => kind),
    evidence.map(({ der }) => der),
  ]
  await sql.query({ name: 'evidence-store', text: storeSql, values })
}

const listSql = `
select encode(sha256, 'hex') as sha256, kind, length(der) as size_bytes
  from evidence
 where sha256 = any(select decode(unnest($1::text[]), 'hex'))
 order by kind, sha256`

/** Those of these hashes that are kept. */
export async function listEvidence(sql: Sql, hashes: readonly string[]): Promise<StoredEvidence[]> {
  const { rows } = await sql.query<{ sha256: string; kind: EvidenceKind; size_bytes: number }>({
    name: 'evidence-list',
    text: listSql,
    values: [hashes],
  })
  return rows.map(({ size_bytes: sizeBytes, ...same }) => ({ ...same, sizeBytes }))
}

export async function readEvidence(sql: Sql, sha256: string): Promise<NewEvidence | undefined> {
  const text = "select kind, der from evidence where sha256 = decode($1, 'hex')"
  const { rows } = await sql.query<{ kind: EvidenceKind; der: Buffer }>({
    name: 'evidence-read',
    text,
    values: [sha256],
  })
  return rows[0] && { sha256, ...rows[0] }
}
