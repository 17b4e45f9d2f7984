import type { XmlTree, XmlTreeElement } from '@docaxis/edxml/xml'
import { isDs } from '../names.ts'
import { Refusal } from '../refusal.ts'
import type { Reference } from './references.ts'
import type { SignatureParts } from './signature-parts.ts'
import { childrenOf, decoded, expandedName, holds } from './tree.ts'

/** What one Reference covers, for people. */
export interface SignedPart {
  /** `object`: content that the Signature itself carries. */
  readonly what: 'document' | 'element' | 'object'
  /** `{namespace}name` of the outermost element covered. */
  readonly name: string
  readonly digestAlgorithm: string
}

/** What is covered, before the digests are looked at. */
export type Covered = Pick<Reference, 'target' | 'isEnveloped' | 'method'>

/** `DESIGN.md` of this package says why these rules and no others (V06). */
export function checkTargets(parts: SignatureParts, references: readonly Covered[]): void {
  for (const { target } of references) checkTarget(parts, target)
  checkEnveloped(parts, references)
  const unsigned = parts.objects.find(object => !references.some(({ target }) => target === object))
  if (unsigned) throw coverage('an Object in the Signature is covered by no Reference')
}

function checkTarget({ element: signature, objects }: SignatureParts, target: XmlTree | XmlTreeElement): void {
  if ('root' in target) {
    if (target.root === signature) throw coverage('the Signature is all there is in what it covers')
    return
  }
  if (objects.includes(target)) return
  for (let at: XmlTreeElement | undefined = target; at; at = at.parent) {
    if (isDs(at, 'Signature')) throw coverage(`${decoded(target.name)} is a part of a Signature`)
  }
}

/** A Signature that says it lies inside what it signs has to; torn out of it, it would still compute. */
function checkEnveloped({ element: signature }: SignatureParts, references: readonly Covered[]): void {
  const enveloped = references.filter(({ isEnveloped }) => isEnveloped)
  if (enveloped.length === 0 || enveloped.some(({ target }) => 'root' in target || holds(target, signature))) return
  throw coverage('the Signature is not inside what it says it is enveloped by')
}

/** Whether any content outside the Signatures is left that no Reference covers. */
export type CoverageWord = 'document' | 'part'

/**
 * Looks at what is left uncovered, once all Signatures of the document are known. An element there of the same name as
 * a covered one is the mark of a wrapped original: one reader takes the signed one, another its double (V06).
 *
 * @throws Refusal
 */
export function checkUncovered({ root }: XmlTree, references: readonly Reference[]): CoverageWord {
  const covered = new Set(references.map(({ target }) => ('root' in target ? target.root : target)))
  const doubles = new Set([...covered].filter(element => !isDs(element, 'Object')).map(nameKey))
  let word: CoverageWord = 'document'
  const visit = (element: XmlTreeElement, isInSignature: boolean) => {
    if (covered.has(element)) return
    if (doubles.has(nameKey(element))) throw coverage(`${decoded(element.name)} stands a second time, uncovered`)
    const inside = isInSignature || isDs(element, 'Signature')
    if (!inside) word = 'part'
    for (const child of childrenOf(element)) visit(child, inside)
  }
  visit(root, false)
  return word
}

export function signedPartOf({ target, hash }: Reference): SignedPart {
  if ('root' in target) return { what: 'document', name: expandedName(target.root), digestAlgorithm: hash }
  const what = isDs(target, 'Object') ? 'object' : target.parent === undefined ? 'document' : 'element'
  return { what, name: expandedName(target), digestAlgorithm: hash }
}

function nameKey({ namespace, name }: XmlTreeElement): string {
  return `${namespace} ${name}`
}

function coverage(detail: string): Refusal {
  return new Refusal('REFERENCE_COVERAGE', 'V06', detail)
}
