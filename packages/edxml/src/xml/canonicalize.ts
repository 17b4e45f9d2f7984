import { ParseOption, XmlC14NMode, XmlDocument, XmlParseError } from 'libxml2-wasm'
import type { XmlFault } from './fault.ts'

/**
 * No network, no external entities, no catalogue, no entity is ever defined (the guard refused DOCTYPE); HUGE because
 * Base64 text passes 10 MB; IDs are not registered, `#Id` is never followed here.
 */
const parseOptions =
  ParseOption.XML_PARSE_NONET |
  ParseOption.XML_PARSE_NO_XXE |
  ParseOption.XML_PARSE_NO_SYS_CATALOG |
  ParseOption.XML_PARSE_COMPACT |
  ParseOption.XML_PARSE_NOCDATA |
  ParseOption.XML_PARSE_HUGE |
  ParseOption.XML_PARSE_BIG_LINES |
  ParseOption.XML_PARSE_SKIP_IDS

/** Canonical XML may grow by escapes and end tags, but a small packet must not become gigabytes of name spaces. */
const growthFactor = 2
const growthBytes = 1024 * 1024

export interface CanonicalForms {
  /** Exclusive XML Canonicalization 1.0 of the packet, UTF-8. */
  readonly canonical: Buffer
  /** The same with comments; only where asked for. */
  readonly withComments?: Buffer
}

/**
 * Parses the packet and gives its canonical form, from which everything else is read: no second parser sees the bytes.
 *
 * @param bytes passed by the guard: UTF-8, no DOCTYPE, within the limits
 */
export function canonicalize(bytes: Buffer, alsoWithComments: boolean): CanonicalForms | readonly XmlFault[] {
  let document: XmlDocument
  try {
    document = XmlDocument.fromBuffer(bytes, { option: parseOptions })
  } catch (error) {
    return parserFaults(error)
  }
  try {
    const limit = bytes.length * growthFactor + growthBytes
    const canonical = canonicalForm(document, limit, false)
    if (!Buffer.isBuffer(canonical)) return [canonical]
    if (!alsoWithComments) return { canonical }
    const withComments = canonicalForm(document, limit, true)
    return Buffer.isBuffer(withComments) ? { canonical, withComments } : [withComments]
  } finally {
    document.dispose()
  }
}

/** A fault when the packet has no canonical form: a relative name space, or growth past `limit`. */
function canonicalForm(document: XmlDocument, limit: number, withComments: boolean): Buffer | XmlFault {
  const chunks: Buffer[] = []
  let sizeBytes = 0
  const handler = {
    write(chunk: Uint8Array): number {
      sizeBytes += chunk.byteLength
      if (sizeBytes > limit) return -1
      chunks.push(Buffer.from(chunk))
      return chunk.byteLength
    },
    close: () => true,
  }
  try {
    document.canonicalize(handler, { mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0, withComments })
  } catch {
    if (sizeBytes <= limit) return { code: 'M.XML.Namespace', line: 1, details: { reason: 'relative name space' } }
  }
  if (sizeBytes > limit) return { code: 'R.XML.Size', line: 1, details: { max: limit } }
  const [only] = chunks
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, sizeBytes)
}

function parserFaults(error: unknown): readonly XmlFault[] {
  if (!(error instanceof XmlParseError)) throw error
  const faults = error.details.map(({ message, line, col }): XmlFault => {
    const reason = message.trim()
    const prefix = /^Namespace prefix (\S+) /.exec(message)?.[1]
    const isNamespace = prefix !== undefined || /namespace|QName|is not a valid URI/i.test(message)
    const details = { column: col, reason, ...(prefix !== undefined && { prefix }) }
    return { code: isNamespace ? 'M.XML.Namespace' : 'M.XML', line, details }
  })
  return faults.length === 0 ? [{ code: 'M.XML', line: 1 }] : faults
}
