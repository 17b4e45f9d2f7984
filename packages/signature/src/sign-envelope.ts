import type { KeyObject } from 'node:crypto'
import { readXmlTree, type XmlTree, type XmlTreeElement } from '@docaxis/edxml/xml'
import type { Certificate } from '@docaxis/pki'
import { CanonicalFormError } from './c14n/canonical-method.ts'
import { canonicalDigest } from './c14n/canonicalize.ts'
import { endOfHeader } from './end-of-header.ts'
import { qcvn } from './names.ts'
import { surveyDocument } from './signed-xml/survey.ts'
import { childrenOf, decoded } from './signed-xml/tree.ts'
import { xmlRefusal } from './signed-xml/xml-refusal.ts'
import { SigningError } from './signing-error.ts'
import { writeSignature } from './write-signature.ts'

export interface EnvelopeSigner {
  /** RSA of at least 2048 bits, or EC P-256, P-384 or P-521. */
  readonly privateKey: KeyObject
  /** The signer's certificate first, then intermediates. */
  readonly certificates: readonly Certificate[]
}

/** Whoever signs holds the file already; the hub has limits of its own. */
const maxBytes = 512 * 1024 * 1024
const limits = { maxBytes, maxKeptBytes: 2 * maxBytes }

/**
 * Seals an edXML packet by the strict profile (edXML 10.2): rsa-sha256 or ecdsa-sha256, as the key is. The Signature
 * becomes the last child of edXMLHeader; every other byte stays as it was.
 *
 * @param xml UTF-8, written by any hand, without a Signature
 * @throws SigningError when it is no such packet, or is signed already
 */
export function signEnvelope(xml: Uint8Array, { privateKey, certificates }: EnvelopeSigner): Buffer {
  const bytes = Buffer.from(xml.buffer, xml.byteOffset, xml.byteLength)
  const tree = readXmlTree(bytes, limits)
  if (!('root' in tree)) throw new SigningError(xmlRefusal(tree).message)
  checkHeader(tree)
  const signature = writeSignature(digestOf(tree), privateKey, certificates)
  const at = endOfHeader(bytes)
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(signature), bytes.subarray(at)])
}

function digestOf(tree: XmlTree): Buffer {
  try {
    return canonicalDigest({ of: tree }, { form: 'exclusive', prefixes: [] }, 'sha256')
  } catch (cause) {
    if (cause instanceof CanonicalFormError) throw new SigningError(cause.message, { cause })
    throw cause
  }
}

function checkHeader(tree: XmlTree): void {
  const { root } = tree
  if (root.namespace !== qcvn || root.name !== 'edXML') {
    throw new SigningError(`the root is ${decoded(root.name)}, not edXML`)
  }
  const header = onlyChild(onlyChild(root, 'edXMLEnvelope'), 'edXMLHeader')
  if (surveyDocument(tree).signatures.length > 0) throw new SigningError('the file is signed already')
  if (childrenOf(header).some(({ name }) => name === 'Signature' || name === 'DigitalSignature')) {
    throw new SigningError('the header holds a signature block already')
  }
}

function onlyChild(parent: XmlTreeElement, name: string): XmlTreeElement {
  const found = childrenOf(parent).filter(child => child.name === name && child.namespace === qcvn)
  const [child] = found
  if (child && found.length === 1) return child
  throw new SigningError(`${parent.name} holds ${found.length} ${name} where one belongs`)
}
