import { createHash } from 'node:crypto'
import { ParseOption, XmlC14NMode, XmlDocument, type XmlNode } from 'libxml2-wasm'
import { Refusal } from './refusal.ts'

/**
 * Parses a whole document with nothing fetched and nothing expanded, and hands it to `use`; the tree is freed after.
 *
 * @throws Refusal when it is not well-formed or has a DOCTYPE (V01)
 */
export function withDocument<T>(bytes: Uint8Array, use: (document: XmlDocument) => T): T {
  const document = parse(bytes)
  try {
    return use(document)
  } finally {
    document.dispose()
  }
}

// HUGE lifts the limit on one text, for an attachment is one, and with it the limit on entities: there are none here.
const option =
  ParseOption.XML_PARSE_NONET |
  ParseOption.XML_PARSE_NO_XXE |
  ParseOption.XML_PARSE_NO_SYS_CATALOG |
  ParseOption.XML_PARSE_HUGE |
  ParseOption.XML_PARSE_SKIP_IDS

function parse(bytes: Uint8Array): XmlDocument {
  // Before the parser sees it; in a comment it would do no harm, but nobody writes it there.
  if (Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('<!DOCTYPE')) {
    throw new Refusal('XML_DOCTYPE_FORBIDDEN', 'V01', 'the document has a DOCTYPE')
  }
  try {
    return XmlDocument.fromBuffer(bytes, { option, encoding: 'UTF-8' })
  } catch (error) {
    throw new Refusal('XML_MALFORMED', 'V01', error instanceof Error ? error.message.trim() : 'not well-formed XML')
  }
}

const exclusive = { mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0, withComments: false } as const

/** Exclusive canonical form without comments. */
export function canonicalBytes(node: XmlDocument | XmlNode): Buffer<ArrayBuffer> {
  const chunks: Buffer[] = []
  canonicalize(node, chunk => chunks.push(Buffer.from(chunk)))
  return Buffer.concat(chunks)
}

/** SHA-256 of the exclusive canonical form without comments, without holding that form. */
export function canonicalDigest(document: XmlDocument): Buffer {
  const hash = createHash('sha256')
  canonicalize(document, chunk => hash.update(chunk))
  return hash.digest()
}

function canonicalize(node: XmlDocument | XmlNode, take: (chunk: Uint8Array) => void): void {
  const write = (chunk: Uint8Array) => {
    take(chunk)
    return chunk.byteLength
  }
  node.canonicalize({ write, close: () => true }, exclusive)
}
