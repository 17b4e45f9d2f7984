import type { Agency } from '../agency.ts'

/** Column names of CSV files and keys of JSON objects, in the order in which exports write them. */
export const agencyFields = [
  'code',
  'code2016',
  'oldCodes',
  'name',
  'shortName',
  'kind',
  'level',
  'parent',
  'locality',
  'groups',
  'mail',
  'validFrom',
  'validTo',
  'graceUntil',
  'successor',
  'choices',
  'center',
  'canReceive',
  'receivesForUnits',
  'maxEnvelopeBytes',
  'fileTypes',
] as const satisfies readonly (keyof Agency)[]

export type AgencyField = (typeof agencyFields)[number]

/** What a file must name for every agency; all else has a default. */
export const requiredFields: readonly AgencyField[] = ['code', 'name', 'level']

/** One agency of a file before its values are judged. */
export interface RawAgency {
  readonly line: number
  readonly values: Readonly<Partial<Record<AgencyField, unknown>>>
}

/** A readable agency and where it stands in its file. */
export interface LocatedAgency {
  readonly line: number
  readonly agency: Agency
}

export function isAgencyField(name: string): name is AgencyField {
  return (agencyFields as readonly string[]).includes(name)
}
