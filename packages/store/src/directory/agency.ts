import type { AgencyKind, AgencyRecord, Connection, Level } from '@docaxis/directory'
import { normalizeCode } from '@docaxis/directory'
import { HubError } from '@docaxis/errors'
import { type Sql, statement } from '../database.ts'

/** An agency as lists and look-ups give it. */
export interface AgencyListing {
  readonly agency: AgencyRecord
  readonly connection: Connection
}

/** Needs `agency` in the from clause. Dates as text: `pg` would make them instants of the server's zone. */
export const agencyColumns = `
  agency.code, agency.code_2016, agency.old_codes, agency.name, agency.short_name, agency.kind, agency.level,
  agency.parent, agency.locality, agency.groups, agency.mail, agency.valid_from::text, agency.valid_to::text,
  agency.grace_until::text, agency.successor, agency.choices, agency.center, agency.can_receive, agency.receives_for_units,
  agency.max_envelope_bytes, agency.file_types, agency.version, agency.deleted, agency.updated_at`

// Connected: an enabled system is bound to the agency or to its center; where several fetch, what one of them takes is
// taken. "offset 0" has the bindings read first, by their index, instead of trying every system against every agency.
const connectionColumns = `
  connection.systems, connection.last_called_at, connection.connected_since, connection.receive_max_bytes,
  connection.receive_file_types`
const connectionJoin = `
  cross join lateral (
    select count(*)::integer as systems, max(system.last_called_at) as last_called_at,
           min(system.created_at) as connected_since,
           case when bool_and(system.receive_max_bytes is not null)
                then max(system.receive_max_bytes) end as receive_max_bytes,
           case when bool_and(system.receive_file_types <> '{}')
                then string_agg(array_to_string(system.receive_file_types, ' '), ' ') end as receive_file_types
      from (select distinct system_id from system_agency where agency_code in (agency.code, agency.center) offset 0) as bound
     cross join lateral (
       select last_called_at, created_at, receive_max_bytes, receive_file_types from system
        where system.id = bound.system_id and system.disabled_at is null
        limit 1
     ) as system
  ) as connection`

// Starts from the codes written and adds, link by link, the agencies above and the successors of all it has found.
// "limit 1" keeps the planner at one index probe per agency: it overrates what recursion finds and would read the whole
// table for three codes. Codes as JSON: the planner, who cannot count them, plans once; an array of three had it plan anew for
// each call, which took twice as long as the search.
const findAgenciesSql = statement(
  'agency.find',
  `
with recursive reached (code) as (
  select agency_code.agency_code
    from jsonb_array_elements_text($1::jsonb) as written (code)
    join agency_code on agency_code.code = written.code
   union
  select link.code
    from reached
   cross join lateral (select parent, successor, choices from agency where agency.code = reached.code limit 1) as node
   cross join lateral unnest(array[node.parent, node.successor] || node.choices) as link (code)
   where link.code is not null
)
select ${agencyColumns}, ${connectionColumns}
  from reached
 cross join lateral (select * from agency where agency.code = reached.code and not agency.deleted limit 1) as agency
 ${connectionJoin}`,
)

/**
 * Everything needed to resolve the codes written, in one query: the agencies they name in any of their forms, their
 * successors and the agencies above. Each stands under all its forms.
 *
 * `resolveReceivers(codes, at, code => found.get(code))` of packages/directory does the rest.
 *
 * @param codes up to 15,000, as written
 */
export async function findAgencies(sql: Sql, codes: readonly string[]): Promise<ReadonlyMap<string, AgencyListing>> {
  const { rows } = await sql.query<ListingRow>(findAgenciesSql(JSON.stringify(codes.map(normalizeCode))))
  const found = new Map<string, AgencyListing>()
  for (const row of rows) {
    const listing = listingOf(row)
    for (const form of formsOf(row)) found.set(form, listing)
  }
  return found
}

function formsOf(row: AgencyRow): string[] {
  return [row.code, ...(row.code_2016 === null ? [] : [row.code_2016]), ...row.old_codes]
}

const findAgencySql = statement(
  'agency.find-one',
  `
select ${agencyColumns}, ${connectionColumns}
  from agency_code
  join agency on agency.code = agency_code.agency_code
 ${connectionJoin}
 where agency_code.code = $1`,
)

/** By any of its forms. Removed agencies are not found. */
export async function findAgency(sql: Sql, code: string): Promise<AgencyListing | undefined> {
  const { rows } = await sql.query<ListingRow>(findAgencySql(normalizeCode(code)))
  return rows[0] && listingOf(rows[0])
}

/** @throws HubError `NOT_FOUND` */
export async function getAgency(sql: Sql, code: string): Promise<AgencyListing> {
  const listing = await findAgency(sql, code)
  if (listing === undefined) throw new HubError('NOT_FOUND', 'no agency has this code', { details: { code } })
  return listing
}

export interface ListingRow extends AgencyRow {
  readonly systems: number
  readonly last_called_at: Date | null
  readonly connected_since: Date | null
  readonly receive_max_bytes: string | null
  /** Parted by blanks. */
  readonly receive_file_types: string | null
}

export interface AgencyRow {
  readonly code: string
  readonly code_2016: string | null
  readonly old_codes: string[]
  readonly name: string
  readonly short_name: string | null
  readonly kind: AgencyKind
  readonly level: Level
  readonly parent: string | null
  readonly locality: string | null
  readonly groups: string[]
  readonly mail: string | null
  readonly valid_from: string | null
  readonly valid_to: string | null
  readonly grace_until: string | null
  readonly successor: string | null
  readonly choices: string[]
  readonly center: string | null
  readonly can_receive: boolean
  readonly receives_for_units: boolean
  readonly max_envelope_bytes: string | null
  readonly file_types: string[]
  readonly version: string
  readonly deleted: boolean
  readonly updated_at: Date
}

export function listingOf(row: ListingRow): AgencyListing {
  return {
    agency: agencyOf(row),
    connection: {
      connected: row.systems > 0,
      ...(row.last_called_at && { lastCalledAt: row.last_called_at }),
      ...(row.connected_since && { connectedSince: row.connected_since }),
      ...limitsOf(row),
    },
  }
}

function limitsOf({ receive_max_bytes, receive_file_types }: ListingRow): Pick<Connection, 'limits'> {
  if (receive_max_bytes === null && receive_file_types === null) return {}
  return {
    limits: {
      ...(receive_max_bytes !== null && { maxEnvelopeBytes: Number(receive_max_bytes) }),
      ...(receive_file_types !== null && { fileTypes: [...new Set(receive_file_types.split(' '))] }),
    },
  }
}

export function agencyOf(row: AgencyRow): AgencyRecord {
  return {
    code: row.code,
    ...(row.code_2016 !== null && { code2016: row.code_2016 }),
    oldCodes: row.old_codes,
    name: row.name,
    ...(row.short_name !== null && { shortName: row.short_name }),
    kind: row.kind,
    level: row.level,
    ...(row.parent !== null && { parent: row.parent }),
    ...(row.locality !== null && { locality: row.locality }),
    groups: row.groups,
    ...(row.mail !== null && { mail: row.mail }),
    ...(row.valid_from !== null && { validFrom: row.valid_from }),
    ...(row.valid_to !== null && { validTo: row.valid_to }),
    ...(row.grace_until !== null && { graceUntil: row.grace_until }),
    ...(row.successor !== null && { successor: row.successor }),
    ...(row.choices.length > 0 && { choices: row.choices }),
    ...(row.center !== null && { center: row.center }),
    canReceive: row.can_receive,
    receivesForUnits: row.receives_for_units,
    ...(row.max_envelope_bytes !== null && { maxEnvelopeBytes: Number(row.max_envelope_bytes) }),
    ...(row.file_types.length > 0 && { fileTypes: row.file_types }),
    version: Number(row.version),
    deleted: row.deleted,
    updatedAt: row.updated_at,
  }
}

/** Columns and join for queries that list agencies with their connection. */
export const listingColumns = `${agencyColumns}, ${connectionColumns}`
export const listingJoin = connectionJoin
