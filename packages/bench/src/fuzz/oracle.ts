import { ParseOption, XmlC14NMode, XmlDocument, type XmlNode, XmlParseError, XmlXPath } from 'libxml2-wasm'
import { qcvn, xmldsig } from './namespace-names.ts'

/** What libxml2 says of a file: a second reader, written by others, to differ from. */
export type OracleAnswer = OracleReading | OracleRefusal

export interface OracleReading {
  readonly accepted: true
  /** Elements `Signature` of XML Signature. */
  readonly signatures: number
  /** Exclusive canonical form, without comments, of the document without its first Signature. */
  readonly covered: Buffer
  /** The same form of the first child SignedInfo of the first Signature; empty when there is none. */
  readonly signedInfo: Buffer
  /** In the first Signature. */
  readonly hasComments: boolean
  /** Whether the first Signature is the last element of the header. */
  readonly isLast: boolean
  /** Values of attributes that may be an id and that another has too. */
  readonly repeatedIds: number
  /** The same form of the whole document and of its first Signature, where they were asked for. */
  readonly details?: { readonly whole: Buffer; readonly signature: Buffer }
}

export interface OracleRefusal {
  readonly accepted: false
  readonly reason: string
}

/** Nothing is fetched and nothing expanded; HUGE and SKIP_IDS as a hub would set them for large signed documents. */
const option =
  ParseOption.XML_PARSE_NONET |
  ParseOption.XML_PARSE_NO_XXE |
  ParseOption.XML_PARSE_NO_SYS_CATALOG |
  ParseOption.XML_PARSE_COMPACT |
  ParseOption.XML_PARSE_NOCDATA |
  ParseOption.XML_PARSE_HUGE |
  ParseOption.XML_PARSE_BIG_LINES |
  ParseOption.XML_PARSE_SKIP_IDS

const spaces = { ds: xmldsig, q: qcvn }
const findSignatures = XmlXPath.compile('//ds:Signature', spaces)
const findSignedInfo = XmlXPath.compile('(//ds:Signature)[1]/ds:SignedInfo', spaces)
const findComment = XmlXPath.compile('(//ds:Signature)[1]//comment()', spaces)
const findLastOfHeader = XmlXPath.compile('/*/q:edXMLEnvelope[1]/q:edXMLHeader[1]/*[last()]', spaces)
const findIds = XmlXPath.compile('//@*[local-name()="Id" or local-name()="ID" or local-name()="id"]', spaces)

/** @param withDetails fills `details`: twice the work */
export function askOracle(bytes: Uint8Array, withDetails = false): OracleAnswer {
  let document: XmlDocument
  try {
    document = XmlDocument.fromBuffer(bytes, { option })
  } catch (error) {
    if (!(error instanceof XmlParseError)) throw error
    return { accepted: false, reason: error.details[0]?.message.trim() ?? 'unreadable' }
  }
  try {
    return readingOf(document, withDetails)
  } finally {
    document.dispose()
  }
}

function readingOf(document: XmlDocument, withDetails: boolean): OracleAnswer {
  const signatures = document.find(findSignatures)
  const [first] = signatures
  const facts = {
    signatures: signatures.length,
    hasComments: document.get(findComment) !== null,
    isLast: first !== undefined && document.get(findLastOfHeader)?.isSameNode(first) === true,
    repeatedIds: repeatedIn(document.find(findIds).map(({ content }) => content)),
  }
  try {
    const whole = withDetails ? canonicalForm(document) : undefined
    const details = whole && { whole, signature: canonicalSubtree(document, first) }
    const signedInfo = canonicalSubtree(document, document.get(findSignedInfo))
    first?.remove()
    return { accepted: true, ...facts, covered: canonicalForm(document), signedInfo, ...(details && { details }) }
  } catch (error) {
    return { accepted: false, reason: `no canonical form: ${error instanceof Error ? error.message : ''}` }
  }
}

function repeatedIn(ids: readonly string[]): number {
  return new Set(ids.filter((id, index) => ids.indexOf(id) !== index)).size
}

function canonicalSubtree(document: XmlDocument, apex: XmlNode | null | undefined): Buffer {
  return apex ? canonicalForm(document, { nodeSet: new Set([apex]) }) : Buffer.alloc(0)
}

function canonicalForm(document: XmlDocument, part: { readonly nodeSet?: Set<XmlNode> } = {}): Buffer {
  const chunks: Buffer[] = []
  const handler = {
    write(chunk: Uint8Array): number {
      chunks.push(Buffer.from(chunk))
      return chunk.byteLength
    },
    close: () => true,
  }
  document.canonicalize(handler, { mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0, withComments: false, ...part })
  return Buffer.concat(chunks)
}
