import { byte } from '../xml/bytes.ts'
import { passLetters } from './base64-letters.ts'

/** Decoded at once: strings of this length are cheap to make, longer ones are not. */
const pieceBytes = 96 * 1024
/** Where so few letters stand in a row there is other white space among them, and a loop is faster. */
const shortRunBytes = 1024
const quantum = 4
const lastQuantum = /^(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)$/

const other = 0
const ofAlphabet = 1
const padding = 2
/** White space that may stand in canonical text as it is. */
const white = 3
const kind = Uint8Array.from({ length: 256 }, (_, code) => kindOf(String.fromCharCode(code)))
const scratch = Buffer.allocUnsafe(pieceBytes)

export type Base64State = 'empty' | 'valid' | 'invalid'

/**
 * Strict Base64 (RFC 4648, 4) in pieces of any size: XML white space is skipped; any other character, wrong padding, or
 * set bits under the padding are refused (edXML 7.1).
 *
 * Letters are counted, and decoded only where somebody takes the bytes. The last letters seen are always held back, so
 * that padding can only be where it belongs.
 */
export class Base64Decoder {
  lineFeeds = 0
  readonly #emit: ((bytes: Buffer) => void) | undefined
  #held = ''
  #any = false
  #invalid = false

  /** @param emit takes decoded bytes, which are overwritten afterwards; absent: they are only checked */
  constructor(emit?: (bytes: Buffer) => void) {
    this.#emit = emit
  }

  /** Takes letters and white space; gives the offset of the first byte that is neither. */
  takePlain(bytes: Buffer, from: number, to: number): number {
    let at = from
    while (at < to && !this.#invalid) {
      const before = at
      const held = this.#held
      if (held === '') at = this.#takePiece(bytes, at, this.#emit === undefined ? to : Math.min(to, at + pieceBytes))
      if (at === before) at = this.#gather(bytes, at, to)
      if (at === before && held === this.#held) return at
    }
    return at
  }

  /** Text in its canonical form, where a carriage return is written as a reference. */
  take(bytes: Buffer, from: number, to: number): void {
    const text = Buffer.from(bytes.toString('latin1', from, to).replaceAll('&#xD;', ' '), 'latin1')
    if (this.takePlain(text, 0, text.length) < text.length) this.#invalid = true
  }

  end(): Base64State {
    if (this.#invalid) return 'invalid'
    if (!this.#any) return 'empty'
    if (!lastQuantum.test(this.#held)) return 'invalid'
    const last = Buffer.from(this.#held, 'base64')
    // The last letter may carry bits that no byte uses: two texts for the same bytes.
    if (last.toString('base64') !== this.#held) return 'invalid'
    this.#emit?.(last)
    return 'valid'
  }

  /** Letter by letter, until those held are a whole quantum and another letter shows that it is not the last. */
  #gather(bytes: Buffer, from: number, to: number): number {
    let at = from
    for (; at < to; at += 1) {
      const code = bytes[at] as number
      if (kind[code] === white) {
        if (code === byte.lineFeed) this.lineFeeds += 1
      } else if (kind[code] === other) return at
      else if (this.#held.length === quantum) {
        this.#release()
        return at
      } else {
        this.#any = true
        this.#held += String.fromCharCode(code)
      }
    }
    return at
  }

  #release(): void {
    if (this.#held.includes('=')) this.#invalid = true
    else this.#emit?.(Buffer.from(this.#held, 'base64'))
    this.#held = ''
  }

  /** Takes as many whole quanta as there are, but for the last; gives `from` when there are none. */
  #takePiece(bytes: Buffer, from: number, to: number): number {
    const run = passLetters(bytes, from, to)
    const isShort = run.end < to && run.end - from < shortRunBytes
    const { end, letters } = isShort
      ? countLetters(bytes, from, to)
      : { end: run.end, letters: run.end - from - run.lineFeeds }
    const keep = letters % quantum || quantum
    if (letters <= keep) return from
    const taken = beforeLastLetters(bytes, from, end, keep)
    if (this.#emit !== undefined) this.#decode(bytes, from, taken, letters - keep)
    this.#any = true
    this.lineFeeds += isShort ? lineFeeds(bytes, from, taken) : run.lineFeeds - lineFeeds(bytes, taken, end)
    return taken
  }

  #decode(bytes: Buffer, from: number, to: number, letters: number): void {
    const count = scratch.write(bytes.toString('latin1', from, to), 0, pieceBytes, 'base64')
    if (count !== (letters / quantum) * 3) throw new Error(`${letters} letters decoded to ${count} bytes`)
    this.#emit?.(scratch.subarray(0, count))
  }
}

/** Letters up to the first byte that is neither letter nor white space. */
function countLetters(bytes: Buffer, from: number, to: number): { letters: number; end: number } {
  let letters = 0
  let at = from
  for (; at < to; at += 1) {
    const found = kind[bytes[at] as number]
    if (found === ofAlphabet) letters += 1
    else if (found !== white) break
  }
  return { letters, end: at }
}

/** Offset of the letter before which all but the last `keep` letters stand. */
function beforeLastLetters(bytes: Buffer, from: number, to: number, keep: number): number {
  let left = keep
  let at = to
  while (left > 0 && at > from) {
    at -= 1
    if (kind[bytes[at] as number] !== white) left -= 1
  }
  return at
}

function lineFeeds(bytes: Buffer, from: number, to: number): number {
  let count = 0
  for (let at = from; at < to; at += 1) if (bytes[at] === byte.lineFeed) count += 1
  return count
}

function kindOf(character: string): number {
  if (/[A-Za-z0-9+/]/.test(character)) return ofAlphabet
  if (character === '=') return padding
  return /[\t\n ]/.test(character) ? white : other
}
