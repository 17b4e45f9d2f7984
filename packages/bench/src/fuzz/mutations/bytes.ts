import { below, pick, type Random } from '../../random.ts'
import type { ByteMutation } from './mutation.ts'

/** Bytes that mean something to a reader of XML or of UTF-8. */
const tellingBytes = Buffer.from('<>&"\'/!?-[]=:;#xX09 \t\n\rAa_.%', 'latin1')
const tellingHighBytes = [
  0x00, 0x01, 0x0b, 0x1f, 0x7f, 0x80, 0x85, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5,
  0xf8, 0xfe, 0xff,
]
const telling = [...tellingBytes, ...tellingHighBytes]

/** Sequences that look like UTF-8; only the last four are. */
const sequences: readonly string[] = [
  'c0bc', // overlong <
  'c1bf',
  'e080bc', // overlong <
  'e09fbf',
  'f08080bc', // overlong <
  'f08fbfbf',
  'eda080', // surrogates
  'edbfbf',
  'eda080edb080',
  'f4908080', // past U+10FFFF
  'f7bfbfbf',
  'f888808080',
  'fc8480808080',
  'e1ba', // cut off
  'f09f98',
  'c3',
  '80',
  'bf',
  'fffe',
  'feff',
  'e1baba87', // one byte too many
  'efbfbe', // U+FFFE
  'efbfbf', // U+FFFF
  'efbbbf', // byte-order mark
  'c285', // NEL
  'e280a8', // line separator
  'f48fbfbf', // U+10FFFF
]

export const byteMutations: readonly ByteMutation[] = [
  { kind: 'bit flipped', apply: flipBit },
  {
    kind: 'byte set',
    apply: (random, bytes) => splice(bytes, below(random, bytes.length), 1, Buffer.of(pick(random, telling))),
  },
  {
    kind: 'byte inserted',
    apply: (random, bytes) => splice(bytes, below(random, bytes.length + 1), 0, Buffer.of(pick(random, telling))),
  },
  {
    kind: 'bytes deleted',
    apply: (random, bytes) => splice(bytes, below(random, bytes.length), length(random), Buffer.alloc(0)),
  },
  { kind: 'slice doubled', apply: doubleSlice },
  { kind: 'slices swapped', apply: swapSlices },
  {
    kind: 'UTF-8 sequence',
    apply: (random, bytes) =>
      splice(bytes, below(random, bytes.length + 1), 0, Buffer.from(pick(random, sequences), 'hex')),
  },
  { kind: 'bytes cut off', apply: (random, bytes) => bytes.subarray(0, below(random, bytes.length)) },
  {
    kind: 'noise',
    apply: (random, bytes) => splice(bytes, below(random, bytes.length), length(random), noise(random)),
  },
]

function flipBit(random: Random, bytes: Buffer): Buffer {
  const flipped = Buffer.from(bytes)
  const at = below(random, bytes.length)
  flipped[at] = (flipped[at] ?? 0) ^ (1 << below(random, 8))
  return flipped
}

function doubleSlice(random: Random, bytes: Buffer): Buffer {
  const from = below(random, bytes.length)
  return splice(bytes, below(random, bytes.length + 1), 0, bytes.subarray(from, from + length(random)))
}

function swapSlices(random: Random, bytes: Buffer): Buffer {
  const [a = 0, b = 0, c = 0] = [0, 0, 0].map(() => below(random, bytes.length)).sort((x, y) => x - y)
  return Buffer.concat([bytes.subarray(0, a), bytes.subarray(b, c), bytes.subarray(a, b), bytes.subarray(c)])
}

function noise(random: Random): Buffer {
  return Buffer.from(Array.from({ length: length(random) }, () => below(random, 256)))
}

/** Mostly a byte or a few, sometimes as much as an element. */
function length(random: Random): number {
  return 1 + Math.floor(200 ** random())
}

function splice(bytes: Buffer, at: number, remove: number, put: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + remove)])
}
