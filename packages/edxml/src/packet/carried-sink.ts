import { Base64Decoder } from '../attachment/base64-decoder.ts'
import { passLetters } from '../attachment/base64-letters.ts'
import type { CarriedTarget } from '../attachment/carried-file.ts'
import { byte } from '../xml/bytes.ts'
import type { TextSink } from '../xml/xml-events.ts'
import type { CanonicalDigest } from './canonical-digest.ts'
import type { CarriedText } from './element.ts'

const linesBytes = 48 * 1024

/** Takes the text of one ContentTransferEncoded past the skeleton: into the digest, and decoded to its target. */
export class CarriedSink implements TextSink {
  readonly #digest: CanonicalDigest
  readonly #target: CarriedTarget | undefined
  readonly #decoder: Base64Decoder

  constructor(digest: CanonicalDigest, target: CarriedTarget | undefined) {
    this.#digest = digest
    this.#target = target
    this.#decoder = new Base64Decoder(target && (bytes => target.write(bytes)))
  }

  get lineFeeds(): number {
    return this.#decoder.lineFeeds
  }

  takePlain(bytes: Buffer, from: number, to: number): number {
    const after = this.#decoder.takePlain(bytes, from, to)
    if (after > from) this.#digest.stream(bytes.subarray(from, after))
    if (bytes[after] !== byte.carriageReturn || after === to) return after
    const markup = bytes.indexOf(byte.lessThan, after)
    return this.#takeLines(bytes, after, markup === -1 ? to : Math.min(markup, to))
  }

  /** Lines that end in CR LF, as programs on Windows write them: normalized many at a time, if they are all plain. */
  #takeLines(bytes: Buffer, from: number, to: number): number {
    let at = from
    while (at < to) {
      const end = Math.min(to, at + linesBytes)
      // A line end is not cut in two.
      const piece = bytes[end - 1] === byte.carriageReturn ? end - 1 : end
      const lines = Buffer.from(bytes.toString('latin1', at, piece).replaceAll('\r\n', '\n'), 'latin1')
      if (lines.length === 0 || passLetters(lines, 0, lines.length).end < lines.length) return at
      this.#decoder.takePlain(lines, 0, lines.length)
      this.#digest.stream(lines)
      at = piece
    }
    return at
  }

  take(bytes: Buffer, from: number, to: number): void {
    this.#decoder.take(bytes, from, to)
    this.#digest.stream(bytes.subarray(from, to))
  }

  end(): CarriedText {
    const state = this.#decoder.end()
    return this.#target === undefined ? { state } : { state, file: this.#target.end() }
  }
}
