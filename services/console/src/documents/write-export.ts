import { PassThrough, type Readable, type Writable } from 'node:stream'
import { stringify } from 'csv-stringify'
import exceljs from 'exceljs'
import type { DocumentRow } from './document-rows.ts'
import { type ExportColumn, inertText } from './export-columns.ts'

export type Rows = AsyncIterable<readonly DocumentRow[]>

/** Comma-separated, line by line as the rows come. */
export function csvOf(rows: Rows, columns: readonly ExportColumn[], language: 'vi' | 'en'): Readable {
  // Spreadsheets know UTF-8 by the byte order mark.
  const lines = stringify({ bom: true, record_delimiter: '\r\n' })
  void writeLines(lines, rows, columns, language)
  return lines
}

type Lines = ReturnType<typeof stringify>

async function writeLines(
  lines: Lines,
  rows: Rows,
  columns: readonly ExportColumn[],
  language: 'vi' | 'en',
): Promise<void> {
  try {
    lines.write(columns.map(column => column[language]))
    for await (const page of rows) {
      for (const row of page) if (!lines.write(columns.map(column => cellOf(column, row)))) await drained(lines)
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

const cellOf = (column: ExportColumn, row: DocumentRow): string | number => {
  const value = column.value(row)
  return typeof value === 'string' ? inertText(value) : value
}

/** A workbook, written while the rows come. Its cells are texts and numbers by type: none is a formula. */
export function workbookOf(rows: Rows, columns: readonly ExportColumn[], language: 'vi' | 'en'): Readable {
  const stream = new PassThrough()
  void writeWorkbook(stream, rows, columns, language).catch(error => stream.destroy(error))
  return stream
}

async function writeWorkbook(
  stream: PassThrough,
  rows: Rows,
  columns: readonly ExportColumn[],
  language: 'vi' | 'en',
): Promise<void> {
  const book = new exceljs.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false })
  const sheet = book.addWorksheet(language === 'vi' ? 'Văn bản' : 'Documents', {
    views: [{ state: 'frozen', ySplit: 1 }],
  })
  sheet.columns = columns.map(column => ({ header: column[language], width: column.width }))
  sheet.getRow(1).font = { bold: true }
  sheet.getRow(1).commit()
  for await (const page of rows) {
    for (const row of page) sheet.addRow(columns.map(column => cellOf(column, row))).commit()
    if (stream.writableNeedDrain) await drained(stream)
  }
  sheet.commit()
  await book.commit()
}
