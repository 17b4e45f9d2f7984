interface Entry<T> {
  readonly hash: number
  readonly bytes: Uint8Array
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
    let hash = to - from
    for (let at = from; at < to; at += 1) hash = (Math.imul(hash, 31) + (source[at] as number)) | 0
    const slot = hash & (slotCount - 1)
    for (let entry = this.#slots[slot]; entry !== undefined; entry = entry.next) {
      if (entry.hash === hash && sameBytes(entry.bytes, source, from, to)) return entry.value
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
    this.#slots[slot] = { hash, bytes, value, next: this.#slots[slot] }
    this.#count += 1
    return value
  }
}

function sameBytes(known: Uint8Array, source: Uint8Array, from: number, to: number): boolean {
  if (known.length !== to - from) return false
  for (let index = 0; index < known.length; index += 1) if (known[index] !== source[from + index]) return false
  return true
}
