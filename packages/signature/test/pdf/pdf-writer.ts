/** Objects by number, as they are written between `obj` and `endobj`. */
export type Objects = Readonly<Record<number, string>>

/** A small writer of PDF, right in every way but what a test asks for. */
export interface PdfFile {
  readonly bytes: Buffer
  /** Offset of the newest cross-reference. */
  readonly startXref: number
  readonly size: number
  /** Number of its catalog; 1 when absent. */
  readonly root?: number
}

export function writePdf(objects: Objects, trailer = ''): PdfFile {
  const header = Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')
  return append({ bytes: header, startXref: -1, size: 0 }, objects, { trailer })
}

export interface Update {
  /** More of the trailer. */
  readonly trailer?: string
  /** Objects to list as free. */
  readonly freed?: readonly number[]
  /** Offsets to list instead of where the objects are. */
  readonly offsets?: Readonly<Record<number, number>>
  /** Bytes between the objects and the cross-reference. */
  readonly stray?: string
  /** Write the cross-reference as a stream with this object number (ISO 32000-2 section 7.5.8). */
  readonly xrefStream?: number
}

/** One more revision (ISO 32000-2 section 7.5.6). */
export function append(file: PdfFile, objects: Objects, update: Update = {}): PdfFile {
  const pieces = [file.bytes]
  let at = file.bytes.length
  const add = (text: string) => {
    const piece = Buffer.from(text, 'latin1')
    pieces.push(piece)
    at += piece.length
  }
  const lines = new Map<number, string>()
  if (file.size === 0) lines.set(0, '0000000000 65535 f \n')
  for (const [number, body] of Object.entries(objects)) {
    lines.set(Number(number), inUse(at))
    add(`${number} 0 obj\n${body}\nendobj\n`)
  }
  for (const [number, offset] of Object.entries(update.offsets ?? {})) lines.set(Number(number), inUse(offset))
  for (const number of update.freed ?? []) lines.set(number, '0000000000 00001 f \n')
  add(update.stray ?? '')
  const startXref = at
  const size = Math.max(file.size, ...[...lines.keys()].map(number => number + 1))
  const sections = [...lines].sort(([one], [other]) => one - other).map(([number, line]) => `${number} 1\n${line}`)
  const previous = file.startXref < 0 ? '' : `/Prev ${file.startXref}`
  const trailer = `/Root ${file.root ?? 1} 0 R${previous}${update.trailer ?? ''}`
  if (update.xrefStream === undefined) add(`xref\n${sections.join('')}trailer\n<</Size ${size}${trailer}>>\n`)
  else add(xrefStream(update.xrefStream, lines, startXref, trailer))
  add(`startxref\n${startXref}\n%%EOF\n`)
  return { ...file, bytes: Buffer.concat(pieces), startXref, size: Math.max(size, (update.xrefStream ?? 0) + 1) }
}

/** The lines of a table as rows of a stream, and its own place among them. */
function xrefStream(number: number, lines: ReadonlyMap<number, string>, at: number, trailer: string): string {
  const places = [...lines, [number, inUse(at)] as const].sort(([one], [other]) => one - other)
  const rows = places.map(([, line]) => {
    const row = Buffer.alloc(6)
    row.writeUInt8(line.includes('n') ? 1 : 0, 0)
    row.writeUInt32BE(Number(line.slice(0, 10)), 1)
    return row.toString('latin1')
  })
  const index = places.map(([one]) => `${one} 1`).join(' ')
  return `${number} 0 obj\n${stream(rows.join(''), `/Type/XRef/W[1 4 1]/Size ${number + 1}/Index[${index}]${trailer}`)}\nendobj\n`
}

const inUse = (offset: number) => `${String(offset).padStart(10, '0')} 00000 n \n`

export function stream(content: string, entries = ''): string {
  return `<</Length ${Buffer.byteLength(content, 'latin1')}${entries}>>\nstream\n${content}\nendstream`
}
