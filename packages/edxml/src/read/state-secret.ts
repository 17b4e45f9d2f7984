import { type CanonicalPacket, ownText, type XmlElement } from '../packet/element.ts'
import { qcvn } from '../wire.ts'

const marks = '(?:độ\\s+mật\\s*:\\s*)?(?:tối\\s+mật|tuyệt\\s+mật|mật)'
/** In every mark. */
const anyMark = /mật/iu
const wholeScope = new RegExp(`^${marks}$`, 'iu')
const inBrackets = new RegExp(`[[(【]\\s*${marks}\\s*[\\])】]`, 'iu')
/** As a prefix the mark ends with a separator: "Mật độ dân số" is a sentence, "MẬT: Kế hoạch" and "Mật.pdf" are marks. */
const asPrefix = new RegExp(`^${marks}(?:$|\\s*[:|_]|\\s+[-–—]\\s|\\.[a-z0-9]{1,5}$)`, 'iu')

const markedElements = new Set(['Subject', 'Content', 'Description', 'Appendix', 'AttachmentName'])

/** The element marked as a state secret (edXML 7.9), if any. Signatures are not searched. */
export function findStateSecret(packet: CanonicalPacket): XmlElement | undefined {
  for (const element of packet.elements) {
    if (element.namespace !== qcvn || element.children.length > 0) continue
    if (element.name === 'SphereOfPromulgation') {
      if (wholeScope.test(ownText(packet, element).trim())) return element
    } else if (markedElements.has(element.name) && isMarked(ownText(packet, element).trim())) return element
  }
  return undefined
}

function isMarked(text: string): boolean {
  return anyMark.test(text) && (inBrackets.test(text) || asPrefix.test(text))
}
