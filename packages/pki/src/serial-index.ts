/** Finds the places of serial numbers among a great many, without keeping one of them. */
export interface SerialIndex {
  readonly size: number
  /** @param start of the INTEGER's content, until `end` */
  readonly add: (place: number, start: number, end: number) => void
  /** Places of the entries with this serial, first to last. */
  readonly find: (serial: string) => readonly number[]
}

/** What is kept of one entry: its place, and where the digits of its serial lie. */
const fields = 3

/**
 * @param bytes hold all that is added; serials that are equal as numbers are equal, however long they were written
 */
export function createSerialIndex(bytes: Buffer): SerialIndex {
  let rows = new Uint32Array(fields * 64)
  let size = 0
  let table: Table | undefined

  const add: SerialIndex['add'] = (place, start, end) => {
    if ((size + 1) * fields > rows.length) rows = grown(rows)
    const first = firstDigit(bytes, start, end)
    rows[size * fields] = place
    rows[size * fields + 1] = first
    rows[size * fields + 2] = end
    size += 1
    table = undefined
  }

  return {
    get size() {
      return size
    },
    add,
    find: serial => {
      table ??= createTable(bytes, rows, size)
      return findIn(table, bytes, rows, digitsOf(serial))
    },
  }
}

function grown(rows: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const more = new Uint32Array(rows.length * 2)
  more.set(rows)
  return more
}

/** Past octets that only repeat the sign. */
function firstDigit(bytes: Buffer, start: number, end: number): number {
  const sign = (bytes[start] ?? 0) >= 0x80 ? 0xff : 0x00
  let first = start
  while (first < end - 1 && bytes[first] === sign && (bytes[first + 1] ?? 0) >= 0x80 === (sign === 0xff)) first += 1
  return first
}

/** The content of the INTEGER that `integerHex` wrote as this text. */
function digitsOf(serial: string): Buffer {
  if (serial.startsWith('-')) return Buffer.from(serial.slice(1), 'hex')
  const bytes = Buffer.from(serial.length % 2 === 0 ? serial : `0${serial}`, 'hex')
  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes
}

interface Table {
  readonly mask: number
  /** Row + 1 of the first with this hash; 0 is none. */
  readonly heads: Uint32Array
  /** Row + 1 of the next with the same hash. */
  readonly next: Uint32Array
}

function createTable(bytes: Buffer, rows: Uint32Array, size: number): Table {
  const slots = 1 << Math.max(4, Math.ceil(Math.log2(size + 1)) + 1)
  const table = { mask: slots - 1, heads: new Uint32Array(slots), next: new Uint32Array(size) }
  // Backwards, so that chains run from the first entry to the last.
  for (let row = size - 1; row >= 0; row -= 1) {
    const slot = hashOf(bytes, rows[row * fields + 1] ?? 0, rows[row * fields + 2] ?? 0) & table.mask
    table.next[row] = table.heads[slot] ?? 0
    table.heads[slot] = row + 1
  }
  return table
}

/** FNV-1a. Whoever chooses serials to collide signs the list, and hurts only its own. */
function hashOf(bytes: Buffer, start: number, end: number): number {
  let hash = 0x811c9dc5
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193)
  return (hash ^ (hash >>> 15)) >>> 0
}

function findIn({ mask, heads, next }: Table, bytes: Buffer, rows: Uint32Array, digits: Buffer): number[] {
  const found: number[] = []
  let link = heads[hashOf(digits, 0, digits.length) & mask] ?? 0
  while (link > 0) {
    const row = link - 1
    const start = rows[row * fields + 1] ?? 0
    if (digits.compare(bytes, start, rows[row * fields + 2]) === 0) found.push(rows[row * fields] ?? 0)
    link = next[row] ?? 0
  }
  return found
}
