import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import type { FileBlobs } from '@docaxis/store'
import { Piscina } from 'piscina'
import type { DocumentFile } from './open-pdf.ts'
import type { DecodedDocument, PacketToRead } from './read-packet.ts'

/** One attachment of an accepted packet. */
export interface WantedDocument {
  /** Of the document itself, unwrapped. */
  readonly sha256: string
  readonly envelope: {
    readonly sha256: string
    readonly sizeBytes: number
    readonly profile: 'legacy' | 'strict'
    readonly acceptedAt: Date
  }
}

/** Finds attachments of accepted packets: large ones in the cache of decoded documents, all others in their envelope. */
export interface DocumentFinder {
  /** @throws Error when the envelope is not readable or does not hold it: that says nothing about the document */
  find(wanted: WantedDocument): Promise<DocumentFile>
  close(): Promise<void>
}

const worker = new URL('./decode-worker.ts', import.meta.url)
const threadIdleMs = 60_000
/** What was accepted was within the limits of its time; they may have become narrower since. */
const noLimit = Number.MAX_SAFE_INTEGER

export function createDocumentFinder(
  blobs: Pick<FileBlobs, 'keptAt' | 'open' | 'pathOf' | 'keepDecoded' | 'removeSpooled' | 'spoolFolder'>,
): DocumentFinder {
  const pool = new Piscina({
    filename: worker.href,
    name: 'decodePacket',
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: threadIdleMs,
  })
  pool.on('error', () => undefined)

  async function decode({ sha256, envelope }: WantedDocument): Promise<DocumentFile> {
    const task: PacketToRead = {
      packet: { path: blobs.pathOf(envelope.sha256) },
      options: { profile: envelope.profile, receivedAt: envelope.acceptedAt, limits: limitsOf(envelope.sizeBytes) },
      spoolFolder: blobs.spoolFolder,
      documents: 'all',
    }
    const documents: readonly DecodedDocument[] = await pool.run(task)
    // The others are wanted soon as a rule: they belong to the same packet.
    for (const document of documents) if ('name' in document) await blobs.keepDecoded(document.name, document.sha256)
    const found = documents.find(document => document.sha256 === sha256)
    if (!found) throw new Error(`envelope ${envelope.sha256} holds no document ${sha256}`)
    return 'bytes' in found ? { bytes: found.bytes } : { path: blobs.pathOf(sha256) }
  }

  return {
    find: async wanted => {
      const cached = (await blobs.keptAt(wanted.sha256)) !== undefined && (await isWhole(blobs, wanted.sha256))
      return cached ? { path: blobs.pathOf(wanted.sha256) } : decode(wanted)
    },
    close: () => pool.close(),
  }
}

function limitsOf(envelopeBytes: number) {
  return { maxEnvelopeBytes: envelopeBytes, maxFileBytes: noLimit, maxUnwrappedBytes: noLimit }
}

/** A file that went bad on disk would be taken for one that was changed after signing. */
async function isWhole(blobs: Pick<FileBlobs, 'open'>, sha256: string): Promise<boolean> {
  const hash = createHash('sha256')
  await pipeline(await blobs.open(sha256), hash)
  return hash.digest('hex') === sha256
}
