import { printable } from '@docaxis/print'

type Paper = ReturnType<typeof import('@docaxis/print/sheets').openSheets>['paper']

export interface PrintColumn<Row> {
  readonly head: string
  /** Points. */
  readonly width: number
  /** Numbers stand at the right. */
  readonly number?: boolean
  readonly cell: (row: Row) => string
}

const padding = 3
const size = 8

/** A table with hairlines, from where the paper stands; its head again on every page. */
export function printTable<Row>(paper: Paper, columns: readonly PrintColumn<Row>[], rows: readonly Row[]): void {
  const head = columns.map(column => column.head)
  printRow(paper, columns, head, { bold: true })
  for (const row of rows) {
    const cells = columns.map(column => printable(column.cell(row)))
    if (paper.y + heightOf(paper, columns, cells) > paper.page.maxY()) {
      paper.addPage()
      printRow(paper, columns, head, { bold: true })
    }
    printRow(paper, columns, cells, { bold: false })
  }
  paper.x = paper.page.margins.left
}

function printRow<Row>(
  paper: Paper,
  columns: readonly PrintColumn<Row>[],
  cells: readonly string[],
  { bold }: { readonly bold: boolean },
): void {
  paper
    .font(bold ? 'bold' : 'regular')
    .fontSize(size)
    .fillColor('#000000')
  const height = heightOf(paper, columns, cells)
  const top = paper.y
  let left = paper.page.margins.left
  for (const [index, { width, number }] of columns.entries()) {
    const place = { width: width - 2 * padding, align: number ? 'right' : 'left' } as const
    paper.text(cells[index] ?? '', left + padding, top + padding, place)
    left += width
  }
  paper
    .moveTo(paper.page.margins.left, top + height)
    .lineTo(left, top + height)
    .lineWidth(0.5)
    .strokeColor(bold ? '#000000' : '#bbbbbb')
    .stroke()
  paper.y = top + height
}

function heightOf<Row>(paper: Paper, columns: readonly PrintColumn<Row>[], cells: readonly string[]): number {
  paper.fontSize(size)
  const heights = columns.map(({ width }, index) =>
    paper.heightOfString(cells[index] ?? '', { width: width - 2 * padding }),
  )
  return Math.max(...heights) + 2 * padding
}
