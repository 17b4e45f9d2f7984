import type { HashName, TimeStampToken } from '@docaxis/pki'
import { Refusal } from '../../refusal.ts'
import type { FoundSignature } from '../find-signatures.ts'
import type { PdfDocument } from '../reader/document.ts'
import type { PdfSignatureKind } from '../verdict.ts'
import { type Cms, readCms } from './cms.ts'
import { type Coverage, checkCoverage } from './coverage.ts'
import { createExamination, type Examination } from './examination.ts'
import { checkSubFilter, kindOf } from './sub-filter.ts'
import { readToken } from './time.ts'

/** A signature read as far as it can be without its digest. */
export interface Inspection {
  readonly found: FoundSignature
  readonly kind: PdfSignatureKind
  readonly examination: Examination
  readonly coverage?: Coverage
  /** Of a signature. */
  readonly cms?: Cms
  /** Of a document time stamp. */
  readonly token?: TimeStampToken
  /** The digest to make of what is covered. */
  readonly hash?: HashName
}

export async function inspect(document: PdfDocument, found: FoundSignature): Promise<Inspection> {
  const examination = createExamination()
  const { subFilter, contents } = found
  const kind = kindOf(subFilter)
  if (!found.field) {
    examination.refuse(new Refusal('SIGNATURE_STRUCTURE', 'V57', `no field names signature object ${found.object}`))
  }
  await examination.attempt(list => checkSubFilter(subFilter, list))
  const coverage = await examination.attempt(list => checkCoverage(document, found, list))
  if (kind === 'time-stamp') {
    const token = await examination.attempt(() => readToken(withoutFill(contents)))
    if (token && !token.hash) {
      examination.refuse(new Refusal('ALGORITHM_NOT_ALLOWED', 'V14', `digest algorithm ${token.hashAlgorithm}`))
    }
    return { found, kind, examination, coverage, token, hash: token?.hash }
  }
  const cms = await examination.attempt(list => readCms(contents, list))
  if (cms && !cms.signer.hash) {
    const detail = `digest algorithm ${cms.signer.digestAlgorithm}`
    examination.refuse(new Refusal('ALGORITHM_NOT_ALLOWED', 'V14', detail))
  }
  return { found, kind, examination, coverage, cms, hash: cms?.signer.hash }
}

/** The zeros behind the object; a length that is wrong is found by the reader of the token. */
function withoutFill(contents: Buffer): Buffer {
  const length = contents[0] === 0x30 ? derLength(contents) : undefined
  const end = length === undefined || contents.subarray(length).some(byte => byte !== 0) ? contents.length : length
  return contents.subarray(0, end)
}

function derLength(bytes: Buffer): number | undefined {
  const first = bytes[1] ?? 0
  if (first < 0x80) return 2 + first
  const size = first & 0x7f
  return size >= 1 && size <= 4 && bytes.length > 2 + size ? 2 + size + bytes.readUIntBE(2, size) : undefined
}
