import type { Agency } from './agency.ts'
import { cellOf } from './import/csv.ts'
import { type AgencyField, agencyFields } from './import/fields.ts'

/** One field that differs, as files write it; empty: nothing. */
export interface FieldChange {
  readonly field: AgencyField
  readonly before: string
  readonly after: string
}

/** What holds of an agency unless it is told otherwise. */
const unlessTold: Partial<Agency> = { kind: 'agency', canReceive: true, receivesForUnits: false }

/** What differs between an agency as it is and as it will be, in the order of the columns of files. */
export function fieldChanges(before: Agency | undefined, after: Agency | undefined): FieldChange[] {
  return agencyFields.flatMap(field => {
    const [was, is] = [before ?? unlessTold, after ?? unlessTold].map(agency => cellOf(agency[field]))
    return was === is ? [] : [{ field, before: was ?? '', after: is ?? '' }]
  })
}
