import { spooledFiles } from '../attachment/carried-file.ts'
import { examineSpooled } from '../attachment/examine-spooled.ts'
import type { FileSpool, SpoolFile } from '../attachment/file-spool.ts'
import { limitsWith } from '../limits.ts'
import type { PacketScan } from '../packet/packet-scan.ts'
import type { EnvelopeReading, ReadOptions } from '../reading.ts'
import { openScan, readScanned } from './read-envelope.ts'

/** Takes a packet that arrives in pieces. */
export interface EnvelopeReader<Result> {
  /** Whether the packet is refused already: what comes now is not looked at. */
  readonly refused: boolean
  /** The next bytes; they are not kept and may be overwritten afterwards. */
  write(chunk: Uint8Array): void
  /** Nothing more comes. */
  finish(): Result
}

/**
 * A reader that proves and keeps nothing: encoded files are checked to be Base64 and not decoded, so the model has no
 * attachments. Memory stays the same whatever the size of the packet.
 */
export function createEnvelopeChecker(options: ReadOptions): EnvelopeReader<EnvelopeReading> {
  return new ScanReader(openScan(options, undefined), scan => readScanned(scan, options))
}

/** A document decoded to a file, to be kept under its hash. */
export interface DecodedFile {
  /** SHA-256 of the document itself, unwrapped; 64 lower-case hex digits. */
  readonly sha256: string
  readonly file: SpoolFile
}

export interface SpooledReading {
  readonly reading: EnvelopeReading
  /**
   * Documents too large for memory; the smaller ones are decoded from the envelope when they are wanted. All of them
   * where all were asked for.
   */
  readonly files: readonly DecodedFile[]
}

/**
 * A reader in whose model every attachment is described. Memory stays the same: large files go to the spool.
 *
 * @param files `all`: small files go to the spool, too, because somebody wants to look into them
 */
export function createEnvelopeReader(
  options: ReadOptions,
  spool: FileSpool,
  files: 'large' | 'all' = 'large',
): EnvelopeReader<Promise<SpooledReading>> {
  const carried = files === 'all' ? spooledFiles(spool, -1) : spooledFiles(spool)
  return new ScanReader(openScan(options, carried), async scan => {
    const known = scan.scanner.faults.length > 0 ? new Map() : await examineAll(scan, spool, options)
    const reading = readScanned(scan, options)
    return { reading, files: documentsIn(reading, known) }
  })
}

/** @returns the files that may turn out to be documents, by their hash */
async function examineAll(
  { elements }: PacketScan,
  spool: FileSpool,
  options: ReadOptions,
): Promise<ReadonlyMap<string, SpoolFile>> {
  const limits = limitsWith(options.limits)
  const known = new Map<string, SpoolFile>()
  let remainingBytes = limits.maxUnwrappedBytes
  for (const { carried } of elements) {
    const file = carried?.file
    if (file?.spooled === undefined) continue
    const { facts, content } = await examineSpooled(file.spooled, file.sha256, spool, limits, remainingBytes)
    file.facts = facts
    known.set(file.sha256, file.spooled)
    if (content !== undefined && typeof facts.wrapped === 'object' && typeof facts.wrapped.content === 'object') {
      known.set(facts.wrapped.content.sha256, content)
    }
    remainingBytes -= (content ?? file.spooled).length
  }
  return known
}

function documentsIn({ envelope }: EnvelopeReading, known: ReadonlyMap<string, SpoolFile>): DecodedFile[] {
  if (envelope?.kind !== 'document') return []
  const hashes = new Set(envelope.attachments.map(({ content }) => content.sha256))
  return [...hashes].flatMap(sha256 => {
    const file = known.get(sha256)
    return file === undefined ? [] : [{ sha256, file }]
  })
}

/** A class: an accessor in an object literal makes the engine keep a shape, and all that it leads to, for each packet. */
class ScanReader<Result> implements EnvelopeReader<Result> {
  readonly #scan: PacketScan
  readonly #finish: (scan: PacketScan) => Result

  constructor(scan: PacketScan, finish: (scan: PacketScan) => Result) {
    this.#scan = scan
    this.#finish = finish
  }

  get refused(): boolean {
    return this.#scan.scanner.faults.length > 0
  }

  write(chunk: Uint8Array): void {
    this.#scan.scanner.write(chunk)
  }

  finish(): Result {
    this.#scan.scanner.end()
    return this.#finish(this.#scan)
  }
}
