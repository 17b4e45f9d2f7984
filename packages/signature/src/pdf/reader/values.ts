/** Objects of ISO 32000-2 section 7.3. */
export interface PdfName {
  readonly kind: 'name'
  readonly name: string
}

export interface PdfString {
  readonly kind: 'string'
  readonly bytes: Buffer
}

export interface PdfRef {
  readonly kind: 'ref'
  readonly number: number
  readonly generation: number
}

export interface PdfArray {
  readonly kind: 'array'
  readonly items: readonly PdfValue[]
}

/** Where a value stands in the file: from its first byte to past its last. */
export interface Span {
  readonly start: number
  readonly end: number
}

export interface PdfDict {
  readonly kind: 'dict'
  readonly entries: ReadonlyMap<string, PdfValue>
  /** Of each entry's value. */
  readonly spans: ReadonlyMap<string, Span>
}

export interface PdfStream {
  readonly kind: 'stream'
  readonly dict: PdfDict
  /** The bytes as they stand in the file, packed. */
  readonly data: Span
}

export type PdfValue = null | boolean | number | PdfName | PdfString | PdfRef | PdfArray | PdfDict | PdfStream

type Kind = Exclude<PdfValue, null | boolean | number>['kind']

export function isKind<K extends Kind>(value: PdfValue | undefined, kind: K): value is Extract<PdfValue, { kind: K }> {
  return typeof value === 'object' && value !== null && value.kind === kind
}

export function nameOf(value: PdfValue | undefined): string | undefined {
  return isKind(value, 'name') ? value.name : undefined
}

export function isInteger(value: PdfValue | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value)
}

/** Entries of a dictionary or of a stream's. */
export function entriesOf(value: PdfValue | undefined): ReadonlyMap<string, PdfValue> {
  if (isKind(value, 'dict')) return value.entries
  return isKind(value, 'stream') ? value.dict.entries : noEntries
}

const noEntries: ReadonlyMap<string, PdfValue> = new Map()

/** A text string (ISO 32000-2 section 7.9.2.2): UTF-16BE or UTF-8 by its mark, else one byte a letter. */
export function textOf(value: PdfValue | undefined): string | undefined {
  if (!isKind(value, 'string')) return undefined
  const { bytes } = value
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    const even = bytes.subarray(2, bytes.length - (bytes.length % 2))
    return Buffer.from(even).swap16().toString('utf16le')
  }
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.toString('utf8', 3)
  return bytes.toString('latin1')
}
