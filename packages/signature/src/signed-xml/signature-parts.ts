import type { XmlTreeElement } from '@docaxis/edxml/xml'
import { isDs } from '../names.ts'
import { Refusal } from '../refusal.ts'
import { childrenOf, decoded } from './tree.ts'

/** One Signature taken apart; nothing is verified yet. */
export interface SignatureParts {
  readonly element: XmlTreeElement
  readonly signedInfo: XmlTreeElement
  readonly value: XmlTreeElement
  readonly keyInfo: XmlTreeElement | undefined
  /** Only where the Signature is the document element. */
  readonly objects: readonly XmlTreeElement[]
}

/** Structure of one Signature: the schema's children in the schema's order, text and nothing else in them (V03, V04, V11). */
export function readParts(element: XmlTreeElement): SignatureParts {
  const [signedInfo, value, ...rest] = childrenOf(element)
  const [first] = rest
  const keyInfo = first && isDs(first, 'KeyInfo') ? first : undefined
  const objects = keyInfo ? rest.slice(1) : rest
  const isShaped = signedInfo && isDs(signedInfo, 'SignedInfo') && value && isDs(value, 'SignatureValue')
  if (!isShaped || !objects.every(object => isDs(object, 'Object'))) throw structure(shapeOf(element))
  if (objects.length > 0 && element.parent !== undefined) {
    throw new Refusal('SIGNATURE_STRUCTURE', 'V11', 'Object in a Signature that is not the document itself')
  }
  onlyIdAttribute(element)
  onlyIdAttribute(value)
  if (hasText(element)) throw structure('text between the parts of Signature')
  if ([element, signedInfo, value, keyInfo].some(part => part && hasRemarks(part, part !== element))) {
    throw new Refusal('SIGNATURE_STRUCTURE', 'V04', 'comment or processing instruction in the Signature')
  }
  return { element, signedInfo, value, keyInfo, objects }
}

function shapeOf(element: XmlTreeElement): string {
  const names = childrenOf(element).slice(0, 8)
  return `Signature holds ${names.map(({ name }) => decoded(name)).join(', ') || 'nothing'} where SignedInfo, SignatureValue, KeyInfo belong`
}

function onlyIdAttribute({ name, attributes }: XmlTreeElement): void {
  const other = attributes.find(attribute => attribute.namespace !== '' || attribute.name !== 'Id')
  if (other) throw structure(`attribute ${decoded(other.name)} on ${name}`)
}

function hasText({ children }: XmlTreeElement): boolean {
  return children.some(child => child.kind === 'text' && child.raw.replaceAll('&#xD;', '').trim() !== '')
}

/** Comments and processing instructions: left out of what is signed, and a way to split a text for one reader only. */
function hasRemarks({ children }: XmlTreeElement, deep: boolean): boolean {
  return children.some(child => {
    if (child.kind === 'element') return deep && hasRemarks(child, deep)
    return child.kind !== 'text'
  })
}

function structure(detail: string): Refusal {
  return new Refusal('SIGNATURE_STRUCTURE', 'V03', detail)
}
