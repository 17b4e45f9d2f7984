import type { XmlTree, XmlTreeElement } from '@docaxis/edxml/xml'
import { isDs } from '../names.ts'
import { decoded } from './tree.ts'

/** What one walk over the document finds. */
export interface Survey {
  /** Every ds:Signature, in document order. */
  readonly signatures: readonly XmlTreeElement[]
  /** Signatures inside Signatures. */
  readonly nested: number
  /** Names of ds elements that belong into a Signature and stand elsewhere. */
  readonly stray: readonly string[]
  readonly manifests: number
  /** Elements by the value of an attribute that names them. */
  readonly byId: ReadonlyMap<string, XmlTreeElement>
  /** Values that stand more than once. */
  readonly repeatedIds: readonly string[]
}

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'
const wsuNamespace = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd'
const idNames: ReadonlySet<string> = new Set(['Id', 'ID', 'id'])
/** Namespaces in which an attribute of such a name is an Id (V05); '' for one without a prefix. */
const idNamespaces: ReadonlySet<string> = new Set(['', xmlNamespace, wsuNamespace])

export function surveyDocument({ root }: XmlTree): Survey {
  const walk = new SurveyWalk()
  walk.visit(root, false)
  return walk
}

class SurveyWalk implements Survey {
  readonly signatures: XmlTreeElement[] = []
  readonly stray: string[] = []
  readonly byId = new Map<string, XmlTreeElement>()
  readonly #seen = new Set<string>()
  readonly #repeated = new Set<string>()
  nested = 0
  manifests = 0

  get repeatedIds(): readonly string[] {
    return [...this.#repeated]
  }

  visit(element: XmlTreeElement, isInSignature: boolean): void {
    this.#noteIds(element)
    const isSignature = isDs(element, 'Signature')
    if (isSignature) {
      this.signatures.push(element)
      if (isInSignature) this.nested += 1
    }
    if (isDs(element, 'Manifest')) this.manifests += 1
    const belongsIntoSignature = isDs(element, 'SignedInfo') || isDs(element, 'SignatureValue')
    if (belongsIntoSignature && !(element.parent && isDs(element.parent, 'Signature'))) this.stray.push(element.name)
    for (const child of element.children) {
      if (child.kind === 'element') this.visit(child, isInSignature || isSignature)
    }
  }

  /** An attribute of such a name counts as repeated whatever its name space: another reader might take it for an Id. */
  #noteIds(element: XmlTreeElement): void {
    for (const { namespace, name, rawValue } of element.attributes) {
      if (!idNames.has(name)) continue
      const value = decoded(rawValue)
      const collapsed = value.trim()
      if (this.#seen.has(collapsed)) this.#repeated.add(collapsed)
      this.#seen.add(collapsed)
      if (idNamespaces.has(namespace)) this.byId.set(value, element)
    }
  }
}
