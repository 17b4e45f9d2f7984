import { byte } from '../xml/bytes.ts'

/** Decoded at once: strings of this length are cheap to make, longer ones are not. */
const pieceBytes = 48 * 1024
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
 * The runtime's decoder is several times faster than a loop, but skips what it does not know. A count tells: fewer bytes
 * than the letters promise means that something was skipped. The last letters seen are always held back, so that padding
 * can only be where it belongs.
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
      if (held === '') at = this.#takePiece(bytes, at, Math.min(to, at + pieceBytes))
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

  /** Decodes as many whole quanta as there are, but for the last; gives `from` when there are none. */
  #takePiece(bytes: Buffer, from: number, to: number): number {
    const counted = countRegularLines(bytes, from, to)
    const quick = this.#decode(bytes, from, to, to - from - counted)
    if (quick !== undefined) {
      this.lineFeeds += counted - lineFeeds(bytes, quick, to)
      return quick
    }
    const { letters, end } = countLetters(bytes, from, to)
    const exact = this.#decode(bytes, from, end, letters)
    if (exact === undefined) return from
    this.lineFeeds += lineFeeds(bytes, from, exact)
    return exact
  }

  /** @returns offset after what was decoded; undefined when the letters are not what they were counted to be */
  #decode(bytes: Buffer, from: number, to: number, letters: number): number | undefined {
    const keep = letters % quantum || quantum
    if (letters <= keep) return undefined
    const end = beforeLastLetters(bytes, from, to, keep)
    const text = bytes.toString('latin1', from, end)
    const count = scratch.write(text, 0, pieceBytes, 'base64')
    if (count !== ((letters - keep) / quantum) * 3 || text.includes('-') || text.includes('_')) return undefined
    this.#any = true
    this.#emit?.(scratch.subarray(0, count))
    return end
  }
}

/** Line feeds, if lines are of one length and hold no other white space: so nearly every writer breaks Base64. */
function countRegularLines(bytes: Buffer, from: number, to: number): number {
  // Only the piece: a search to the end of a long line would be made for every piece of it.
  const piece = bytes.subarray(from, to)
  const first = piece.indexOf(byte.lineFeed)
  const second = first === -1 ? -1 : piece.indexOf(byte.lineFeed, first + 1)
  if (second === -1) return first === -1 ? 0 : 1
  const step = second - first
  let count = 0
  for (let at = first; at < piece.length; at += step) if (piece[at] === byte.lineFeed) count += 1
  return count
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
