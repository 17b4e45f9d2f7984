import data from '../data/level-1.json' with { type: 'json' }
import type { Agency } from './agency.ts'
import { createFaultList } from './import/faults.ts'
import { readAgency } from './import/read-agency.ts'

/**
 * Level-1 codes of QĐ 20/2020 with QĐ 09/2025 as far as they are known (edXML section 12): central bodies, provincial
 * People's Committees and Councils, with what the reform of 2025 closed. `data/README.md` says what is left out.
 */
export function levelOneAgencies(): readonly Agency[] {
  const faults = createFaultList()
  const agencies = data.flatMap((values, index) => readAgency({ line: index + 1, values }, faults) ?? [])
  if (faults.count > 0) throw new Error(`data/level-1.json: ${faults.faults[0]?.en}`)
  return agencies
}
