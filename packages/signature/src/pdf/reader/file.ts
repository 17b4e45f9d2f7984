import { Lexer, NeedMore } from './lexer.ts'
import { Budget, limits, PdfFault } from './limits.ts'
import { blockSource, type PdfSource } from './source.ts'

const firstWindow = 1024
/** What one object costs beside its bytes: some 120,000 of them are read within two seconds. */
const parseCost = 768

/** The bytes of one PDF with what reading them may cost. */
export interface PdfFile {
  readonly size: number
  readonly budget: Budget
  readonly read: PdfSource['read']
  /**
   * Parses at a place in the file, with as large a window as it takes.
   *
   * @throws PdfFault when it is not of that shape, or larger than an object may be
   */
  parseAt<T>(offset: number, parse: (lexer: Lexer) => T): Promise<T>
}

export function openFile(given: PdfSource): PdfFile {
  const source = blockSource(given)
  const budget = new Budget()
  return {
    size: source.size,
    budget,
    read: source.read,
    parseAt: async (offset, parse) => {
      if (offset < 0 || offset >= source.size) throw new PdfFault(`offset ${offset} lies outside the file`)
      for (let size = firstWindow; size <= limits.objectBytes; size *= 4) {
        const bytes = await source.read(offset, size)
        try {
          const lexer = new Lexer(bytes, offset, offset + size >= source.size)
          const result = parse(lexer)
          budget.spend(lexer.at + parseCost)
          return result
        } catch (error) {
          if (!(error instanceof NeedMore)) throw error
          budget.spend(bytes.length)
        }
      }
      throw new PdfFault(`object at ${offset} is larger than ${limits.objectBytes} bytes`)
    },
  }
}
