import { PdfFault } from './limits.ts'
import { isInteger, type PdfValue } from './values.ts'

/** Predictors of ISO 32000-2 section 7.4.4.4: none, or those of PNG over bytes. */
export function undoPredictor(content: Buffer, parameters: ReadonlyMap<string, PdfValue>): Buffer {
  const number = (key: string, otherwise: number) => {
    const value = parameters.get(key) ?? otherwise
    if (!isInteger(value)) throw new PdfFault(`${key} of a filter is no number`)
    return value
  }
  const predictor = number('Predictor', 1)
  if (predictor === 1) return content
  const columns = number('Columns', 1)
  const isOfBytes = number('Colors', 1) === 1 && number('BitsPerComponent', 8) === 8
  if (predictor < 10 || predictor > 15 || !isOfBytes || columns < 1 || columns > 1024) {
    throw new PdfFault(`predictor ${predictor} on a stream of objects`)
  }
  return undoPng(content, columns)
}

function undoPng(content: Buffer, columns: number): Buffer {
  if (content.length % (columns + 1) !== 0) throw new PdfFault('rows of a predictor are cut off')
  const rows = content.length / (columns + 1)
  const plain = Buffer.alloc(rows * columns)
  for (let row = 0; row < rows; row += 1) {
    const kind = content[row * (columns + 1)] ?? 0
    for (let column = 0; column < columns; column += 1) {
      const at = row * columns + column
      const left = column > 0 ? (plain[at - 1] ?? 0) : 0
      const up = row > 0 ? (plain[at - columns] ?? 0) : 0
      const upLeft = row > 0 && column > 0 ? (plain[at - columns - 1] ?? 0) : 0
      const delta = content[row * (columns + 1) + 1 + column] ?? 0
      plain[at] = (delta + predicted(kind, left, up, upLeft)) & 0xff
    }
  }
  return plain
}

function predicted(kind: number, left: number, up: number, upLeft: number): number {
  switch (kind) {
    case 0:
      return 0
    case 1:
      return left
    case 2:
      return up
    case 3:
      return (left + up) >> 1
    case 4:
      return paeth(left, up, upLeft)
    default:
      throw new PdfFault(`row of predictor ${kind}`)
  }
}

function paeth(left: number, up: number, upLeft: number): number {
  const guess = left + up - upLeft
  const [toLeft, toUp, toUpLeft] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - upLeft)]
  if (toLeft <= toUp && toLeft <= toUpLeft) return left
  return toUp <= toUpLeft ? up : upLeft
}
