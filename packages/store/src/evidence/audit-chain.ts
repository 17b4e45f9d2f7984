import { createHash } from 'node:crypto'
import type { Sql, Tx } from '../database.ts'

/** A place in the chain and its hash; kept outside, it shows whether the end was cut off. */
export interface ChainHead {
  readonly seq: bigint
  /** 64 lower-case hex digits. */
  readonly hash: string
}

/** An audit row with its place. `at` has PostgreSQL's microseconds, `details` is its canonical text of the JSON. */
export interface ChainedEntry {
  readonly seq: bigint
  readonly id: string
  readonly at: string
  readonly actor: string
  readonly action: string
  readonly object: string | null
  readonly outcome: string
  readonly details: string
}

const entryColumns = `
  id, to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, actor, action, object, outcome,
  details::text as details`

/** Before the first row. */
const genesis = Buffer.alloc(32)

const headSql = 'select seq, hash from audit_entry where seq is not null order by seq desc limit 1'
/** The ids outside the sorted part, so that they rise with it. */
const takeSql = `
with taken as (
  delete from audit_batch where id in (select id from audit_batch order by id limit $1) returning id
), told as (
  select at, actor, action, object, outcome, details
    from audit_pending
   where batch in (select id from taken)
   order by batch, place
)
select ${entryColumns}
  from (select nextval('audit_entry_id_seq') as id, told.* from told) as numbered
 order by id`
const storeSql = `
insert into audit_entry (id, at, actor, action, object, outcome, details, seq, hash) overriding system value
select *
  from unnest($1::bigint[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::bigint[],
              $9::bytea[])`

/**
 * Makes rows of what was told in committed batches, each with its number and hash: SHA-256 over the hash before and the row.
 * One transaction at a time (advisory lock, held until its rows are visible), so numbers have no gaps.
 *
 * @param limit batches
 * @returns how many rows there are now that were not before
 */
export async function chainAudit(tx: Tx, limit: number): Promise<number> {
  await tx.query("select pg_advisory_xact_lock(hashtextextended('audit-chain', 0))")
  const { rows } = await tx.query<EntryRow>({ name: 'audit-take', text: takeSql, values: [limit] })
  if (rows.length === 0) return 0

  const head = (await tx.query<{ seq: string; hash: Buffer }>({ name: 'audit-head', text: headSql })).rows[0]
  let seq = BigInt(head?.seq ?? 0)
  let hash = head?.hash ?? genesis
  const chained = rows.map(row => {
    seq += 1n
    hash = chainHash(hash, { ...row, seq })
    return { ...row, seq: String(seq), hash }
  })
  const columns = ['id', 'at', 'actor', 'action', 'object', 'outcome', 'details', 'seq', 'hash'] as const
  await tx.query({
    name: 'audit-chain',
    text: storeSql,
    values: columns.map(column => chained.map(row => row[column])),
  })
  return chained.length
}

/** SHA-256 over the previous hash and the row written as one JSON array, UTF-8. */
function chainHash(previous: Buffer, entry: ChainedEntry): Buffer {
  const { seq, id, at, actor, action, object, outcome, details } = entry
  const row = JSON.stringify([String(seq), id, at, actor, action, object, outcome, details])
  return createHash('sha256').update(previous).update(row).digest()
}

const chainedSql = `select seq, hash, ${entryColumns} from audit_entry where seq > $1 order by seq limit $2`

/** Chained entries after a place, in order: what is forwarded and exported. */
export async function listChained(sql: Sql, after: bigint, limit: number): Promise<ChainedEntry[]> {
  const { rows } = await sql.query<ChainedRow>(chainedSql, [String(after), limit])
  return rows.map(({ hash: _hash, ...row }) => ({ ...row, seq: BigInt(row.seq) }))
}

export type ChainVerdict =
  | { readonly ok: true; readonly head: ChainHead }
  | {
      readonly ok: false
      /** First place that does not hold. */
      readonly seq: bigint
      /** `missing`: rows before it are gone; `changed`: it, or what it follows, is not what was chained; `cut`: the end is. */
      readonly fault: 'missing' | 'changed' | 'cut'
    }

const pageRows = 1000

/**
 * Recomputes the whole chain and names the first row that was changed, removed, inserted or swapped.
 *
 * @param expected a head kept outside: only it can show that the end was cut off, or that all was rewritten
 */
export async function verifyAuditChain(sql: Sql, expected?: ChainHead): Promise<ChainVerdict> {
  let seq = 0n
  let hash: Buffer = genesis
  for (;;) {
    const { rows } = await sql.query<ChainedRow>(chainedSql, [String(seq), pageRows])
    for (const row of rows) {
      const place = BigInt(row.seq)
      if (place !== seq + 1n) return { ok: false, seq: seq + 1n, fault: 'missing' }
      hash = chainHash(hash, { ...row, seq: place })
      if (!row.hash?.equals(hash)) return { ok: false, seq: place, fault: 'changed' }
      if (expected?.seq === place && expected.hash !== hash.toString('hex')) {
        return { ok: false, seq: place, fault: 'changed' }
      }
      seq = place
    }
    if (rows.length < pageRows) break
  }
  if (expected && expected.seq > seq) return { ok: false, seq: seq + 1n, fault: 'cut' }
  return { ok: true, head: { seq, hash: hash.toString('hex') } }
}

interface EntryRow {
  id: string
  at: string
  actor: string
  action: string
  object: string | null
  outcome: string
  details: string
}

interface ChainedRow extends EntryRow {
  seq: string
  hash: Buffer | null
}
