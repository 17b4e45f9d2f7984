/** A PDF of one page (ISO 32000-1) that says which message it belongs to, and holds some bytes besides. */
export function pdfOf(title: string, filling: Buffer): Buffer {
  // Text of the standard fonts is Latin; accents would need a font of their own.
  const plain = title
    .normalize('NFD')
    .replace(/[^\x20-\x7e]/g, '')
    .replace(/[()\\]/g, ' ')
  const page = Buffer.from(`BT /F1 12 Tf 50 780 Td (${plain}) Tj ET`)
  const objects = [
    Buffer.from('<< /Type /Catalog /Pages 2 0 R >>'),
    Buffer.from('<< /Type /Pages /Kids [3 0 R] /Count 1 >>'),
    Buffer.from(
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    ),
    streamOf(page),
    Buffer.from('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'),
    ...(filling.length > 0 ? [streamOf(filling)] : []),
  ]

  const pieces = [Buffer.from('%PDF-1.7\n')]
  let length = pieces[0]?.length ?? 0
  const places = objects.map((object, index) => {
    const place = length
    const piece = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')])
    pieces.push(piece)
    length += piece.length
    return `${String(place).padStart(10, '0')} 00000 n \n`
  })
  const size = objects.length + 1
  pieces.push(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${places.join('')}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${length}\n%%EOF\n`,
    ),
  )
  return Buffer.concat(pieces)
}

function streamOf(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`<< /Length ${bytes.length} >>\nstream\n`), bytes, Buffer.from('\nendstream')])
}
