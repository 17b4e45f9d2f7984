import { PassThrough, type Readable, type Writable } from 'node:stream'
import { stringify } from 'csv-stringify'
import { inertText } from './inert-text.ts'

export interface FileColumn<Row> {
  /** Heads. */
  readonly vi: string
  readonly en: string
  /** In characters, about. */
  readonly width: number
  readonly value: (row: Row) => string | number
  /** As spreadsheets write formats of numbers; `0.0%` for a share. */
  readonly format?: string
}

/** Page by page, as they are read. */
type Pages<Row> = AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>

/** One table of a file: whatever its rows are, cells by now. */
export interface FileTable {
  readonly name: string
  readonly columns: readonly { readonly head: string; readonly width: number; readonly format?: string }[]
  readonly pages: AsyncIterable<readonly Cells[]>
}

type Cells = readonly (string | number)[]

export function tableOf<Row>(
  name: string,
  language: 'vi' | 'en',
  columns: readonly FileColumn<Row>[],
  pages: Pages<Row>,
): FileTable {
  const heads = columns.map(({ width, format, ...head }) => ({
    head: head[language],
    width,
    ...(format !== undefined && { format }),
  }))
  return { name, columns: heads, pages: cellPages(columns, pages) }
}

async function* cellPages<Row>(
  columns: readonly FileColumn<Row>[],
  pages: Pages<Row>,
): AsyncGenerator<readonly Cells[]> {
  for await (const page of pages) yield page.map(row => columns.map(column => cellOf(column, row)))
}

function cellOf<Row>(column: FileColumn<Row>, row: Row): string | number {
  const value = column.value(row)
  return typeof value === 'string' ? inertText(value) : value
}

/** Comma-separated, line by line as the rows come. */
export function csvOf(table: FileTable): Readable {
  // Spreadsheets know UTF-8 by the byte order mark.
  const lines = stringify({ bom: true, record_delimiter: '\r\n' })
  void writeLines(lines, table)
  return lines
}

type Lines = ReturnType<typeof stringify>

async function writeLines(lines: Lines, { columns, pages }: FileTable): Promise<void> {
  try {
    lines.write(columns.map(({ head }) => head))
    for await (const page of pages) {
      for (const cells of page) if (!lines.write(cells)) await drained(lines)
    }
    lines.end()
  } catch (error) {
    // The download breaks off: a list that ends early must not look whole.
    lines.destroy(error instanceof Error ? error : new Error(String(error)))
  }
}

function drained(stream: Writable): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.once('drain', resolve)
    stream.once('close', () => reject(new Error('the reader has gone')))
  })
}

export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** A workbook, written while the rows come. Its cells are texts and numbers by type: none is a formula. */
export function workbookOf(sheets: readonly FileTable[]): Readable {
  const stream = new PassThrough()
  void writeWorkbook(stream, sheets).catch(error => stream.destroy(error))
  return stream
}

async function writeWorkbook(stream: PassThrough, sheets: readonly FileTable[]): Promise<void> {
  // Loaded by the first who wants a workbook: it is as much code as all the rest of the console.
  const { default: exceljs } = await import('exceljs')
  const book = new exceljs.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false })
  for (const { name, columns, pages } of sheets) {
    const sheet = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] })
    sheet.columns = columns.map(({ head, width, format }) => ({
      header: head,
      width,
      ...(format !== undefined && { style: { numFmt: format } }),
    }))
    sheet.getRow(1).font = { bold: true }
    sheet.getRow(1).commit()
    for await (const page of pages) {
      for (const cells of page) sheet.addRow([...cells]).commit()
      if (stream.writableNeedDrain) await drained(stream)
    }
    sheet.commit()
  }
  await book.commit()
}
