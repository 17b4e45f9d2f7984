import type { Agency } from '../agency.ts'
import type { FaultList } from './faults.ts'
import { type AgencyField, agencyFields, isAgencyField, type RawAgency } from './fields.ts'
import { lineOfJsonFault } from './json-fault.ts'
import { jsonTokens } from './json-tokens.ts'

/** Reads one array of agencies. A fault's line is that on which its object begins. */
export function parseJson(text: string, faults: FaultList): RawAgency[] {
  const values = parseArray(text, faults)
  if (values === undefined) return []
  if (values.length === 0) faults.add(1, 'N.File')
  const lines = elementLines(text)
  return values.flatMap((value, index) => rawAgency(value, lines[index] ?? 1, faults) ?? [])
}

function parseArray(text: string, faults: FaultList): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (Array.isArray(value)) return value
    faults.add(1, 'T.File.Json', { value: 'not an array' })
  } catch (error) {
    const value = error instanceof Error ? error.message : String(error)
    faults.add(lineOfJsonFault(text), 'T.File.Json', { value })
  }
  return undefined
}

function rawAgency(value: unknown, line: number, faults: FaultList): RawAgency | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    faults.add(line, 'T.File.Json', { value: 'an agency is an object' })
    return undefined
  }
  const values: Partial<Record<AgencyField, unknown>> = {}
  for (const [key, content] of Object.entries(value)) {
    if (isAgencyField(key)) values[key] = content
    else faults.add(line, 'M.Agency.Field', { value: key, other: agencyFields.join(', ') })
  }
  return { line, values }
}

/** Lines on which the elements of the outermost array begin. The text is known to be JSON. */
function elementLines(text: string): number[] {
  const lines: number[] = []
  let depth = 0
  let line = 1
  let lineEnd = text.indexOf('\n')
  let before = ''
  for (const { sign, start } of jsonTokens(text)) {
    for (; lineEnd !== -1 && lineEnd < start; lineEnd = text.indexOf('\n', lineEnd + 1)) line += 1
    const isElement = depth === 1 && (before === '[' || before === ',') && sign !== ']'
    if (isElement) lines.push(line)
    if (sign === '[' || sign === '{') depth += 1
    if (sign === ']' || sign === '}') depth -= 1
    before = sign
  }
  return lines
}

/** One agency per line, so that a line of the file is an agency. */
export function formatJson(agencies: Iterable<Agency>): string {
  return `[\n${formatJsonRows(agencies)}\n]\n`
}

/** The lines between the brackets. Several calls are joined by `,\n`. */
export function formatJsonRows(agencies: Iterable<Agency>): string {
  return Array.from(agencies, agency => JSON.stringify(agency, [...agencyFields])).join(',\n')
}
