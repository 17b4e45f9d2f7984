import { timingSafeEqual } from 'node:crypto'
import type { XmlTree, XmlTreeElement } from '@docaxis/edxml/xml'
import type { CanonicalMethod } from '../c14n/canonical-method.ts'
import type { CanonicalBudget } from '../c14n/canonical-sink.ts'
import { canonicalDigest } from '../c14n/canonicalize.ts'
import { envelopedSignature, manifestType } from '../names.ts'
import { Refusal } from '../refusal.ts'
import { algorithmOf, canonicalMethodOf, defaultCanonicalMethod, type HashName, hashOf } from './algorithms.ts'
import type { ReferenceParts } from './signed-info.ts'
import type { Survey } from './survey.ts'

/** A Reference that may be: what it covers and how. */
export interface Reference {
  /** The whole document, or one element with all it holds. */
  readonly target: XmlTree | XmlTreeElement
  readonly isEnveloped: boolean
  readonly method: CanonicalMethod
  readonly hash: HashName
  readonly digest: Buffer
}

const maxReferences = 20

/** V07. */
export function checkCount(references: readonly ReferenceParts[]): void {
  if (references.length <= maxReferences) return
  throw new Refusal('REFERENCE_FORBIDDEN', 'V07', `${references.length} References, ${maxReferences} are allowed`)
}

// Letters, marks, digits and the signs of XML names; a pointer has brackets.
const name = /^#([\p{L}\p{M}\p{N}_.·-]+)$/u

/** V07, V11: the document itself, or a name in it that is compared and nothing else. */
export function targetOf({ uri, type }: ReferenceParts, tree: XmlTree, { byId }: Survey): XmlTree | XmlTreeElement {
  if (type === manifestType) throw new Refusal('REFERENCE_FORBIDDEN', 'V11', 'Reference to a Manifest')
  if (uri === '') return tree
  const id = name.exec(uri ?? '')?.[1]
  if (id === undefined) {
    throw new Refusal('REFERENCE_FORBIDDEN', 'V07', `Reference to ${uri?.slice(0, 80) ?? 'nothing named'}`)
  }
  const element = byId.get(id)
  if (!element) throw new Refusal('REFERENCE_COVERAGE', 'V06', `no element is named ${id.slice(0, 40)}`)
  return element
}

/** V08: enveloped-signature, then a canonical form, each at most once. */
export function transformsOf({ transforms }: ReferenceParts): Pick<Reference, 'isEnveloped' | 'method'> {
  const names = transforms.map(algorithmOf)
  if (names.filter(uri => uri === envelopedSignature).length > 1) {
    throw new Refusal('SIGNATURE_STRUCTURE', 'V08', 'enveloped-signature more than once')
  }
  const isEnveloped = names[0] === envelopedSignature
  if (isEnveloped && (transforms[0]?.children.length ?? 0) > 0) throw forbidden(names)
  const [form, ...rest] = isEnveloped ? transforms.slice(1) : transforms
  if (rest.length > 0) throw forbidden(names)
  const method = form ? canonicalMethodOf(form) : defaultCanonicalMethod
  if (!method) throw forbidden(names)
  return { isEnveloped, method }
}

function forbidden(names: readonly string[]): Refusal {
  const shown = names.slice(0, 4).map(uri => uri.slice(0, 80))
  return new Refusal('TRANSFORM_FORBIDDEN', 'V08', `transforms ${shown.join(', ')}`)
}

export function referenceOf(parts: ReferenceParts, tree: XmlTree, survey: Survey): Reference {
  const target = targetOf(parts, tree, survey)
  return { target, ...transformsOf(parts), hash: hashOf(parts.digestMethod), digest: parts.digest }
}

/** Computes the digest of what is covered and compares. */
export function checkDigest(reference: Reference, signature: XmlTreeElement, budget: CanonicalBudget): void {
  const { target, isEnveloped, method, hash, digest } = reference
  const part = { of: target, ...(isEnveloped && { without: signature }) }
  const computed = canonicalDigest(part, method, hash, budget)
  if (computed.length === digest.length && timingSafeEqual(computed, digest)) return
  throw new Refusal('DIGEST_MISMATCH', 'V06', 'what is covered is not what was signed')
}
