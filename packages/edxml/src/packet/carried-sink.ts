import { Base64Decoder } from '../attachment/base64-decoder.ts'
import type { CarriedTarget } from '../attachment/carried-file.ts'
import type { TextSink } from '../xml/xml-events.ts'
import type { CanonicalDigest } from './canonical-digest.ts'
import type { CarriedText } from './element.ts'

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
    return after
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
