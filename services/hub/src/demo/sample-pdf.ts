import { appendRevision, type Objects } from './pdf-revision.ts'

/** A PDF of one page, and what its next revision builds on (`sign-pdf.ts`). */
export interface SamplePdf {
  readonly bytes: Buffer
  /** Offset of its newest cross-reference. */
  readonly startXref: number
  /** The next object that is free. */
  readonly nextObject: number
  /** Numbers of the signature fields on the page. */
  readonly fields: readonly number[]
}

/** Objects of the page that a signature writes again. */
export const pageObject = 3
export const formObject = 6

/**
 * A one-page PDF (ISO 32000-1) with the lines given. The built-in fonts have no Vietnamese letters, so marks are
 * dropped: a demo page needs to open everywhere and to mean nothing.
 */
export function samplePdf(lines: readonly string[]): SamplePdf {
  const text = lines.map((line, index) => `1 0 0 1 72 ${770 - index * 22} Tm (${escaped(line)}) Tj`).join('\n')
  const objects: Objects = {
    1: `<< /Type /Catalog /Pages 2 0 R /AcroForm ${formObject} 0 R >>`,
    2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    [pageObject]: pageWith([]),
    4: streamOf(`BT /F1 12 Tf\n${text}\nET`),
    5: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    [formObject]: formWith([]),
  }
  const empty = { bytes: Buffer.from('%PDF-1.7\n', 'latin1'), nextObject: 7, fields: [] }
  return { ...empty, ...appendRevision(empty, objects) }
}

export function pageWith(annotations: readonly number[]): string {
  const annots = annotations.length === 0 ? '' : ` /Annots ${references(annotations)}`
  const fonts = '/Resources << /Font << /F1 5 0 R >> >>'
  return `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R ${fonts}${annots} >>`
}

export function formWith(fields: readonly number[]): string {
  return `<< /Fields ${references(fields)} /SigFlags 3 >>`
}

const references = (objects: readonly number[]): string => `[${objects.map(object => `${object} 0 R`).join(' ')}]`

export function streamOf(content: string, entries = ''): string {
  return `<< /Length ${content.length}${entries} >>\nstream\n${content}\nendstream`
}

/** Text as a PDF writes it between parentheses, without marks. */
export const escaped = (line: string): string =>
  line
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .replace(/[^\x20-\x7e]/g, '-')
    .replace(/[\\()]/g, '\\$&')
