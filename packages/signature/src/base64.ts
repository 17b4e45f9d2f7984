import type { CanonicalElement } from './canonical-xml.ts'
import { Refusal } from './refusal.ts'

const white = /[ \t\r\n]+/g
/** Far above any signature value or certificate. */
const maxCharacters = 128 * 1024

/** Content of an element that holds Base64 text and nothing else; white space is allowed (V04). */
export function readBase64(element: CanonicalElement, name: string): Buffer {
  if (element.text.length > maxCharacters) throw new Refusal('SIGNATURE_STRUCTURE', 'V04', `${name} is too long`)
  const text = element.text.replace(white, '')
  const bytes = Buffer.from(text, 'base64')
  // The decoder skips what it does not know, and the last letter may carry bits that no byte uses: only strict Base64
  // comes back from the bytes as it was.
  if (element.children.length > 0 || text === '' || bytes.toString('base64') !== text) {
    throw new Refusal('SIGNATURE_STRUCTURE', 'V04', `${name} is not plain Base64 text`)
  }
  return bytes
}
