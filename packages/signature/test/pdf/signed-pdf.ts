import type { CmsWish, Identity } from '@docaxis/pki/authority'
import { contentTypeAttribute, digestAttribute, signingCertificateAttribute, writeCms } from '@docaxis/pki/authority'
import { append, type Objects, type PdfFile, stream, type Update, writePdf } from './pdf-writer.ts'

const contentsBytes = 12_288

/** An A4 page of one line, with a text field and no signature. Objects 1 to 7; those of a test begin at 10. */
export function draft(more: Objects = {}): PdfFile {
  return writePdf({
    1: '<</Type/Catalog/Pages 2 0 R/AcroForm 6 0 R>>',
    2: '<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>',
    3: page(['7 0 R']),
    4: stream('BT /F1 12 Tf 72 700 Td (Quyet dinh) Tj ET'),
    5: '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
    6: form(['7 0 R']),
    7: textField(''),
    ...more,
  })
}

export const page = (annotations: readonly string[]): string =>
  `<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>/Annots[${annotations.join(' ')}]>>`
export const form = (fields: readonly string[]): string => `<</Fields[${fields.join(' ')}]/SigFlags 3>>`
export const textField = (entries: string): string =>
  `<</Type/Annot/Subtype/Widget/FT/Tx/T(note)/Rect[72 500 300 520]/P 3 0 R${entries}>>`

export interface SignatureWish {
  readonly by: Identity
  /** Number of the signature's object; its field is the next one, its appearance the one after. */
  readonly object: number
  readonly rect?: string
  readonly subFilter?: string
  readonly entries?: string
  /** Of the field. */
  readonly field?: string
  /** Number of the page it stands on; 3 when absent. */
  readonly page?: number
  /** Other objects of the revision, such as the page and the form with the new field in them. */
  readonly objects?: Objects
  readonly update?: Update
  readonly cms?: Partial<CmsWish>
  /** Written instead of the CMS that is made of the covered bytes. */
  readonly contents?: (covered: Buffer) => Buffer
}

/** Signs in a new revision that adds a field with a small image to the page. */
export function sign(file: PdfFile, wish: SignatureWish): PdfFile {
  const { object, rect = '300 100 420 160', subFilter = 'ETSI.CAdES.detached', entries = '' } = wish
  const range = `/ByteRange [0 ${'0'.repeat(10)} ${'0'.repeat(10)} ${'0'.repeat(10)}]`
  const hole = `<${'0'.repeat(contentsBytes * 2)}>`
  const unsigned = append(
    file,
    {
      [object]: `<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/${subFilter}${range}/Contents ${hole}${entries}>>`,
      [object + 1]:
        `<</Type/Annot/Subtype/Widget/FT/Sig/T(Sig${object})/F 132/Rect[${rect}]/P ${wish.page ?? 3} 0 R/V ${object} 0 R/AP<</N ${object + 2} 0 R>>${wish.field ?? ''}>>`,
      [object + 2]: stream('0 0 10 10 re S', '/Type/XObject/Subtype/Form/BBox[0 0 120 60]'),
      ...wish.objects,
    },
    wish.update,
  )
  return { ...unsigned, bytes: fillIn(unsigned.bytes, wish) }
}

function fillIn(unsigned: Buffer, { by, cms, contents }: SignatureWish): Buffer {
  const bytes = Buffer.from(unsigned)
  const start = bytes.lastIndexOf('/Contents <') + '/Contents '.length
  const end = start + contentsBytes * 2 + 2
  const digits = (value: number) => String(value).padStart(10, '0')
  const range = `/ByteRange [0 ${digits(start)} ${digits(end)} ${digits(bytes.length - end)}]`
  bytes.write(range, bytes.lastIndexOf('/ByteRange ['), 'latin1')
  const covered = Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)])
  const value = contents ? contents(covered) : signatureOver(covered, by, cms)
  bytes.write(value.toString('hex'), start + 1, 'latin1')
  return bytes
}

export function signatureOver(covered: Buffer, by: Identity, changes: Partial<CmsWish> = {}): Buffer {
  const { certificate, privateKey } = by
  const signedAttributes = [contentTypeAttribute(), digestAttribute(covered), signingCertificateAttribute(certificate)]
  return writeCms({ content: covered, certificate, privateKey, signedAttributes, ...changes })
}

/** The draft, signed once: field 11 is on the page and in the form. */
export function signedOnce(by: Identity, changes: Partial<SignatureWish> = {}, base: PdfFile = draft()): PdfFile {
  const objects = { 3: page(['7 0 R', '11 0 R']), 6: form(['7 0 R', '11 0 R']) }
  return sign(base, { by, object: 10, objects, ...changes })
}

/** One more signature, with field 21. */
export function signedAgain(file: PdfFile, by: Identity, changes: Partial<SignatureWish> = {}): PdfFile {
  const objects = { 3: page(['7 0 R', '11 0 R', '21 0 R']), 6: form(['7 0 R', '11 0 R', '21 0 R']) }
  return sign(file, { by, object: 20, rect: '100 100 220 160', objects, ...changes })
}
