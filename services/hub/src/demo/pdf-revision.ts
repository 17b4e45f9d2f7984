/** Objects by number, as they are written between `obj` and `endobj`. */
export type Objects = Readonly<Record<number, string>>

/** What a revision is added to; the header alone has no cross-reference yet. */
interface Before {
  readonly bytes: Buffer
  readonly startXref?: number
  readonly nextObject: number
}

/** Objects, their cross-reference and a trailer behind what is there (ISO 32000-1 section 7.5.6). */
export function appendRevision(before: Before, objects: Objects): { bytes: Buffer; startXref: number } {
  const isFirst = before.startXref === undefined
  let text = ''
  const sections = [...(isFirst ? ['0 1\n0000000000 65535 f \n'] : [])]
  for (const [number, body] of Object.entries(objects)) {
    const offset = String(before.bytes.length + text.length).padStart(10, '0')
    sections.push(`${number} 1\n${offset} 00000 n \n`)
    text += `${number} 0 obj\n${body}\nendobj\n`
  }
  const startXref = before.bytes.length + text.length
  const size = Math.max(before.nextObject, ...Object.keys(objects).map(number => Number(number) + 1))
  const previous = isFirst ? '' : ` /Prev ${before.startXref}`
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R${previous} >>\nstartxref\n${startXref}\n%%EOF\n`
  return {
    bytes: Buffer.concat([before.bytes, Buffer.from(`${text}xref\n${sections.join('')}${trailer}`, 'latin1')]),
    startXref,
  }
}
