import { byte } from '../xml/bytes.ts'

/** `base64-letters.wat`, assembled: thirty-two bytes at a time, where a loop tells them one by one. */
const assembled =
  'AGFzbQEAAAABFwNgB3t7e3t7e3sBe2ABewF/YAJ/fwF/AwQDAAECBQMBAAUGBgF/AUEACwckAwZtZW1vcnkCAAlsaW5lRmVlZHMDAAtwYXNzTGV0' +
  'dGVycwACCvUBAyQAIAAgAf1QIAL9biAD/SUgACAE/W4gBf0l/VAgACAG/SP9UAsHACAA/WRpC8UBAwZ7AX8He0Eg/Q8hCUEf/Q8hCkGaf/0PIQtB' +
  '0QD9DyEMQYt//Q8hDUEr/Q8hDkEK/Q8hDwJAA0AgAEEgaiABSw0BIAD9AAQAIQIgAP0ABBAhBSACIAkgCiALIAwgDSAOEAAhAyAFIAkgCiALIAwg' +
  'DSAOEAAhBiADIAb9Tv1jRQRAIAIgD/0jIQQgBSAP/SMhByADIAT9UCAGIAf9UP1O/WNFDQIgCCAEEAEgBxABamohCAsgAEEgaiEADAALCyAIJAAg' +
  'AAs='

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
