import { randomBytes } from 'node:crypto'
import {
  contentTypeAttribute,
  digestAttribute,
  type Identity,
  signingCertificateAttribute,
  writeCms,
} from '@docaxis/pki/authority'

export interface PdfWish {
  readonly text?: string
  /** Unsigned when absent. */
  readonly signer?: Identity
  /** Bytes of a comment that makes the file larger; random, as nothing that compresses well is let through. */
  readonly ballast?: number
}

/** Hex digits that the signature may take. */
const contentsLength = 16_384
const rangePlace = '[0 0000000000 0000000000 0000000000]'

/** A one-page PDF with one signature over all of it (ETSI EN 319 142-1, ETSI.CAdES.detached), or with none. */
export function testPdf({ text = 'Quyet dinh', signer, ballast = 0 }: PdfWish = {}): Buffer {
  const stream = `BT /F1 12 Tf 72 770 Td (${text}) Tj ET`
  const field = '<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature1) /V 7 0 R /P 3 0 R /F 132 /Rect [0 0 0 0] >>'
  const file = assemble(
    [
      `<< /Type /Catalog /Pages 2 0 R ${signer ? '/AcroForm << /Fields [6 0 R] /SigFlags 3 >>' : ''} >>`,
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> ${signer ? '/Annots [6 0 R]' : ''} >>`,
      `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
      '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
      ...(signer ? [field, signatureDictionary()] : []),
    ],
    ballast,
  )
  return signer ? signed(file, signer) : file
}

function signatureDictionary(): string {
  const contents = `<${'0'.repeat(contentsLength)}>`
  return `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange ${rangePlace} /Contents ${contents} >>`
}

function signed(file: Buffer, { certificate, privateKey }: Identity): Buffer {
  const gap = file.indexOf('/Contents <') + '/Contents '.length
  const end = gap + contentsLength + 2
  const range = `[0 ${gap} ${end} ${file.length - end}]`.padEnd(rangePlace.length)
  file.write(range, file.indexOf(rangePlace), 'latin1')
  const content = Buffer.concat([file.subarray(0, gap), file.subarray(end)])
  const signedAttributes = [contentTypeAttribute(), digestAttribute(content), signingCertificateAttribute(certificate)]
  const cms = writeCms({ content, certificate, privateKey, signedAttributes })
  file.write(cms.toString('hex'), gap + 1, 'latin1')
  return file
}

function assemble(objects: readonly string[], ballast: number): Buffer {
  let file = `%PDF-1.7\n%${randomBytes(Math.ceil(ballast / 2)).toString('hex')}\n`
  const offsets = objects.map((object, index) => {
    const at = file.length
    file += `${index + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const table = offsets.map(offset => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`
  return Buffer.from(`${file}xref\n0 ${size}\n0000000000 65535 f \n${table}${trailer}`, 'latin1')
}
