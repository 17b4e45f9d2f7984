import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type PdfFile, stream, writePdf } from './pdf-writer.ts'
import { type SignatureWish, sign } from './signed-pdf.ts'

/** A file, and how a signature is put into it: where its catalog and page are and what they say. */
export interface Signable {
  readonly file: PdfFile
  readonly catalog: string
  readonly page: { readonly number: number; readonly text: string }
  /** Its cross-references are streams, so those of an update are as well. */
  readonly hasXrefStreams?: true
}

const catalog = '<</Type/Catalog/Pages 2 0 R>>'
const page = '<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>'
const text = 'BT /F1 12 Tf 72 700 Td (Quyet dinh) Tj ET'
const objects = {
  1: catalog,
  2: '<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>',
  3: page,
  4: stream(text),
  5: '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
}

/** Signs in a new revision, with a field that is new on the page and in the form. */
export function signedIn(
  { file, catalog, page, hasXrefStreams }: Signable,
  wish: Omit<SignatureWish, 'object'>,
): PdfFile {
  const object = file.size
  const field = `${object + 1} 0 R`
  return sign(file, {
    object,
    page: page.number,
    objects: {
      [file.root ?? 1]: withEntries(catalog, `/AcroForm<</Fields[${field}]/SigFlags 3>>`),
      [page.number]: withEntries(page.text, `/Annots[${field}]`),
    },
    ...(hasXrefStreams && { update: { xrefStream: object + 3 } }),
    ...wish,
  })
}

function withEntries(dictionary: string, entries: string): string {
  return `${dictionary.trim().slice(0, -2)}${entries}>>`
}

export function plainFile(): Signable {
  return { file: writePdf(objects), catalog, page: { number: 3, text: page } }
}

/** A table that calls the font free, and a stream that says where in another stream it is (ISO 32000-2 section 7.5.8.4). */
export function hybridFile(): Signable {
  const { 5: font, ...others } = objects
  const packed = stream(`5 0 ${font}`, '/Type/ObjStm/N 1/First 4')
  const before = writePdf({ ...others, 6: packed })
  const row = Buffer.from([2, 0, 0, 0, 6, 0]).toString('latin1')
  const hidden = stream(row, '/Type/XRef/W[1 4 1]/Size 8/Index[5 1]')
  const [head = ''] = before.bytes.toString('latin1').split('xref\n0 1\n')
  const hybrid = Buffer.from(`${head}7 0 obj\n${hidden}\nendobj\n`, 'latin1')
  const lines = [1, 2, 3, 4, 6].map(number => [number, hybrid.indexOf(`\n${number} 0 obj`) + 1] as const)
  const rows = lines.map(([number, at]) => `${number} 1\n${String(at).padStart(10, '0')} 00000 n \n`).join('')
  const table = `xref\n0 1\n0000000000 65535 f \n5 1\n0000000000 00000 f \n${rows}`
  const trailer = `trailer\n<</Size 8/Root 1 0 R/XRefStm ${Buffer.byteLength(head, 'latin1')}>>\n`
  const end = `${table}${trailer}startxref\n${hybrid.length}\n%%EOF\n`
  const bytes = Buffer.concat([hybrid, Buffer.from(end, 'latin1')])
  return { file: { bytes, startXref: hybrid.length, size: 8 }, catalog, page: { number: 3, text: page } }
}

/** The plain file, written anew by qpdf. */
export function qpdfFile(...options: readonly string[]): Signable {
  const folder = mkdtempSync(join(tmpdir(), 'docaxis-qpdf-'))
  try {
    const [from, to] = [join(folder, 'from.pdf'), join(folder, 'to.pdf')]
    writeFileSync(from, plainFile().file.bytes)
    qpdf(...options, from, to)
    const trailer = qpdf('--show-object=trailer', to)
    const root = Number(/\/Root (\d+)/.exec(trailer)?.[1])
    const number = Number(/page 1: (\d+)/.exec(qpdf('--show-pages', to))?.[1])
    const bytes = readFileSync(to)
    return {
      file: {
        bytes,
        root,
        startXref: lastNumber(bytes, /startxref\s+(\d+)/g),
        size: lastNumber(bytes, /\/Size (\d+)/g),
      },
      catalog: qpdf(`--show-object=${root}`, to),
      page: { number, text: qpdf(`--show-object=${number}`, to) },
      ...(options.includes('--object-streams=generate') && { hasXrefStreams: true }),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function qpdf(...args: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync('qpdf', args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return stdout
}

/** The last, or the greatest where a linearized file has two trailers. */
function lastNumber(bytes: Buffer, form: RegExp): number {
  const numbers = [...bytes.toString('latin1').matchAll(form)].map(([, digits]) => Number(digits))
  return form.source.startsWith('startxref') ? (numbers.at(-1) ?? 0) : Math.max(...numbers)
}
