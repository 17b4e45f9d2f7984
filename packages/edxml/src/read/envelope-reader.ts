import type { EnvelopeReading, ReadOptions } from '../reading.ts'
import { openScan, readScanned } from './read-envelope.ts'

/** Reads a packet that arrives in pieces. */
export interface EnvelopeReader {
  /** Whether the packet is refused already: what comes now is not looked at. */
  readonly refused: boolean
  /** The next bytes; they are not kept and may be overwritten afterwards. */
  write(chunk: Uint8Array): void
  /** Nothing more comes. */
  finish(): EnvelopeReading
}

/**
 * A reader that proves and keeps nothing: encoded files are checked to be Base64 and not decoded, so the model has no
 * attachments. Memory stays the same whatever the size of the packet.
 */
export function createEnvelopeChecker(options: ReadOptions): EnvelopeReader {
  const scan = openScan(options, undefined)
  return {
    get refused() {
      return scan.scanner.faults.length > 0
    },
    write: chunk => scan.scanner.write(chunk),
    finish: () => {
      scan.scanner.end()
      return readScanned(scan, options)
    },
  }
}
