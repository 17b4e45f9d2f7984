import { byte } from '../xml/bytes.ts'

/** `base64-letters.wat`, assembled: sixteen bytes at a time, where a loop tells them one by one. */
const assembled =
  'AGFzbQEAAAABDAJgAXsBf2ACf38BfwMDAgABBQMBAAUGBgF/AUEACwckAwZtZW1vcnkCAAlsaW5lRmVlZHMDAAtwYXNzTGV0dGVycwABCtYB' +
  'AiMBAXsgAP19/X8hASAB/RsAIAH9GwFqIAH9GwIgAf0bA2pqC68BAgN7AX9BACQAA0BB/wEhBf0MAAAAAAAAAAAAAAAAAAAAACEEAkADQCAF' +
  'RQ0BIABBEGogAUsNASAA/QAEACECIAJBCv0P/SMhAyACQSD9D/1QQR/9D/1uQZp//Q/9JSACQdEA/Q/9bkGLf/0P/SX9UCACQSv9D/0jIAP9' +
  'UP1Q/WNFDQEgBCAD/XEhBCAAQRBqIQAgBUEBayEFDAALCyMAIAQQAGokACAFRQ0ACyAACw=='

interface Letters {
  readonly memory: { readonly buffer: ArrayBuffer }
  readonly lineFeeds: { readonly value: number }
  passLetters(at: number, end: number): number
}

const pageBytes = 64 * 1024
const letters = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(assembled, 'base64')))
  .exports as unknown as Letters
const memory = letters.memory.buffer
/** The first page takes copies of what lies elsewhere. */
const copied = Buffer.from(memory, 0, pageBytes)

/**
 * A place to read a file into, piece by piece, that is looked at where it is: bytes elsewhere are copied first. One for
 * each thread: what was read into it has to be written to its reader before anything is awaited.
 */
export const chunkBuffer = Buffer.from(memory, pageBytes)

/** Letters of the alphabet and line feeds before the first other byte. */
export interface Passed {
  /** Offset of the first byte that is neither. */
  readonly end: number
  readonly lineFeeds: number
}

export function passLetters(bytes: Buffer, from: number, to: number): Passed {
  if (bytes.buffer === memory) return passBlocks(bytes, from, to, bytes.byteOffset)
  let at = from
  let lineFeeds = 0
  while (at < to) {
    const end = Math.min(to, at + pageBytes)
    copied.set(bytes.subarray(at, end))
    const passed = passBlocks(copied, 0, end - at, 0)
    lineFeeds += passed.lineFeeds
    at += passed.end
    if (at < end) break
  }
  return { end: at, lineFeeds }
}

/** @param address of the buffer in memory */
function passBlocks(bytes: Buffer, from: number, to: number, address: number): Passed {
  let at = letters.passLetters(address + from, address + to) - address
  let lineFeeds = letters.lineFeeds.value
  for (; at < to; at += 1) {
    const code = bytes[at] as number
    if (code === byte.lineFeed) lineFeeds += 1
    else if (!isLetter(code)) break
  }
  return { end: at, lineFeeds }
}

function isLetter(code: number): boolean {
  const lower = code | 0x20
  return (lower >= 0x61 && lower <= 0x7a) || (code >= 0x2f && code <= 0x39) || code === 0x2b
}
