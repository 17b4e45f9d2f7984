interface Entry<T> {
  readonly hash: number
  readonly bytes: Uint8Array
  readonly size: number
  readonly value: T
  readonly next: Entry<T> | undefined
}

const slotCount = 1024
/** Beyond this many the table starts anew: names made up to fill it cost their sender more than us. */
const maxEntries = 4096
/** Longer ones are made each time. */
const maxEntryBytes = 256

/** Turns the same bytes into the same value, without making a string first: a packet repeats some sixty names. */
export class InternTable<T> {
  readonly #make: (bytes: Uint8Array) => T
  #slots: (Entry<T> | undefined)[] = new Array(slotCount).fill(undefined)
  #count = 0

  constructor(make: (bytes: Uint8Array) => T) {
    this.#make = make
  }

  get(source: Uint8Array, from: number, to: number): T {
    let hash = 0
    for (let at = from; at < to; at += 1) hash = nextHash(hash, source[at] as number)
    return this.find(source, from, to, hash)
  }

  /** The same for a caller that has the hash of the bytes: `nextHash` of all of them, one after the other, from 0. */
  find(source: Uint8Array, from: number, to: number, hash: number): T {
    const slot = hash & (slotCount - 1)
    for (let entry = this.#slots[slot]; entry !== undefined; entry = entry.next) {
      if (entry.hash === hash && entry.size === to - from && sameBytes(entry.bytes, source, from, to))
        return entry.value
    }
    // A copy: `slice` of a Buffer would be a view of bytes that are overwritten.
    return this.#add(new Uint8Array(source.subarray(from, to)), hash, slot)
  }

  #add(bytes: Uint8Array, hash: number, slot: number): T {
    const value = this.#make(bytes)
    if (bytes.length > maxEntryBytes) return value
    if (this.#count >= maxEntries) {
      this.#slots = new Array(slotCount).fill(undefined)
      this.#count = 0
    }
    this.#slots[slot] = { hash, bytes, size: bytes.length, value, next: this.#slots[slot] }
    this.#count += 1
    return value
  }
}

export function nextHash(hash: number, code: number): number {
  return (Math.imul(hash, 31) + code) | 0
}

function sameBytes(known: Uint8Array, source: Uint8Array, from: number, to: number): boolean {
  for (let index = 0; index < to - from; index += 1) if (known[index] !== source[from + index]) return false
  return true
}

/**
 * The same text as the engine's one string for all that equal it, as property names are: two such strings are compared by
 * where they are, not letter by letter.
 */
export function unique(text: string): string {
  return Object.keys({ [text]: true })[0] as string
}
