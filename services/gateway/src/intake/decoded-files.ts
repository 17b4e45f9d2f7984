import type { DecodedDocument } from '@docaxis/attachments/documents'
import type { BlobStore } from '@docaxis/store'

/**
 * Runs `use` while decoded documents lie in the spool; what it has not kept is removed afterwards. Kept or not is no
 * matter of the packet's acceptance: they can be decoded again from the envelope.
 */
export async function withDecoded<T>(
  blobs: Pick<BlobStore, 'keepDecoded' | 'removeSpooled'>,
  documents: readonly DecodedDocument[],
  use: (keep: () => Promise<void>) => Promise<T>,
): Promise<T> {
  const spooled = documents.flatMap(document => ('name' in document ? [document] : []))
  const keep = async () => {
    await Promise.allSettled(spooled.map(({ name, sha256 }) => blobs.keepDecoded(name, sha256)))
  }
  try {
    return await use(keep)
  } finally {
    await Promise.all(spooled.map(({ name }) => blobs.removeSpooled(name)))
  }
}
