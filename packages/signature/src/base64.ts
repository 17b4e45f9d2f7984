import type { CanonicalElement } from './canonical-xml.ts'
import { Refusal } from './refusal.ts'

const strict = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** Far above any signature value or certificate. */
const maxCharacters = 128 * 1024

/** Content of an element that holds Base64 text and nothing else; white space is allowed (V04). */
export function readBase64(element: CanonicalElement, name: string): Buffer {
  if (element.text.length > maxCharacters) throw new Refusal('SIGNATURE_STRUCTURE', 'V04', `${name} is too long`)
  const text = element.text.replace(/[ \t\r\n]+/g, '')
  if (element.children.length > 0 || text === '' || !strict.test(text)) {
    throw new Refusal('SIGNATURE_STRUCTURE', 'V04', `${name} is not plain Base64 text`)
  }
  const bytes = Buffer.from(text, 'base64')
  // The last character may carry bits that no byte uses: two texts for the same bytes.
  if (bytes.toString('base64') !== text) throw new Refusal('SIGNATURE_STRUCTURE', 'V04', `${name} is not strict Base64`)
  return bytes
}
