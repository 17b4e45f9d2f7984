interface Entry<T> {
  readonly hash: number
  readonly bytes: Uint8Array
  readonly size: number
  readonly value: T
  /** How many share the slot, this one included. */
  readonly rank: number
  readonly next: Entry<T> | undefined
}

const slotCount = 1024
/** Beyond this many the table starts anew: entries made up to fill it cost their sender more than us. */
const maxEntries = 4096
/** Beyond this many a slot starts anew: entries made up to share one would be looked through again and again. */
const maxInSlot = 16
/** Longer ones are not kept. */
export const maxEntryBytes = 256

/** Values by the bytes they were made of, found without making a string first. */
export class ByteTable<T> {
  #slots: (Entry<T> | undefined)[] = new Array(slotCount).fill(undefined)
  #count = 0

  /** @param hash `nextHash` of all bytes, one after the other, from 0 */
  find(source: Uint8Array, from: number, to: number, hash: number): T | undefined {
    const size = to - from
    for (let entry = this.#slots[hash & (slotCount - 1)]; entry !== undefined; entry = entry.next) {
      if (entry.hash === hash && entry.size === size && sameBytes(entry.bytes, source, from, size)) return entry.value
    }
    return undefined
  }

  /** @param bytes nobody changes them afterwards */
  add(bytes: Uint8Array, hash: number, value: T): void {
    const size = bytes.length
    if (size > maxEntryBytes) return
    if (this.#count >= maxEntries) {
      this.#slots = new Array(slotCount).fill(undefined)
      this.#count = 0
    }
    const slot = hash & (slotCount - 1)
    const others = this.#slots[slot]
    const next = others === undefined || others.rank >= maxInSlot ? undefined : others
    this.#slots[slot] = { hash, bytes, size, value, rank: next === undefined ? 1 : next.rank + 1, next }
    this.#count += 1
  }
}

/** Turns the same bytes into the same value: a packet repeats some sixty names. */
export class InternTable<T> {
  readonly #make: (bytes: Uint8Array) => T
  readonly #known = new ByteTable<T>()

  constructor(make: (bytes: Uint8Array) => T) {
    this.#make = make
  }

  get(source: Uint8Array, from: number, to: number): T {
    let hash = 0
    for (let at = from; at < to; at += 1) hash = nextHash(hash, source[at] as number)
    const known = this.#known.find(source, from, to, hash)
    if (known !== undefined) return known
    const bytes = copyOf(source, from, to)
    const value = this.#make(bytes)
    this.#known.add(bytes, hash, value)
    return value
  }
}

export function nextHash(hash: number, code: number): number {
  return (Math.imul(hash, 31) + code) | 0
}

/** `slice` of a Buffer would be a view of bytes that are overwritten. */
export function copyOf(source: Uint8Array, from: number, to: number): Uint8Array {
  return new Uint8Array(source.subarray(from, to))
}

function sameBytes(known: Uint8Array, source: Uint8Array, from: number, size: number): boolean {
  for (let index = 0; index < size; index += 1) if (known[index] !== source[from + index]) return false
  return true
}

/**
 * The same text as the engine's one string for all that equal it, as property names are: two such strings are compared by
 * where they are, not letter by letter.
 */
export function unique(text: string): string {
  return Object.keys({ [text]: true })[0] as string
}
