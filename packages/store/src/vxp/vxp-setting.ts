import type { Sql } from '../database.ts'

/** How one system is served over VXP. */
export interface VxpSettings {
  /** What a list shows of a packet to several agencies behind the system: one row, or one for each. */
  readonly rows: 'per-system' | 'per-agency'
  /** CIDR networks that may call over plain HTTP; loopback and TLS always may. */
  readonly sourceNetworks: readonly string[]
  /** Oldest timestamp taken, in seconds; 0: any age; null: any for a legacy system, 15 minutes for a strict one. */
  readonly maxAgeSeconds: number | null
  /** How far in the future a timestamp may lie. */
  readonly maxAheadSeconds: number
}

/** Columns of `vxp_setting` under their defaults; needs `left join vxp_setting` in the from clause. */
export const vxpSettingColumns = `
  coalesce(vxp_setting.list_rows, 'per-system') as list_rows,
  coalesce(vxp_setting.source_networks, '{}') as source_networks,
  vxp_setting.max_age_seconds, coalesce(vxp_setting.max_ahead_seconds, 300) as max_ahead_seconds`

export interface VxpSettingRow {
  readonly list_rows: VxpSettings['rows']
  readonly source_networks: string[]
  readonly max_age_seconds: number | null
  readonly max_ahead_seconds: number
}

export function vxpSettingsOf(row: VxpSettingRow): VxpSettings {
  return {
    rows: row.list_rows,
    sourceNetworks: row.source_networks,
    maxAgeSeconds: row.max_age_seconds,
    maxAheadSeconds: row.max_ahead_seconds,
  }
}

const getSql = `
select ${vxpSettingColumns}
  from system
  left join vxp_setting on vxp_setting.system_id = system.id
 where system.id = $1`

/** Undefined when there is no such system. */
export async function findVxpSettings(sql: Sql, systemId: string): Promise<VxpSettings | undefined> {
  const { rows } = await sql.query<VxpSettingRow>(getSql, [systemId])
  return rows[0] && vxpSettingsOf(rows[0])
}

const putSql = `
insert into vxp_setting (system_id, list_rows, source_networks, max_age_seconds, max_ahead_seconds)
values ($1, $2, $3, $4, $5)
on conflict (system_id) do update
   set list_rows = excluded.list_rows, source_networks = excluded.source_networks,
       max_age_seconds = excluded.max_age_seconds, max_ahead_seconds = excluded.max_ahead_seconds`

export async function putVxpSettings(sql: Sql, systemId: string, settings: VxpSettings): Promise<void> {
  const { rows, sourceNetworks, maxAgeSeconds, maxAheadSeconds } = settings
  await sql.query(putSql, [systemId, rows, sourceNetworks, maxAgeSeconds, maxAheadSeconds])
}
