import { type Sql, statement } from '../database.ts'

const findSql = statement(
  'vxp.kit-receivers',
  `
select agency.code
  from agency
 cross join lateral (
   select bool_and(
            exists (select from vxp_secret
                     where vxp_secret.system_id = system.id and revoked_at is null
                       and (expires_at is null or expires_at > now()))
            and not exists (select from system_token
                             where system_token.system_id = system.id and revoked_at is null
                               and (expires_at is null or expires_at > now()))) as kits_alone
     from (select distinct system_id from system_agency where agency_code in (agency.code, agency.center) offset 0) as bound
    cross join lateral (
      select id from system where system.id = bound.system_id and system.disabled_at is null limit 1
    ) as system
 ) as fetching
 where agency.code = any($1) and not agency.deleted and fetching.kits_alone`,
)

/**
 * Those of the agencies for which VXP kits alone fetch: no system behind them has any other way to call. Their `getEdoc`
 * ends at `vxpKitMaxBytes` of packages/directory.
 *
 * @param codes the agencies' own codes
 */
export async function findKitReceivers(sql: Sql, codes: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql.query<{ readonly code: string }>(findSql(codes))
  return new Set(rows.map(({ code }) => code))
}
