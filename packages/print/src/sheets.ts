import { fileURLToPath } from 'node:url'
import PDFDocument from 'pdfkit'

export interface SheetOptions {
  readonly title: string
  /** Of the words on the pages (BCP 47). */
  readonly language: 'vi-VN' | 'en-GB'
  /** Stands in the file; equal input with an equal time gives equal bytes. */
  readonly createdAt: Date
  readonly landscape?: boolean
  /** What stands at the foot of each page. */
  readonly footer: (page: number, pages: number) => string
}

export interface Sheets {
  /** A4, fonts `regular` and `bold`, first page open; all else is pdfkit's. */
  readonly paper: PDFKit.PDFDocument
  /** Writes the foot of each page; nothing may be drawn afterwards. */
  readonly finish: () => Promise<Buffer>
}

/** Points; 20 mm at the sides. */
const side = 57
const top = 48
const bottom = 56

// Open Sans (SIL Open Font License 1.1): every letter of Vietnamese, in the file itself, as archives ask for. Each is one
// glyph: fonts that build ụ of u and a dot, as Noto Sans does, make every u of the page copy as ụ.
const fonts = {
  regular: fileURLToPath(import.meta.resolve('@expo-google-fonts/open-sans/400Regular/OpenSans_400Regular.ttf')),
  bold: fileURLToPath(import.meta.resolve('@expo-google-fonts/open-sans/600SemiBold/OpenSans_600SemiBold.ttf')),
}

/** Opens a PDF/A-3b: fonts inside, no outside reference, and files may be attached (ISO 19005-3). */
export function openSheets({ title, language, createdAt, landscape = false, footer }: SheetOptions): Sheets {
  const paper = new PDFDocument({
    size: 'A4',
    layout: landscape ? 'landscape' : 'portrait',
    margins: { top, bottom, left: side, right: side },
    bufferPages: true,
    pdfVersion: '1.7',
    subset: 'PDF/A-3b',
    lang: language,
    displayTitle: true,
    font: fonts.regular,
    info: { Title: title, Producer: 'docaxis', Creator: 'docaxis', CreationDate: createdAt, ModDate: createdAt },
  })
  paper.registerFont('regular', fonts.regular).registerFont('bold', fonts.bold).font('regular')
  const bytes = collect(paper)
  return {
    paper,
    finish: async () => {
      writeFooters(paper, footer)
      paper.end()
      return bytes
    },
  }
}

function writeFooters(paper: PDFKit.PDFDocument, footer: SheetOptions['footer']): void {
  const { start, count } = paper.bufferedPageRange()
  for (let page = 0; page < count; page += 1) {
    paper.switchToPage(start + page)
    // Text under the lower margin would open a page of its own.
    paper.page.margins.bottom = 0
    const width = paper.page.width - 2 * side
    const place = { width, align: 'center', lineBreak: false } as const
    paper.font('regular').fontSize(8).fillColor('#555555')
    paper.text(footer(page + 1, count), side, paper.page.height - bottom / 2, place)
  }
}

function collect(paper: PDFKit.PDFDocument): Promise<Buffer> {
  const chunks: Buffer[] = []
  return new Promise((resolve, reject) => {
    paper.on('data', (chunk: Buffer) => chunks.push(chunk))
    paper.on('end', () => resolve(Buffer.concat(chunks)))
    paper.on('error', reject)
  })
}
