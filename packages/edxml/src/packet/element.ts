import type { Base64State } from '../attachment/base64-decoder.ts'
import type { CarriedFile } from '../attachment/carried-file.ts'
import { byte, isWhite } from '../xml/bytes.ts'
import { canonicalEscapes } from '../xml/canonical-escapes.ts'
import type { XmlTreeAttribute } from '../xml/tree.ts'

/** Its value is escaped, one character per byte. */
export type XmlAttribute = XmlTreeAttribute

/** One element of the skeleton. Offsets count its bytes. */
export interface XmlElement {
  readonly parent: XmlElement | undefined
  readonly prefix: string
  readonly namespace: string
  readonly name: string
  readonly attributes: readonly XmlAttribute[]
  readonly children: readonly XmlElement[]
  readonly start: number
  /** After the start tag. */
  readonly contentStart: number
  /** Before the end tag. */
  readonly contentEnd: number
  readonly end: number
  /** Name space declarations in its start tag. */
  readonly declared: number
  /** Of a ContentTransferEncoded: its text is no part of the skeleton. */
  readonly carried: CarriedText | undefined
}

/** What became of the text of one ContentTransferEncoded. */
export interface CarriedText {
  readonly state: Base64State
  /** The decoded bytes; absent where they were only checked. */
  readonly file?: CarriedFile
}

/** The canonical skeleton of a packet, and the tree of its elements. */
export interface CanonicalPacket {
  /** The exclusive canonical form without the text of any ContentTransferEncoded. */
  readonly bytes: Buffer
  readonly root: XmlElement
  /** Every element, in document order. */
  readonly elements: readonly XmlElement[]
}

/** What may not be NFC: anything outside the blocks of Latin and its Vietnamese letters, in which nothing composes. */
const maybeDecomposed = /[^\n\r\t -\u02ff\u1e00-\u1eff]/
const xmlEscapes = /&(?:amp|lt|gt|quot|#x9|#xA|#xD);/g
/** The element's own text, NFC, not trimmed; text of its children is not part of it. */
export function ownText({ bytes }: CanonicalPacket, element: XmlElement): string {
  const { contentStart, contentEnd, children } = element
  if (children.length === 0) {
    if (isPlainAscii(bytes, contentStart, contentEnd)) return bytes.toString('latin1', contentStart, contentEnd)
    return decoded(bytes.toString('utf8', contentStart, contentEnd))
  }
  return decoded(Buffer.concat(ownRuns(bytes, element)).toString('utf8'))
}

/** Codes, dates and numbers: what is the same in every encoding and has nothing escaped. */
function isPlainAscii(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const code = bytes[at] as number
    if (code >= 0x80 || code === byte.ampersand) return false
  }
  return true
}

/** Whether the element has neither children nor text but white space; a file's text counts too. */
export function isEmpty(packet: CanonicalPacket, element: XmlElement): boolean {
  if (element.children.length > 0) return false
  if (element.carried !== undefined) return element.carried.state === 'empty'
  const { contentStart, contentEnd } = element
  if (contentStart === contentEnd) return true
  const first = packet.bytes[contentStart] as number
  const isPlain = first > 0x20 && first < 0x80 && first !== byte.ampersand
  return !isPlain && ownText(packet, element).trim() === ''
}

/** Whether characters other than white space stand beside the element's children. */
export function hasStrayText({ bytes }: CanonicalPacket, element: XmlElement): boolean {
  let from = element.contentStart
  for (const child of element.children) {
    if (!isBlank(bytes, from, child.start)) return true
    from = child.end
  }
  return !isBlank(bytes, from, element.contentEnd)
}

function isBlank(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (!isWhite(bytes[at])) return false
  return true
}

/** The stretches of text between an element's tags and its children's, still escaped. */
export function ownRuns(bytes: Buffer, element: XmlElement): Buffer[] {
  const runs: Buffer[] = []
  let from = element.contentStart
  for (const child of element.children) {
    runs.push(bytes.subarray(from, child.start))
    from = child.end
  }
  runs.push(bytes.subarray(from, element.contentEnd))
  return runs
}

function decoded(text: string): string {
  const characters = maybeDecomposed.test(text) ? text.normalize('NFC') : text
  return characters.includes('&')
    ? characters.replace(xmlEscapes, escaped => canonicalEscapes[escaped] ?? escaped)
    : characters
}

export function isNamed(element: XmlElement, namespace: string, name: string): boolean {
  return element.name === name && element.namespace === namespace
}
