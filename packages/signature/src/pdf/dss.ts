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
/** Signatures that a file has material for; more than these it may not have anyway. */
const maxVri = 64

type Entries = ReturnType<typeof entriesOf>

/**
 * The lists of the store itself, and what only the material of one signature names (VRI, ISO 32000-2 section 12.8.4.4).
 * Whose it is said to be does not matter: a piece counts for every signature that it speaks of.
 */
export async function readSecurityStore(document: PdfDocument): Promise<SecurityStore> {
  const view = document.view(document.revisions.length - 1)
  const catalog = entriesOf(await view.resolve(view.trailer.entries.get('Root')))
  const store = entriesOf(await view.resolve(catalog.get('DSS')))
  const vri = await vriOf(view, store)
  const all = async <T>(ofStore: string, ofSignature: string, parse: (der: Buffer) => T) => {
    const lists = [store.get(ofStore), ...vri.map(entries => entries.get(ofSignature))]
    const pieces = await streamsOf(document, view, lists)
    return pieces.flatMap(piece => readable(() => parse(piece)))
  }
  return {
    certificates: await all('Certs', 'Cert', parseCertificate),
    crls: await all('CRLs', 'CRL', parseCrl),
    ocsp: await all('OCSPs', 'OCSP', parseOcspResponse),
  }
}

async function vriOf(view: View, store: Entries): Promise<readonly Entries[]> {
  const named = [...entriesOf(await view.resolve(store.get('VRI'))).values()].filter(value => !isKind(value, 'name'))
  if (named.length > maxVri) throw new PdfFault('security store for too many signatures')
  return Promise.all(named.map(async value => entriesOf(await view.resolve(value))))
}

/** Each stream once, however many lists name it. */
async function streamsOf(
  document: PdfDocument,
  view: View,
  lists: readonly (PdfValue | undefined)[],
): Promise<readonly Buffer[]> {
  const arrays = await Promise.all(lists.map(list => view.resolve(list)))
  const items = arrays.flatMap(array => (isKind(array, 'array') ? array.items : []))
  const unique = new Map(items.map(item => [isKind(item, 'ref') ? `${item.number} ${item.generation}` : item, item]))
  if (unique.size > maxPieces) throw new PdfFault('security store of too many pieces')
  const pieces: Buffer[] = []
  for (const item of unique.values()) {
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
