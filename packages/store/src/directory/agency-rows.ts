import { type Agency, foldText } from '@docaxis/directory'

/** Rows per statement while loading. */
export const batchSize = 5_000

/** Agencies as the database loads them; texts, so that they pass between threads at little cost. */
export interface AgencyRows {
  /** JSON arrays of at most `batchSize` rows. */
  readonly batches: readonly string[]
  readonly count: number
}

export function agencyRows(agencies: readonly Agency[]): AgencyRows {
  const batches: string[] = []
  for (let start = 0; start < agencies.length; start += batchSize) {
    batches.push(JSON.stringify(agencies.slice(start, start + batchSize).map(rowOf)))
  }
  return { batches, count: agencies.length }
}

/** One agency under the column names of the table. */
function rowOf(agency: Agency): Record<string, unknown> {
  return {
    code: agency.code,
    code_2016: agency.code2016,
    old_codes: agency.oldCodes,
    name: agency.name,
    short_name: agency.shortName,
    kind: agency.kind,
    level: agency.level,
    parent: agency.parent,
    locality: agency.locality,
    groups: agency.groups,
    mail: agency.mail,
    valid_from: agency.validFrom,
    valid_to: agency.validTo,
    grace_until: agency.graceUntil,
    successor: agency.successor,
    choices: agency.choices ?? [],
    center: agency.center,
    can_receive: agency.canReceive,
    receives_for_units: agency.receivesForUnits,
    max_envelope_bytes: agency.maxEnvelopeBytes,
    file_types: agency.fileTypes ?? [],
    search: searchTextOf(agency),
  }
}

/** The text that `searchAgencies` looks through. */
function searchTextOf({ code, code2016, oldCodes, name, shortName, locality }: Agency): string {
  return foldText([code, code2016, ...oldCodes, name, shortName, locality].filter(Boolean).join(' '))
}
