import { type C14NOptions, ParseOption, XmlC14NMode, XmlDocument, type XmlNode } from 'libxml2-wasm'

// libxml2 has nothing in common with our reader and our canonical forms.

const option =
  ParseOption.XML_PARSE_NONET |
  ParseOption.XML_PARSE_NO_XXE |
  ParseOption.XML_PARSE_NO_SYS_CATALOG |
  ParseOption.XML_PARSE_HUGE |
  ParseOption.XML_PARSE_SKIP_IDS

/** Hands a parsed document to `use`; the tree is freed after. */
export function withDocument<T>(bytes: Uint8Array, use: (document: XmlDocument) => T): T {
  const document = XmlDocument.fromBuffer(bytes, { option, encoding: 'UTF-8' })
  try {
    return use(document)
  } finally {
    document.dispose()
  }
}

/** Canonical form without comments, exclusive unless asked otherwise. */
export function canonicalBytes(node: XmlDocument | XmlNode, options: C14NOptions = {}): Buffer<ArrayBuffer> {
  const chunks: Buffer[] = []
  const write = (chunk: Uint8Array) => {
    chunks.push(Buffer.from(chunk))
    return chunk.byteLength
  }
  node.canonicalize({ write, close: () => true }, { mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0, ...options })
  return Buffer.concat(chunks)
}
