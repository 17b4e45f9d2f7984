import { isUtf8 } from 'node:buffer'
import { LineCounter } from './line-counter.ts'
import { bytesOfCutCharacter, validPrefixBytes } from './utf8.ts'
import type { Window } from './window.ts'

/** Turns chunks of any size into windows of whole characters. */
export class IncomingBytes {
  readonly window: Window = { bytes: Buffer.alloc(0), at: 0, end: 0, final: false }
  readonly #lines = new LineCounter()
  /** Bytes after the window: the beginning of a character. */
  #cut = 0

  /** Whether the bytes end in the middle of a character. */
  get endsInCharacter(): boolean {
    return this.#cut > 0
  }

  /** @returns whether all of it is UTF-8; the window ends before the first byte that is not */
  append(chunk: Uint8Array): boolean {
    const { window } = this
    const arrived = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
    const rest = window.bytes.subarray(window.at, window.end + this.#cut)
    window.bytes = rest.length === 0 ? arrived : Buffer.concat([rest, arrived])
    window.at = 0
    this.#cut = bytesOfCutCharacter(window.bytes)
    window.end = window.bytes.length - this.#cut
    if (isUtf8(window.bytes.subarray(0, window.end))) return true
    window.end = validPrefixBytes(window.bytes)
    return false
  }

  /** The chunk belongs to the caller: what the next one completes is copied. */
  keepRest(): void {
    const { window } = this
    this.#lines.forget(window)
    window.bytes = Buffer.from(window.bytes.subarray(window.at, window.end + this.#cut))
    window.at = 0
    window.end = window.bytes.length - this.#cut
  }

  /** Goes on to `to`, past bytes in which somebody has counted the line feeds. */
  pass(to: number, lineFeeds: number): void {
    this.#lines.pass(this.window, to, lineFeeds)
    this.window.at = to
  }

  /** Where the window stands. */
  place(): { readonly line: number; readonly column: number } {
    return this.#lines.placeIn(this.window)
  }
}
