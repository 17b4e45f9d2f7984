import type { Agency, AgencyLookup, Connection, DirectoryEntry } from '../src/index.ts'

/** 10:00 on Wednesday 19 August 2026 in Ha Noi. */
export const noon = new Date('2026-08-19T03:00:00Z')

/** An agency of the province level that is open and can receive; `change` makes it differ. */
export function agency(code: string, change: Partial<Agency> = {}): Agency {
  return {
    code,
    oldCodes: [],
    name: `Cơ quan ${code}`,
    kind: 'agency',
    level: 'province',
    groups: [],
    canReceive: true,
    receivesForUnits: false,
    ...change,
  }
}

export const connected: Connection = { connected: true, lastCalledAt: noon }
export const notConnected: Connection = { connected: false }

/** Finds the entries by each of their forms. */
export function directoryOf(...entries: readonly DirectoryEntry[]): AgencyLookup {
  const found = new Map(
    entries.flatMap(entry => {
      const { code, code2016, oldCodes } = entry.agency
      return [code, ...(code2016 === undefined ? [] : [code2016]), ...oldCodes].map(form => [form, entry] as const)
    }),
  )
  return code => found.get(code)
}

/** An entry whose system called just now, unless told. */
export function entry(code: string, change: Partial<Agency> = {}, connection: Connection = connected): DirectoryEntry {
  return { agency: agency(code, change), connection }
}
