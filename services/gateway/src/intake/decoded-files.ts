import type { BlobStore } from '@docaxis/store'
import type { SpooledDocument } from '../proving/prove-task.ts'

/**
 * Runs `use` while decoded documents lie in the spool; what it has not kept is removed afterwards. Kept or not is no
 * matter of the packet's acceptance: they can be decoded again from the envelope.
 */
export async function withDecoded<T>(
  blobs: Pick<BlobStore, 'keepDecoded' | 'removeSpooled'>,
  files: readonly SpooledDocument[],
  use: (keep: () => Promise<void>) => Promise<T>,
): Promise<T> {
  const keep = async () => {
    await Promise.allSettled(files.map(({ name, sha256 }) => blobs.keepDecoded(name, sha256)))
  }
  try {
    return await use(keep)
  } finally {
    await Promise.all(files.map(({ name }) => blobs.removeSpooled(name)))
  }
}
