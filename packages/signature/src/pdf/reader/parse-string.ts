import type { Lexer } from './lexer.ts'
import { isWhite } from './lexer.ts'
import { PdfFault } from './limits.ts'

const escapes: Readonly<Record<string, number>> = { n: 0x0a, r: 0x0d, t: 0x09, b: 0x08, f: 0x0c }
const isOctal = (byte: number) => byte >= 0x30 && byte <= 0x37

/** `(…)` of ISO 32000-2 section 7.3.4.2. */
export function parseLiteralString(lexer: Lexer): Buffer {
  lexer.expect('(')
  const bytes: number[] = []
  for (let open = 1; open > 0; ) {
    const byte = next(lexer)
    if (byte === 0x5c) {
      parseEscape(lexer, bytes)
      continue
    }
    if (byte === 0x28) open += 1
    if (byte === 0x29) open -= 1
    if (open > 0) bytes.push(byte)
  }
  return Buffer.from(bytes)
}

function parseEscape(lexer: Lexer, bytes: number[]): void {
  const byte = next(lexer)
  if (byte === 0x0d || byte === 0x0a) {
    if (byte === 0x0d && lexer.peek() === 0x0a) lexer.at += 1
    return
  }
  if (!isOctal(byte)) {
    bytes.push(escapes[String.fromCharCode(byte)] ?? byte)
    return
  }
  let code = byte - 0x30
  for (let count = 1; count < 3 && isOctal(lexer.peek()); count += 1) code = code * 8 + next(lexer) - 0x30
  bytes.push(code & 0xff)
}

/** `<…>`: hexadecimal digits and white space, nothing else. */
export function parseHexString(lexer: Lexer): Buffer {
  lexer.expect('<')
  const start = lexer.at
  const end = lexer.bytes.indexOf(0x3e, start)
  if (end === -1) lexer.at = lexer.bytes.length
  if (end === -1 && lexer.peek() === -1) throw new PdfFault('hexadecimal string without its end')
  const letters = lexer.bytes.subarray(start, end)
  lexer.at = end + 1
  const digits = letters.some(isWhite) ? Buffer.from(letters.filter(byte => !isWhite(byte))) : letters
  const text = digits.toString('latin1')
  const bytes = Buffer.from(text.length % 2 === 0 ? text : `${text}0`, 'hex')
  if (bytes.length !== Math.ceil(text.length / 2)) throw new PdfFault(`not hexadecimal at ${lexer.base + start}`)
  return bytes
}

function next(lexer: Lexer): number {
  const byte = lexer.peek()
  if (byte === -1) throw new PdfFault('string without its end')
  lexer.at += 1
  return byte
}
