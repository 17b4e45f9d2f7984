import { type CsvError, parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import type { Agency } from '../agency.ts'
import type { FaultList } from './faults.ts'
import { type AgencyField, agencyFields, isAgencyField, type RawAgency, requiredFields } from './fields.ts'

/** Longest record in characters: an unclosed quote must not swallow the file. */
const maxRecordSize = 20_000

interface Row {
  readonly record: readonly string[]
  /** Line on which the record ends. */
  readonly info: { readonly lines: number }
}

/** Reads RFC 4180 with a header line; `;` and tab part cells too where the header has no comma. */
export function parseCsv(text: string, faults: FaultList): RawAgency[] {
  // The parser counts CRLF inside quotes as two lines; white space in values means nothing here.
  const unixText = text.replaceAll('\r\n', '\n')
  const [header, ...rows] = parseRows(unixText, faults)
  if (header === undefined || rows.length === 0) {
    if (faults.count === 0) faults.add(1, 'N.File')
    return []
  }
  const columns = readHeader(header, faults)
  if (requiredFields.some(field => !columns.includes(field))) return []
  return rows.map(row => rawAgency(row, columns, faults))
}

function parseRows(text: string, faults: FaultList): Row[] {
  const read: unknown = parse(text, {
    info: true,
    delimiter: delimiterOf(text),
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: maxRecordSize,
    on_skip: error => {
      if (error) faults.add(lineOf(error), 'T.File.Csv', { value: error.message })
    },
  })
  return read as Row[]
}

function lineOf(error: CsvError): number {
  const lines: unknown = error.lines
  return typeof lines === 'number' ? lines : 1
}

/** Spreadsheets write the list separator of their country. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.indexOf('\n') + 1 || undefined)
  return [',', ';', '\t'].find(each => header.includes(each)) ?? ','
}

type Column = AgencyField | undefined

function readHeader(header: Row, faults: FaultList): Column[] {
  const seen = new Set<Column>()
  const columns = header.record.map(written => {
    const name = written.trim()
    const known = isAgencyField(name) && !seen.has(name) ? name : undefined
    if (known === undefined) faults.add(1, 'M.File.Column', { value: name, other: agencyFields.join(', ') })
    seen.add(known)
    return known
  })
  for (const field of requiredFields) {
    if (!seen.has(field)) faults.add(1, 'N.File.Column', { value: field })
  }
  return columns
}

function rawAgency({ record, info }: Row, columns: readonly Column[], faults: FaultList): RawAgency {
  const line = info.lines - lineBreaks(record)
  if (record.length !== columns.length) {
    faults.add(line, 'R.File.Columns', { value: String(record.length), other: String(columns.length) })
  }
  const values: Partial<Record<AgencyField, string>> = {}
  for (const [index, column] of columns.entries()) {
    const cell = record[index]
    if (column !== undefined && cell !== undefined) values[column] = openCell(cell)
  }
  return { line, values }
}

function lineBreaks(record: readonly string[]): number {
  return record.reduce((sum, cell) => sum + (cell.includes('\n') ? cell.split('\n').length - 1 : 0), 0)
}

/** Writes RFC 4180 with a header line, UTF-8 with byte order mark, so that spreadsheets show accents. */
export function formatCsv(agencies: Iterable<Agency>): string {
  return `${csvHeader()}${formatCsvRows(agencies)}`
}

/** The first line of an export; `formatCsvRows` writes the others, any number at a time. */
export function csvHeader(): string {
  return `\uFEFF${stringify([[...agencyFields]], { record_delimiter: 'windows' })}`
}

export function formatCsvRows(agencies: Iterable<Agency>): string {
  const rows = Array.from(agencies, agency => agencyFields.map(field => sealCell(cellOf(agency[field]))))
  return stringify(rows, { record_delimiter: 'windows' })
}

/** A value as files write it, before it is made safe for spreadsheets. */
export function cellOf(value: Agency[AgencyField]): string {
  if (value === undefined) return ''
  return typeof value === 'object' ? value.join(' ') : String(value)
}

/** A cell that begins like this is run as a formula by spreadsheets (OWASP, CSV Injection). */
const formula = /^'*[=+\-@\t\r＝＋－＠]/

/** Puts an apostrophe before what a spreadsheet would run; `openCell` takes it away. */
function sealCell(cell: string): string {
  return formula.test(cell) ? `'${cell}` : cell
}

function openCell(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell
}
