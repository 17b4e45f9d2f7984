import { XmlRefusal } from './fault.ts'

const defaultFirstBytes = 2 * 1024
/** Below this a loop is faster than a call that copies. */
const loopBytes = 64

/** Bytes that grow at their end, up to a limit. */
export class ByteArena {
  bytes: Buffer
  length = 0
  #maxBytes: number
  readonly #tooLong: string

  /** @param tooLong code that refuses what would grow past `maxBytes` */
  constructor(
    maxBytes: number,
    { firstBytes = defaultFirstBytes, tooLong = 'R.XML.Size' }: { firstBytes?: number; tooLong?: string } = {},
  ) {
    this.bytes = Buffer.allocUnsafe(firstBytes)
    this.#maxBytes = maxBytes
    this.#tooLong = tooLong
  }

  /** Forgets what it holds. */
  reset(maxBytes: number): void {
    this.length = 0
    this.#maxBytes = maxBytes
  }

  appendByte(byte: number): void {
    if (this.length === this.bytes.length) this.#grow(1)
    this.bytes[this.length] = byte
    this.length += 1
  }

  append(source: Uint8Array, from: number, to: number): void {
    const count = to - from
    let at = this.length
    if (at + count > this.bytes.length) this.#grow(count)
    const { bytes } = this
    if (count > loopBytes) bytes.set(source.subarray(from, to), at)
    else for (let index = from; index < to; index += 1) bytes[at++] = source[index] as number
    this.length += count
  }

  /** One character per byte. */
  appendLatin1(text: string): void {
    const count = text.length
    if (this.length + count > this.bytes.length) this.#grow(count)
    if (count > loopBytes) this.bytes.write(text, this.length, 'latin1')
    else for (let index = 0; index < count; index += 1) this.bytes[this.length + index] = text.charCodeAt(index)
    this.length += count
  }

  latin1(from: number, to: number): string {
    return this.bytes.toString('latin1', from, to)
  }

  #grow(more: number): void {
    const needed = this.length + more
    if (needed > this.#maxBytes) throw new XmlRefusal(this.#tooLong, { max: this.#maxBytes })
    const larger = Buffer.allocUnsafe(Math.max(needed, Math.min(this.bytes.length * 2, this.#maxBytes)))
    this.bytes.copy(larger, 0, 0, this.length)
    this.bytes = larger
  }
}
