import type { Agency } from '../agency.ts'
import { normalizeCode } from '../agency-code.ts'
import { checkAgencies, type DirectoryNode } from './check.ts'
import { parseCsv } from './csv.ts'
import { createFaultList, type FaultList, type ImportFault } from './faults.ts'
import type { LocatedAgency } from './fields.ts'
import { parseJson } from './json.ts'
import { readAgency } from './read-agency.ts'

export type DirectoryFormat = 'csv' | 'json'

/** A file as read. With any fault nothing of it may be written. */
export interface DirectoryReading {
  /** In the order of the file; those with faults of their own are missing. */
  readonly agencies: readonly Agency[]
  /** In order of lines, the first 200. */
  readonly faults: readonly ImportFault[]
  /** All that were found. */
  readonly faultCount: number
}

/**
 * Reads a directory file and finds all its faults.
 *
 * @param bytes UTF-8, with or without byte order mark. CSV by RFC 4180 with a header line, or one JSON array
 * @param existing agencies that stay beside those of the file: the whole directory for a merge, none for a replacement
 */
export function readDirectory(
  bytes: Uint8Array,
  format: DirectoryFormat,
  existing: Iterable<DirectoryNode> = [],
): DirectoryReading {
  const faults = createFaultList()
  const text = decode(bytes, faults)
  const raws = text === undefined ? [] : format === 'csv' ? parseCsv(text, faults) : parseJson(text, faults)
  const located: LocatedAgency[] = []
  const unread = new Set<string>()
  for (const raw of raws) {
    const agency = readAgency(raw, faults)
    if (agency !== undefined) located.push({ line: raw.line, agency })
    else if (typeof raw.values.code === 'string') unread.add(normalizeCode(raw.values.code))
  }
  checkAgencies(located, unread, existing, faults)
  return { agencies: located.map(each => each.agency), faults: faults.faults, faultCount: faults.count }
}

function decode(bytes: Uint8Array, faults: FaultList): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    faults.add(lineOfBadByte(bytes), 'T.File.Encoding')
    return undefined
  }
}

/** The replacement character stands where the first wrong byte is, unless the file holds one itself. */
function lineOfBadByte(bytes: Uint8Array): number {
  const text = new TextDecoder('utf-8').decode(bytes)
  return text.slice(0, text.indexOf('\uFFFD')).split('\n').length
}
