/** Random access to the bytes of a PDF. The caller does the I/O, so that a large file is never held whole. */
export interface PdfSource {
  readonly size: number
  /** Bytes from `offset` on: `length` of them, or fewer at the end of the file. */
  read(offset: number, length: number): Promise<Buffer>
}

export function bufferSource(bytes: Buffer): PdfSource {
  return { size: bytes.length, read: async (offset, length) => bytes.subarray(offset, offset + length) }
}

const blockBytes = 64 * 1024
const keptBlocks = 64

/** Small reads out of larger ones that are remembered: neighbouring objects cost one read. */
export function blockSource(source: PdfSource): PdfSource {
  const blocks = new Map<number, Promise<Buffer>>()
  const block = (index: number) => {
    const known = blocks.get(index) ?? source.read(index * blockBytes, blockBytes)
    blocks.delete(index)
    blocks.set(index, known)
    for (const oldest of blocks.keys()) {
      if (blocks.size <= keptBlocks) break
      blocks.delete(oldest)
    }
    return known
  }
  return {
    size: source.size,
    read: async (offset, length) => {
      const end = Math.min(offset + length, source.size)
      const first = Math.floor(offset / blockBytes)
      const last = Math.floor(Math.max(offset, end - 1) / blockBytes)
      if (first !== last) return source.read(offset, Math.max(0, end - offset))
      const bytes = await block(first)
      return bytes.subarray(offset - first * blockBytes, Math.max(0, end - first * blockBytes))
    },
  }
}
