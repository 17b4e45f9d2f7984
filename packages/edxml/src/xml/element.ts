/** One attribute of the canonical form. */
export interface XmlAttribute {
  readonly prefix: string
  readonly namespace: string
  readonly name: string
  /** As it stands in the canonical form, escaped, one character per byte. */
  readonly rawValue: string
}

/** One element of the canonical form. Offsets count bytes of that form. */
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
}

/** The canonical form of a packet and the tree of elements cut from it. */
export interface CanonicalPacket {
  readonly bytes: Buffer
  /** The same bytes, one character each. */
  readonly latin1: string
  readonly root: XmlElement
  /** Every element, in document order. */
  readonly elements: readonly XmlElement[]
}

const nonAscii = /[\u0080-\u00ff]/
const xmlEscapes = /&(?:amp|lt|gt|quot|#x9|#xA|#xD);/g
const escapeValues: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x9;': '\t',
  '&#xA;': '\n',
  '&#xD;': '\r',
}

/** The element's own text, NFC, not trimmed; text of its children is not part of it. */
export function ownText(packet: CanonicalPacket, element: XmlElement): string {
  if (element.children.length === 0) return decode(packet.latin1.slice(element.contentStart, element.contentEnd))
  return decode(ownRuns(packet.latin1, element).join(''))
}

/** The stretches of text between an element's tags and its children's, still escaped. */
export function ownRuns(latin1: string, element: XmlElement): string[] {
  const runs: string[] = []
  let from = element.contentStart
  for (const child of element.children) {
    runs.push(latin1.slice(from, child.start))
    from = child.end
  }
  runs.push(latin1.slice(from, element.contentEnd))
  return runs
}

export function attributeValue(attribute: XmlAttribute): string {
  return decode(attribute.rawValue)
}

function decode(raw: string): string {
  const characters = nonAscii.test(raw) ? Buffer.from(raw, 'latin1').toString('utf8').normalize('NFC') : raw
  return characters.includes('&')
    ? characters.replace(xmlEscapes, escaped => escapeValues[escaped] ?? escaped)
    : characters
}

export function isNamed(element: XmlElement, namespace: string, name: string): boolean {
  return element.name === name && element.namespace === namespace
}
