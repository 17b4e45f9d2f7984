import type { CanonicalElement } from './canonical-xml.ts'
import { Refusal } from './refusal.ts'

const white = /[ \t\r\n]+/g
/** Far above any signature value or certificate. */
const maxCharacters = 128 * 1024

/** Content of an element that holds Base64 text and nothing else; white space is allowed (V04). */
export function readBase64(element: CanonicalElement, name: string): Buffer {
  if (element.text.length > maxCharacters) throw new Refusal('SIGNATURE_STRUCTURE', 'V04', `${name} is too long`)
  const bytes = Buffer.from(element.text, 'base64')
  if (element.children.length > 0 || !isStrict(element.text, bytes)) {
    throw new Refusal('SIGNATURE_STRUCTURE', 'V04', `${name} is not plain Base64 text`)
  }
  return bytes
}

/**
 * The decoder skips what it does not know, and the last letter may carry bits that no byte uses: only strict Base64 comes
 * back from the bytes as it was.
 */
function isStrict(text: string, bytes: Buffer): boolean {
  const strict = bytes.toString('base64')
  return bytes.length > 0 && (text === strict || text.replace(white, '') === strict)
}
