import { PdfFault } from './limits.ts'

/** The window ended before the object did: read more and start again. */
export class NeedMore extends Error {}

const white = new Set([0x00, 0x09, 0x0a, 0x0c, 0x0d, 0x20])
const delimiters = new Set([...'()<>[]{}/%'].map(letter => letter.charCodeAt(0)))
const digit = (byte: number) => byte >= 0x30 && byte <= 0x39

export const isWhite = (byte: number): boolean => white.has(byte)
const isRegular = (byte: number) => !white.has(byte) && !delimiters.has(byte)

/** Letters and tokens of ISO 32000-2 section 7.2 out of one window of the file. */
export class Lexer {
  readonly bytes: Buffer
  at: number
  /** Place of the window in the file. */
  readonly base: number
  readonly #reachesEnd: boolean

  constructor(bytes: Buffer, base: number, reachesEnd: boolean, at = 0) {
    this.bytes = bytes
    this.base = base
    this.at = at
    this.#reachesEnd = reachesEnd
  }

  /** Place in the file. */
  get offset(): number {
    return this.base + this.at
  }

  /** The next byte; -1 at the end of the file. */
  peek(ahead = 0): number {
    const byte = this.bytes[this.at + ahead]
    if (byte !== undefined) return byte
    if (this.#reachesEnd) return -1
    throw new NeedMore()
  }

  skipWhite(): void {
    for (;;) {
      const byte = this.peek()
      if (byte === 0x25) this.#skipComment()
      else if (white.has(byte)) this.at += 1
      else return
    }
  }

  #skipComment(): void {
    for (let byte = this.peek(); byte !== 0x0a && byte !== 0x0d && byte !== -1; byte = this.peek()) this.at += 1
  }

  /** Whether these letters come next; they are taken then. */
  take(letters: string): boolean {
    for (let index = 0; index < letters.length; index += 1) {
      if (this.peek(index) !== letters.charCodeAt(index)) return false
    }
    this.at += letters.length
    return true
  }

  expect(letters: string): void {
    if (!this.take(letters)) throw new PdfFault(`"${letters}" expected at ${this.offset}`)
  }

  /** A word that ends where its letters do. */
  expectWord(word: string): void {
    this.expect(word)
    const next = this.peek()
    if (next !== -1 && isRegular(next)) throw new PdfFault(`"${word}" expected at ${this.offset - word.length}`)
  }

  /** Letters up to white space or a delimiter. */
  word(): string {
    const start = this.at
    for (let byte = this.peek(); byte !== -1 && isRegular(byte); byte = this.peek()) this.at += 1
    return this.bytes.toString('latin1', start, this.at)
  }

  /** Digits alone, at most 10 of them. */
  integer(): number {
    const start = this.at
    for (let byte = this.peek(); byte !== -1 && digit(byte); byte = this.peek()) this.at += 1
    const text = this.bytes.toString('latin1', start, this.at)
    if (text === '' || text.length > 10) throw new PdfFault(`number expected at ${this.base + start}`)
    return Number(text)
  }

  /** One end of line, if there is one. */
  endOfLine(): void {
    if (this.peek() === 0x0d) this.at += 1
    if (this.peek() === 0x0a) this.at += 1
  }
}
