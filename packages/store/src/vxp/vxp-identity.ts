import { type Sql, statement } from '../database.ts'
import { type SettingsRow, settingsColumns, settingsOf } from '../directory/system.ts'
import { agenciesOfSql } from '../directory/system-agency.ts'
import type { SystemIdentity } from '../directory/system-token.ts'
import { type SealedSecret, sealedSecretsSql } from './vxp-secret.ts'
import { type VxpSettingRow, type VxpSettings, vxpSettingColumns, vxpSettingsOf } from './vxp-setting.ts'

/** A system that a VXP call may come from, with what proves it. */
export interface VxpIdentity {
  readonly system: SystemIdentity
  readonly settings: VxpSettings
  /** Those valid now. */
  readonly secrets: readonly SealedSecret[]
  /** Where this signature came from the first time; null when it is new. */
  readonly seenAt: string | null
}

// The kit's `systemid` is the id of a system or the code of an agency behind one.
const findSql = statement(
  'vxp.identity',
  `
with named as (
  select id from system where id = $1
   union
  select system_agency.system_id
    from agency_code
    join agency on agency.code = agency_code.agency_code and not agency.deleted
    join system_agency on system_agency.agency_code in (agency.code, agency.center)
   where agency_code.code = $1
)
select system.id, ${settingsColumns}, ${vxpSettingColumns},
       array(select code from (${agenciesOfSql('system.id')}) as served order by code) as agencies,
       (${sealedSecretsSql}) as secrets,
       (select address from vxp_signature where sha256 = $2) as seen_at
  from named
  join system on system.id = named.id and system.disabled_at is null
  left join vxp_setting on vxp_setting.system_id = system.id
 order by system.id <> $1, system.id
 limit 8`,
)

/**
 * Who may stand behind a `systemid`: the system of this id, then those that serve an agency of this code.
 *
 * @param signature SHA-256 of the call's signed text
 */
export async function findVxpIdentities(sql: Sql, systemid: string, signature: Buffer): Promise<VxpIdentity[]> {
  const { rows } = await sql.query<IdentityRow>(findSql(systemid, signature))
  return rows.map(row => ({
    system: { id: row.id, ...settingsOf(row), agencies: row.agencies },
    settings: vxpSettingsOf(row),
    secrets: row.secrets.map(({ id, sealed }) => ({ id, systemId: row.id, sealed: Buffer.from(sealed, 'base64') })),
    seenAt: row.seen_at,
  }))
}

interface IdentityRow extends SettingsRow, VxpSettingRow {
  readonly id: string
  readonly agencies: string[]
  readonly secrets: { readonly id: string; readonly sealed: string }[]
  readonly seen_at: string | null
}
