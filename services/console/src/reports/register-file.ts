import { foldText } from '@docaxis/directory'
import type { Bilingual } from '@docaxis/errors'
import { mostRegistered, type RegisterTotal } from '@docaxis/store'
import { type CsvError, parse } from 'csv-parse/sync'

/** A fault of a file, with the line it stands in. */
export interface LineFault extends Bilingual {
  readonly line: number
}

export interface RegisterFile {
  readonly totals: readonly RegisterTotal[]
  /** Where there is one, nothing of the file is written. */
  readonly faults: readonly LineFault[]
}

/** What the file is checked against. */
export interface RegisterRules {
  /** The month that it is now: later ones have no totals yet. */
  readonly present: string
  /** Those of these codes that the person may enter totals for. */
  readonly known: (codes: readonly string[]) => Promise<ReadonlySet<string>>
}

/** Heads of the columns, as programs and as people write them; without accents. */
const heads: Readonly<Record<keyof RegisterTotal, readonly string[]>> = {
  agency: ['agency', 'ma co quan', 'co quan'],
  month: ['month', 'thang'],
  outgoing: ['outgoing', 'van ban di', 'tong van ban di'],
  incoming: ['incoming', 'van ban den', 'tong van ban den'],
}
const columnNames = Object.keys(heads) as (keyof RegisterTotal)[]

const longestRecord = 2_000

/**
 * Totals of many agencies and months, comma-separated with a head; `;` and tab part cells too, as spreadsheets of some
 * countries write them. All faults are told at once.
 */
export async function readRegisterFile(text: string, rules: RegisterRules): Promise<RegisterFile> {
  const faults: LineFault[] = []
  const rows = parseRows(text, faults)
  const [head, ...body] = rows
  if (!head || body.length === 0) return { totals: [], faults: [...faults, { line: 1, ...texts.empty }] }
  const columns = columnsOf(head, faults)
  if (faults.length > 0) return { totals: [], faults }
  const cellsOf = ({ record }: Row): Cells =>
    Object.fromEntries(columns.map((name, index) => [name, record[index]?.trim() ?? ''])) as Cells
  const lines = body.map(row => ({ line: row.info.lines, cells: cellsOf(row) }))
  const known = await rules.known(lines.map(({ cells }) => cells.agency))
  const seen = new Map<string, number>()
  const totals = lines.flatMap(({ line, cells }) => {
    const total = readTotal(cells)
    const key = `${cells.agency} ${total.month}`
    const found = faultsOf(cells, total, { ...rules, known, earlier: seen.get(key) })
    seen.set(key, line)
    faults.push(...found.map(fault => ({ line, ...fault })))
    return found.length === 0 ? [total as RegisterTotal] : []
  })
  return { totals, faults }
}

interface Row {
  readonly record: readonly string[]
  /** Line on which the record ends. */
  readonly info: { readonly lines: number }
}

type Cells = Readonly<Record<keyof RegisterTotal, string>>

function parseRows(text: string, faults: LineFault[]): Row[] {
  const plain = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
  const head = plain.slice(0, plain.indexOf('\n') + 1 || undefined)
  return parse(plain, {
    info: true,
    delimiter: [',', ';', '\t'].find(each => head.includes(each)) ?? ',',
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: longestRecord,
    on_skip: (error: CsvError | undefined) => {
      const lines: unknown = error?.lines
      faults.push({ line: typeof lines === 'number' ? lines : 1, ...texts.syntax })
    },
  }) as unknown as Row[]
}

function columnsOf({ record }: Row, faults: LineFault[]): (keyof RegisterTotal | undefined)[] {
  const columns = record.map(written => columnNames.find(name => heads[name].includes(foldText(written).trim())))
  for (const name of ['agency', 'month'] as const) {
    if (!columns.includes(name)) faults.push({ line: 1, ...texts.noColumn(name) })
  }
  if (!columns.includes('outgoing') && !columns.includes('incoming')) faults.push({ line: 1, ...texts.noTotals })
  return columns
}

/** Undefined: not to be read. */
interface ReadTotal {
  readonly agency: string
  readonly month: string | undefined
  readonly outgoing: number | null | undefined
  readonly incoming: number | null | undefined
}

function readTotal({ agency, month, outgoing, incoming }: Cells): ReadTotal {
  return { agency, month: monthIn(month), outgoing: numberIn(outgoing), incoming: numberIn(incoming) }
}

/** `2026-11` as programs write it, `11/2026` as people do. */
function monthIn(text: string): string | undefined {
  const people = /^(\d{1,2})\/(\d{4})$/.exec(text)
  const month = people ? `${people[2]}-${people[1]?.padStart(2, '0')}` : text
  return /^2\d{3}-(0[1-9]|1[0-2])$/.test(month) ? month : undefined
}

/** Digits alone: a point may part thousands or decimals, and nobody should guess which. */
function numberIn(text = ''): number | null | undefined {
  if (text === '') return null
  const number = /^\d{1,8}$/.test(text) ? Number(text) : Number.NaN
  return number <= mostRegistered ? number : undefined
}

interface Against extends Omit<RegisterRules, 'known'> {
  readonly known: ReadonlySet<string>
  /** Line that says something about the same agency and month. */
  readonly earlier: number | undefined
}

function faultsOf(cells: Cells, total: ReadTotal, { known, present, earlier }: Against): Bilingual[] {
  const { month, outgoing, incoming } = total
  return [
    ...(known.has(total.agency) ? [] : [texts.unknown(cells.agency)]),
    ...(month === undefined ? [texts.month(cells.month)] : month > present ? [texts.future(cells.month)] : []),
    ...(outgoing === undefined ? [texts.number(cells.outgoing)] : []),
    ...(incoming === undefined ? [texts.number(cells.incoming)] : []),
    ...(outgoing === null && incoming === null ? [texts.nothing] : []),
    ...(earlier === undefined ? [] : [texts.twice(earlier)]),
  ]
}

const shown = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text)

const texts = {
  empty: { vi: 'Tệp không có dòng số liệu nào.', en: 'The file holds no line of totals.' },
  syntax: { vi: 'Dòng CSV sai cú pháp.', en: 'The line is no well-formed CSV.' },
  noColumn: (name: 'agency' | 'month') => ({
    vi: `Thiếu cột "${{ agency: 'mã cơ quan', month: 'tháng' }[name]}" (${name}).`,
    en: `The column "${name}" is missing.`,
  }),
  noTotals: {
    vi: 'Thiếu cả hai cột "văn bản đi" (outgoing) và "văn bản đến" (incoming).',
    en: 'Both columns "outgoing" and "incoming" are missing.',
  },
  unknown: (code: string) => ({
    vi: `Không có cơ quan "${shown(code)}" trong phạm vi của bạn.`,
    en: `There is no agency "${shown(code)}" within your scope.`,
  }),
  month: (text: string) => ({
    vi: `Tháng "${shown(text)}" không đọc được; viết 11/2026 hoặc 2026-11.`,
    en: `The month "${shown(text)}" cannot be read; write 2026-11 or 11/2026.`,
  }),
  future: (text: string) => ({
    vi: `Tháng "${shown(text)}" chưa tới.`,
    en: `The month "${shown(text)}" has not begun.`,
  }),
  number: (text: string) => ({
    vi: `"${shown(text)}" không phải số văn bản; chỉ viết chữ số, không quá 10000000.`,
    en: `"${shown(text)}" is no number of documents; write digits alone, up to 10000000.`,
  }),
  nothing: {
    vi: 'Không có số văn bản đi lẫn văn bản đến.',
    en: 'There is neither a number of outgoing nor of incoming documents.',
  },
  twice: (line: number) => ({
    vi: `Cơ quan và tháng này đã có ở dòng ${line}.`,
    en: `This agency and month stand in line ${line} already.`,
  }),
} as const
