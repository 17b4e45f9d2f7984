import { receiptNamespace } from '../names.ts'
import { openDocument, type PdfDocument, type View } from './reader/document.ts'
import { PdfFault } from './reader/limits.ts'
import type { PdfSource } from './reader/source.ts'
import { unpack } from './reader/unpack.ts'
import { entriesOf, isKind, type PdfValue } from './reader/values.ts'

/** Files that are looked into; a printed receipt has two. */
const maxFiles = 16
const maxReceiptBytes = 8 * 1024 * 1024

/**
 * The signed receipt that lies in a printed one as an attached file; undefined where there is none, and where the file
 * cannot be read. What it is worth is for `verifyReceipt` to say: nothing of the pages is signed by it.
 */
export async function attachedReceipt(source: PdfSource): Promise<Buffer | undefined> {
  try {
    const document = await openDocument(source)
    for (const file of await associatedFiles(document)) {
      const bytes = await readFile(document, file)
      if (bytes && isReceipt(bytes)) return bytes
    }
  } catch (error) {
    if (!(error instanceof PdfFault)) throw error
  }
  return undefined
}

/** What the catalog names as belonging to the document (ISO 32000-2 section 14.13). */
async function associatedFiles(document: PdfDocument): Promise<readonly PdfValue[]> {
  const view = newest(document)
  const catalog = await view.resolve(view.trailer.entries.get('Root'))
  const files = await view.resolve(entriesOf(catalog).get('AF'))
  return isKind(files, 'array') ? files.items.slice(0, maxFiles) : []
}

async function readFile(document: PdfDocument, file: PdfValue): Promise<Buffer | undefined> {
  const view = newest(document)
  const specification = await view.resolve(file)
  const embedded = await view.resolve(entriesOf(specification).get('EF'))
  const stream = await view.resolve(entriesOf(embedded).get('F'))
  if (!isKind(stream, 'stream') || stream.data.end - stream.data.start > maxReceiptBytes) return undefined
  const bytes = await unpack(document.file, stream)
  return bytes.length > maxReceiptBytes ? undefined : bytes
}

function newest(document: PdfDocument): View {
  return document.view(document.revisions.length - 1)
}

function isReceipt(bytes: Buffer): boolean {
  return bytes.subarray(0, 512).includes(`<Receipt xmlns="${receiptNamespace}"`)
}
