import { type Sql, statement } from '../database.ts'

export interface DemoAnchor {
  /** SHA-256 of `der`, 64 lower-case hex digits. */
  readonly sha256: string
  readonly der: Uint8Array
}

const addDemoAnchorSql = `
insert into demo_anchor (sha256, der)
values (decode($1, 'hex'), $2)
on conflict (sha256) do nothing`

/** The demo authority's own certificate. Anchors of a real hub come from its configuration and never stand here. */
export async function addDemoAnchor(sql: Sql, anchor: DemoAnchor): Promise<void> {
  await sql.query(addDemoAnchorSql, [anchor.sha256, anchor.der])
}

const listDemoAnchorsSql = `
select encode(sha256, 'hex') as sha256, der
  from demo_anchor
 order by sha256`

export async function listDemoAnchors(sql: Sql): Promise<(DemoAnchor & { readonly der: Buffer })[]> {
  const { rows } = await sql.query<{ readonly sha256: string; readonly der: Buffer }>(listDemoAnchorsSql)
  return rows
}

const trustVersionSql = statement(
  'trust.version',
  `
select md5(coalesce(string_agg(part, ',' order by part), '')) as version
  from (select encode(sha256, 'hex') as part from demo_anchor
         union all
        select encode(sha256, 'hex') from crl
         union all
        select concat_ws(' ', encode(sha256, 'hex'), added_at, retired_at) from trust_anchor
         union all
        select concat_ws(' ', encode(sha256, 'hex'), intermediate, revocation, max_crl_age_hours, retired_at) from authority
         union all
        select encode(sha256, 'hex') from ocsp_answer where sha256 is not null) as held`,
)

/** Changes whenever anything the hub trusts by does; reads no list's bytes, so it may be asked every few seconds. */
export async function trustVersion(sql: Sql): Promise<string> {
  const { rows } = await sql.query<{ readonly version: string }>(trustVersionSql())
  return rows[0]?.version ?? ''
}
