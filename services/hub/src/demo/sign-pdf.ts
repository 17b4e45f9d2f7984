import {
  contentTypeAttribute,
  digestAttribute,
  type Identity,
  signingCertificateAttribute,
  writeCms,
} from '@docaxis/pki/authority'
import { appendRevision } from './pdf-revision.ts'
import { escaped, formObject, formWith, pageObject, pageWith, type SamplePdf, streamOf } from './sample-pdf.ts'

export interface PdfSigner {
  readonly identity: Pick<Identity, 'certificate' | 'privateKey'>
  /** Shown in the field of the signature. */
  readonly name: string
  /** Lower left corner of the field, in points from that of the page. */
  readonly at: readonly [x: number, y: number]
}

/** Hex digits that the signature may take; one of RSA 2048 with its certificate takes a third. */
const contentsDigits = 8_192
const rangePlace = '[0 0000000000 0000000000 0000000000]'
const fieldSize = [190, 48] as const

/** Signs what is there in a revision of its own, with a field that shows the name (ETSI EN 319 142-1, ETSI.CAdES.detached). */
export function signPdf(pdf: SamplePdf, signer: PdfSigner, now: Date): SamplePdf {
  const [signature, field, appearance] = [pdf.nextObject, pdf.nextObject + 1, pdf.nextObject + 2]
  const fields = [...pdf.fields, field]
  const [x, y] = signer.at
  const [width, height] = fieldSize
  const shown = `0.5 w 0 0 ${width} ${height} re S BT /F1 8 Tf 6 20 Td (${escaped(signer.name)}) Tj ET`
  const { bytes, startXref } = appendRevision(pdf, {
    [pageObject]: pageWith(fields),
    [formObject]: formWith(fields),
    [signature]: signatureDictionary(now),
    [field]:
      `<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature${fields.length}) /V ${signature} 0 R /P ${pageObject} 0 R /F 132 ` +
      `/Rect [${x} ${y} ${x + width} ${y + height}] /AP << /N ${appearance} 0 R >> >>`,
    [appearance]: streamOf(
      shown,
      ` /Type /XObject /Subtype /Form /BBox [0 0 ${width} ${height}] /Resources << /Font << /F1 5 0 R >> >>`,
    ),
  })
  return { bytes: filledIn(bytes, signer.identity), startXref, nextObject: appearance + 1, fields }
}

function signatureDictionary(now: Date): string {
  const at = now.toISOString().replace(/[-:T]/g, '').slice(0, 14)
  const contents = `<${'0'.repeat(contentsDigits)}>`
  return `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (D:${at}Z) /ByteRange ${rangePlace} /Contents ${contents} >>`
}

function filledIn(unsigned: Buffer, { certificate, privateKey }: PdfSigner['identity']): Buffer {
  const bytes = Buffer.from(unsigned)
  const gap = bytes.lastIndexOf('/Contents <') + '/Contents '.length
  const end = gap + contentsDigits + 2
  const range = `[0 ${gap} ${end} ${bytes.length - end}]`.padEnd(rangePlace.length)
  bytes.write(range, bytes.lastIndexOf(rangePlace), 'latin1')
  const content = Buffer.concat([bytes.subarray(0, gap), bytes.subarray(end)])
  const signedAttributes = [contentTypeAttribute(), digestAttribute(content), signingCertificateAttribute(certificate)]
  bytes.write(writeCms({ content, certificate, privateKey, signedAttributes }).toString('hex'), gap + 1, 'latin1')
  return bytes
}
