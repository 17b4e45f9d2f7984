import { XmlRefusal } from './fault.ts'

const defaultFirstBytes = 2 * 1024
/** Below this a loop is faster than a call that copies. */
const loopBytes = 64
const nothing = new Uint8Array(0)

/**
 * Bytes that grow at their end, up to a limit. What follows each other in one source is copied together, when somebody
 * looks: most of a document is canonical as it stands, whatever small pieces it is read in.
 */
export class ByteArena {
  length = 0
  #bytes: Buffer
  /** Length of `#bytes`, which is dear to ask. */
  #capacity: number
  #maxBytes: number
  readonly #tooLong: string
  /** The last bytes, if they are not copied yet: those of `#source` between these offsets. */
  #source: Uint8Array = nothing
  #from = 0
  #to = 0

  /** @param tooLong code that refuses what would grow past `maxBytes` */
  constructor(
    maxBytes: number,
    { firstBytes = defaultFirstBytes, tooLong = 'R.XML.Size' }: { firstBytes?: number; tooLong?: string } = {},
  ) {
    this.#bytes = Buffer.allocUnsafe(firstBytes)
    this.#capacity = firstBytes
    this.#maxBytes = maxBytes
    this.#tooLong = tooLong
  }

  get bytes(): Buffer {
    this.settle()
    return this.#bytes
  }

  get capacity(): number {
    return this.#capacity
  }

  /** Forgets what it holds. */
  reset(maxBytes: number): void {
    this.cut(0)
    this.#maxBytes = maxBytes
  }

  /** Forgets what it holds from `length` on. */
  cut(length: number): void {
    this.settle()
    this.length = length
  }

  appendByte(byte: number): void {
    this.settle()
    if (this.length === this.#capacity) this.#grow(1)
    this.#bytes[this.length] = byte
    this.length += 1
  }

  /** @param source must not change before `settle` */
  append(source: Uint8Array, from: number, to: number): void {
    const count = to - from
    if (this.length + count > this.#capacity) this.#grow(count)
    if (source !== this.#source || from !== this.#to) {
      this.settle()
      this.#source = source
      this.#from = from
    }
    this.#to = to
    this.length += count
  }

  /** One character per byte. */
  appendLatin1(text: string): void {
    this.settle()
    const count = text.length
    if (this.length + count > this.#capacity) this.#grow(count)
    if (count > loopBytes) this.#bytes.write(text, this.length, 'latin1')
    else for (let index = 0; index < count; index += 1) this.#bytes[this.length + index] = text.charCodeAt(index)
    this.length += count
  }

  /** Copies what is to be copied; from now on it may change where it came from. */
  settle(): void {
    const count = this.#to - this.#from
    if (count === 0) return
    const at = this.length - count
    if (count > loopBytes) this.#bytes.set(this.#source.subarray(this.#from, this.#to), at)
    else
      for (let index = 0; index < count; index += 1)
        this.#bytes[at + index] = this.#source[this.#from + index] as number
    this.#source = nothing
    this.#from = this.#to
  }

  latin1(from: number, to: number): string {
    return this.bytes.toString('latin1', from, to)
  }

  #grow(more: number): void {
    this.settle()
    const needed = this.length + more
    if (needed > this.#maxBytes) throw new XmlRefusal(this.#tooLong, { max: this.#maxBytes })
    this.#capacity = Math.max(needed, Math.min(this.#capacity * 2, this.#maxBytes))
    const larger = Buffer.allocUnsafe(this.#capacity)
    this.#bytes.copy(larger, 0, 0, this.length)
    this.#bytes = larger
  }
}
