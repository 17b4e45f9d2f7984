import type { KeyObject } from 'node:crypto'
import type { Certificate } from '@docaxis/pki'
import { XmlElement } from 'libxml2-wasm'
import { canonicalDigest, withDocument } from './hardened-xml.ts'
import { ds, qcvn } from './names.ts'
import { writeSignature } from './write-signature.ts'

export interface EnvelopeSigner {
  /** RSA of at least 2048 bits, or EC P-256, P-384 or P-521. */
  readonly privateKey: KeyObject
  /** The signer's certificate first, then intermediates. */
  readonly certificates: readonly Certificate[]
}

/** Why a file cannot be sealed; the message is for the person who asked. */
export class SigningError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'SigningError'
  }
}

/**
 * Seals an edXML packet by the strict profile (edXML 10.2): rsa-sha256 or ecdsa-sha256, as the key is. The Signature
 * becomes the last child of edXMLHeader; every other byte stays as it was.
 *
 * @param xml UTF-8, written by any hand, without a Signature
 * @throws SigningError when it is no such packet, or is signed already
 */
export function signEnvelope(xml: Uint8Array, { privateKey, certificates }: EnvelopeSigner): Buffer {
  const digest = digestOf(xml)
  const text = utf8(xml)
  const at = endOfHeader(text)
  return Buffer.from(text.slice(0, at) + writeSignature(digest, privateKey, certificates) + text.slice(at))
}

function digestOf(xml: Uint8Array): Buffer {
  try {
    return withDocument(xml, document => {
      checkHeader(document.root)
      return canonicalDigest(document)
    })
  } catch (error) {
    if (error instanceof SigningError) throw error
    throw new SigningError(error instanceof Error ? error.message : 'the file cannot be read as XML', { cause: error })
  }
}

function checkHeader(root: XmlElement): void {
  const envelope = onlyChild(root, 'edXMLEnvelope')
  const header = onlyChild(envelope, 'edXMLHeader')
  if (root.namespaceUri !== qcvn || root.name !== 'edXML') throw new SigningError(`the root is ${root.name}, not edXML`)
  if (root.find('//ds:Signature', { ds }).length > 0) throw new SigningError('the file is signed already')
  if (childrenOf(header).some(({ name }) => name === 'Signature' || name === 'DigitalSignature')) {
    throw new SigningError('the header holds a signature block already')
  }
}

function onlyChild(parent: XmlElement, name: string): XmlElement {
  const found = childrenOf(parent).filter(child => child.name === name && child.namespaceUri === qcvn)
  const [child] = found
  if (child && found.length === 1) return child
  throw new SigningError(`${parent.name} holds ${found.length} ${name} where one belongs`)
}

function childrenOf(parent: XmlElement): XmlElement[] {
  const children: XmlElement[] = []
  for (let node = parent.firstChild; node; node = node.next) if (node instanceof XmlElement) children.push(node)
  return children
}

function utf8(xml: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(xml)
  } catch (cause) {
    throw new SigningError('the file is not UTF-8', { cause })
  }
}

// `<` begins markup everywhere but in these three, so skipping them leaves real tags only.
const markup = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<\/(?:[^\s<>/:]+:)?edXMLHeader\s*>/g

function endOfHeader(text: string): number {
  const ends = Array.from(text.matchAll(markup)).filter(([found]) => found.startsWith('</'))
  const [end] = ends
  if (end && ends.length === 1) return end.index
  throw new SigningError(`${ends.length} end tags of edXMLHeader where one belongs`)
}
