import { createHash } from 'node:crypto'
import type { SignatureMaterial } from '@docaxis/edxml'
import { XmlDocument, XmlElement } from 'libxml2-wasm'
import { canonicalBytes, withDocument } from './hardened-xml.ts'
import { ds } from './names.ts'
import { Refusal } from './refusal.ts'

const maxReceiptBytes = 16 * 1024 * 1024

export interface ReceiptMaterial {
  readonly signature: SignatureMaterial
  /** Canonical form of the receipt without its Signature: what the signature covers. */
  readonly signed: Buffer
}

/** Cuts a receipt into what is signed and the Signature. The Signature's place is last in the root. */
export function receiptMaterial(xml: Uint8Array): ReceiptMaterial {
  if (xml.length > maxReceiptBytes) {
    throw new Refusal('XML_LIMIT_EXCEEDED', 'V01', `receipt of ${xml.length} bytes, ${maxReceiptBytes} allowed`)
  }
  return withDocument(xml, document => {
    const signatures = document.find('//ds:Signature', { ds }).filter(node => node instanceof XmlElement)
    const [signature] = signatures
    const place = placeOf(document.root, signature)
    const cut = signature && place === 'header-last' ? cutOut(signature) : nothing
    const signed = canonicalBytes(document)
    return {
      signed,
      signature: {
        count: signatures.length,
        legacyBlock: false,
        place,
        duplicateIds: [],
        ...cut,
        digest: algorithm => createHash(algorithm).update(signed).digest(),
      },
    }
  })
}

const nothing = { hasComments: false, element: Buffer.alloc(0), signedInfo: Buffer.alloc(0) }

function placeOf(root: XmlElement, signature: XmlElement | undefined): SignatureMaterial['place'] {
  if (!signature) return 'none'
  let last = root.lastChild
  while (last && !(last instanceof XmlElement)) last = last.prev
  return last?.isSameNode(signature) ? 'header-last' : 'elsewhere'
}

/** Moves the Signature into a document of its own, where canonical forms of its parts cost nothing of the rest. */
function cutOut(signature: XmlElement): typeof nothing {
  const own = XmlDocument.create()
  try {
    own.root = signature
    const signedInfo = own.root.get('ds:SignedInfo', { ds })
    return {
      hasComments: own.find('//comment() | //processing-instruction()').length > 0,
      element: canonicalBytes(own),
      signedInfo: signedInfo ? canonicalBytes(signedInfo) : Buffer.alloc(0),
    }
  } finally {
    own.dispose()
  }
}
