import { open } from 'node:fs/promises'
import { bufferSource, type PdfSource } from '@docaxis/signature'

/** A file in memory, or where it lies. */
export type DocumentFile = { readonly bytes: Uint8Array } | { readonly path: string }

export interface OpenPdf extends AsyncDisposable {
  readonly source: PdfSource
}

/** Opens a PDF for reading at any place; one on disk is never held whole. @throws a file error */
export async function openPdf(file: DocumentFile): Promise<OpenPdf> {
  if ('bytes' in file) {
    return { source: bufferSource(Buffer.from(file.bytes)), [Symbol.asyncDispose]: async () => undefined }
  }
  const handle = await open(file.path)
  const { size } = await handle.stat()
  const source: PdfSource = {
    size,
    read: async (offset, length) => {
      const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(length), 0, length, offset)
      return buffer.subarray(0, bytesRead)
    },
  }
  return { source, [Symbol.asyncDispose]: () => handle.close() }
}
