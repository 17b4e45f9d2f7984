import {
  type Certificate,
  type Crl,
  DerError,
  type OcspResponse,
  parseCertificate,
  parseCrl,
  parseOcspResponse,
} from '@docaxis/pki'
import type { PdfDocument, View } from './reader/document.ts'
import { PdfFault } from './reader/limits.ts'
import { unpack } from './reader/unpack.ts'
import { entriesOf, isKind, type PdfValue } from './reader/values.ts'

/** Material of the document security store (ISO 32000-2 section 12.8.4.3): each piece proves itself or nothing. */
export interface SecurityStore {
  readonly certificates: readonly Certificate[]
  readonly crls: readonly Crl[]
  readonly ocsp: readonly OcspResponse[]
}

const maxPieces = 256

/** VRI names the same streams again, so that the lists of the store itself are all there is. */
export async function readSecurityStore(document: PdfDocument): Promise<SecurityStore> {
  const view = document.view(document.revisions.length - 1)
  const catalog = entriesOf(await view.resolve(view.trailer.entries.get('Root')))
  const store = entriesOf(await view.resolve(catalog.get('DSS')))
  const all = async <T>(key: string, parse: (der: Buffer) => T) => {
    const pieces = await streamsOf(document, view, store.get(key))
    return pieces.flatMap(piece => readable(() => parse(piece)))
  }
  return {
    certificates: await all('Certs', parseCertificate),
    crls: await all('CRLs', parseCrl),
    ocsp: await all('OCSPs', parseOcspResponse),
  }
}

async function streamsOf(document: PdfDocument, view: View, list: PdfValue | undefined): Promise<readonly Buffer[]> {
  const array = await view.resolve(list)
  if (!isKind(array, 'array')) return []
  if (array.items.length > maxPieces) throw new PdfFault('security store of too many pieces')
  const pieces: Buffer[] = []
  for (const item of array.items) {
    const stream = await view.resolve(item)
    if (isKind(stream, 'stream')) pieces.push(await unpack(document.file, stream))
  }
  return pieces
}

function readable<T>(read: () => T): T[] {
  try {
    return [read()]
  } catch (error) {
    if (error instanceof DerError) return []
    throw error
  }
}
