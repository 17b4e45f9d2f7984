import { encode } from 'uqr'

/** Four modules of white around the code (ISO/IEC 18004, section 9.1). */
const quietZone = 4

/**
 * Draws a QR code whose white margin is part of the square.
 *
 * @param square left upper corner and side, in points
 */
export function drawQr(
  paper: PDFKit.PDFDocument,
  text: string,
  square: { readonly x: number; readonly y: number; readonly side: number },
): void {
  const { data, size } = encode(text, { ecc: 'M', border: quietZone })
  const dot = square.side / size
  paper.save().translate(square.x, square.y).scale(dot)
  for (const [y, row] of data.entries()) drawRow(paper, row, y)
  paper.fill('#000000').restore()
}

/** Neighbours are drawn as one bar: between single dots some viewers leave hair lines. */
function drawRow(paper: PDFKit.PDFDocument, row: readonly boolean[], y: number): void {
  for (let x = 0; x < row.length; x += 1) {
    const start = x
    while (row[x]) x += 1
    if (x > start) paper.rect(start, y, x - start, 1)
  }
}
