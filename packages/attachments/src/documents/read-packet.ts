import { closeSync, openSync, readSync } from 'node:fs'
import {
  chunkBuffer,
  createEnvelopeReader,
  type EnvelopeReader,
  type EnvelopeReading,
  type ReadOptions,
} from '@docaxis/edxml'
import { openSpillSpool, type SpilledFile } from './spill-spool.ts'

/** A packet in memory, or the file that holds it. */
export type PacketSource = { readonly bytes: Uint8Array } | { readonly path: string }

export interface PacketToRead {
  readonly packet: PacketSource
  readonly options: ReadOptions
  /** Where decoded files go that are too large for memory. */
  readonly spoolFolder: string
  /** `all`: somebody wants to look into small documents, too. */
  readonly documents: 'large' | 'all'
}

/** A document decoded from a packet: in memory, or in the spool folder, to be kept or removed. */
export type DecodedDocument = SpilledFile & {
  /** SHA-256 of the document itself, unwrapped; 64 lower-case hex digits. */
  readonly sha256: string
}

export interface PacketRead {
  readonly reading: EnvelopeReading
  readonly documents: readonly DecodedDocument[]
}

/** Reads a packet in one pass, in memory that does not grow with its files. Waits for the disk: only for a thread that may. */
export async function readPacket({ packet, options, spoolFolder, documents }: PacketToRead): Promise<PacketRead> {
  const spool = openSpillSpool(spoolFolder)
  const keep = new Set<string>()
  try {
    const reader = createEnvelopeReader(options, spool, documents)
    if ('bytes' in packet) reader.write(packet.bytes)
    else readInto(reader, packet.path)
    const { reading, files } = await reader.finish()
    const decoded = files.map(({ sha256, file }) => ({ sha256, ...spool.placeOf(file) }))
    for (const document of decoded) if ('name' in document) keep.add(document.name)
    return { reading, documents: decoded }
  } finally {
    spool.close(keep)
  }
}

function readInto(reader: EnvelopeReader<unknown>, path: string): void {
  const descriptor = openSync(path, 'r')
  try {
    for (;;) {
      const count = readSync(descriptor, chunkBuffer, 0, chunkBuffer.length, null)
      if (count === 0 || reader.refused) return
      reader.write(chunkBuffer.subarray(0, count))
    }
  } finally {
    closeSync(descriptor)
  }
}
