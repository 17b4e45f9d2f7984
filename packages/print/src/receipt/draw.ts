import type { Bilingual } from '@docaxis/errors'
import { printable } from '../printable.ts'

/** Points between parts. */
export const gap = 12
const labelWidth = 188
const columnGap = 8

/** One fact: what it is, in both languages, and the value. */
export interface Row {
  readonly label: Bilingual
  /** Each on lines of its own. */
  readonly values: readonly string[]
  readonly small?: boolean
}

export function drawSection(paper: PDFKit.PDFDocument, { vi, en }: Bilingual): void {
  keepTogether(paper, 60)
  const { left, right } = paper.page.margins
  paper.y += gap / 2
  paper.font('bold').fontSize(11).fillColor('#1a1a1a').text(vi, left, paper.y, { continued: true })
  paper.font('regular').fontSize(9).fillColor('#555555').text(`   ${en}`)
  paper.y += 2
  paper
    .moveTo(left, paper.y)
    .lineTo(paper.page.width - right, paper.y)
    .lineWidth(0.5)
    .stroke('#999999')
  paper.y += gap / 2
}

/** Labels at the left, values at the right; a long list of values goes on over the page. */
export function drawRows(paper: PDFKit.PDFDocument, rows: readonly Row[]): void {
  for (const row of rows) drawRow(paper, row)
}

function drawRow(paper: PDFKit.PDFDocument, { label, values, small = false }: Row): void {
  const { left, right } = paper.page.margins
  const x = left + labelWidth + columnGap
  const width = paper.page.width - right - x
  keepTogether(paper, 28)
  const { y: top } = paper
  const page = paper.page
  paper.font('regular').fontSize(9.5).fillColor('#1a1a1a')
  paper.text(label.vi, left, top, { width: labelWidth, continued: true })
  paper.fontSize(8).fillColor('#555555').text(`  ${label.en}`)
  const labelEnd = paper.y
  paper
    .font('regular')
    .fontSize(small ? 7.5 : 9.5)
    .fillColor('#1a1a1a')
  paper.y = top
  for (const value of values) paper.text(printable(value), x, paper.y, { width })
  paper.y = (paper.page === page ? Math.max(labelEnd, paper.y) : paper.y) + 4
}

/** A new page where so much no longer fits. */
export function keepTogether(paper: PDFKit.PDFDocument, height: number): void {
  if (paper.y + height > paper.page.height - paper.page.margins.bottom) paper.addPage()
}
