import { createHash } from 'node:crypto'
import type { SignatureMaterial } from '@docaxis/edxml'
import { readXmlTree, type XmlTree, type XmlTreeElement } from '@docaxis/edxml/xml'
import { canonicalBytes } from './c14n/canonicalize.ts'
import { isDs } from './names.ts'
import { Refusal } from './refusal.ts'
import { surveyDocument } from './signed-xml/survey.ts'
import { childrenOf } from './signed-xml/tree.ts'
import { xmlRefusal } from './signed-xml/xml-refusal.ts'

const maxReceiptBytes = 16 * 1024 * 1024
const exclusive = { form: 'exclusive', prefixes: [] } as const

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
  const tree = readXmlTree(xml)
  if (!('root' in tree)) throw xmlRefusal(tree)
  const { signatures, repeatedIds } = surveyDocument(tree)
  const [signature] = signatures
  const signed = canonicalBytes({ of: tree, without: signature }, exclusive)
  return {
    signed,
    signature: {
      count: signatures.length,
      legacyBlock: false,
      place: placeOf(tree, signature),
      duplicateIds: repeatedIds,
      ...formsOf(signature),
      digest: algorithm => createHash(algorithm).update(signed).digest(),
    },
  }
}

function placeOf({ root }: XmlTree, signature: XmlTreeElement | undefined): SignatureMaterial['place'] {
  if (!signature) return 'none'
  return childrenOf(root).at(-1) === signature ? 'header-last' : 'elsewhere'
}

function formsOf(signature: XmlTreeElement | undefined) {
  const nothing = Buffer.alloc(0)
  if (!signature) return { hasComments: false, element: nothing, signedInfo: nothing }
  const signedInfo = childrenOf(signature).find(child => isDs(child, 'SignedInfo'))
  return {
    hasComments: hasRemarks(signature),
    element: canonicalBytes({ of: signature }, exclusive),
    signedInfo: signedInfo ? canonicalBytes({ of: signedInfo }, exclusive) : nothing,
  }
}

function hasRemarks({ children }: XmlTreeElement): boolean {
  return children.some(child => (child.kind === 'element' ? hasRemarks(child) : child.kind !== 'text'))
}
