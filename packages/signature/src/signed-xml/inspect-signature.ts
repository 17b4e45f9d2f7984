import type { XmlTree, XmlTreeElement } from '@docaxis/edxml/xml'
import type { Certificate } from '@docaxis/pki'
import { readBase64 } from '../base64.ts'
import { Refusal } from '../refusal.ts'
import { algorithmOf, hashOf, type SignatureMethod, signatureMethodOf } from './algorithms.ts'
import { Audit } from './audit.ts'
import { type Covered, checkTargets } from './coverage.ts'
import { readKeyInfo } from './key-info.ts'
import { type Candidates, candidatesOf, fitSigners } from './keys.ts'
import type { DocumentQuestion } from './question.ts'
import { checkCount, type Reference, targetOf, transformsOf } from './references.ts'
import { readParts, type SignatureParts } from './signature-parts.ts'
import { type ReferenceParts, readSignedInfo, type SignedInfoParts } from './signed-info.ts'
import type { Survey } from './survey.ts'
import { plainElement } from './tree.ts'

/** One Signature after every rule that needs no cryptography. */
export interface Inspection {
  readonly element: XmlTreeElement
  readonly audit: Audit
  /** Present when no rule refused. */
  readonly provable?: Provable
}

/** All that the cryptography needs. */
export interface Provable {
  readonly signed: Buffer
  readonly value: Buffer
  readonly method: SignatureMethod
  readonly candidates: Candidates
  readonly fit: readonly Certificate[]
  readonly references: readonly Reference[]
}

/** The document that a Signature stands in. */
export interface Scene {
  readonly tree: XmlTree
  readonly survey: Survey
  readonly question: DocumentQuestion
}

/** Structure, references, algorithms and keys of one Signature, in this order; nothing is computed yet. */
export function inspectSignature(element: XmlTreeElement, scene: Scene): Inspection {
  const audit = new Audit()
  const parts = audit.apply('V03', 'SignedInfo, SignatureValue and KeyInfo once each', () => readParts(element))
  if (!parts) return { element, audit }
  const value = audit.apply('V04', 'the signature value is plain Base64', () => signatureValueOf(parts))
  const info = audit.apply('V10', 'SignedInfo is read from the form that is signed', () => readSignedInfo(parts))
  const covered = info && coveredBy(parts, info, scene, audit)
  const method = info && methodOf(info, audit)
  const references = covered && digestsOf(covered, info.references, audit)
  const keys = keysOf(parts, method, scene.question, audit)
  const signed = info?.signed
  if (audit.refusals.length > 0 || !signed || !value || !method || !references || !keys) return { element, audit }
  return { element, audit, provable: { signed, value, method, references, ...keys } }
}

function signatureValueOf({ value }: SignatureParts): Buffer {
  return readBase64(plainElement(value), 'SignatureValue')
}

/** V06 to V09: what is covered, in which form. */
function coveredBy(
  parts: SignatureParts,
  { references, signed, canonicalization }: SignedInfoParts,
  { tree, survey }: Scene,
  audit: Audit,
): readonly Covered[] | undefined {
  const refused = audit.refusals.length
  audit.apply('V07', `${references.length} Reference(s)`, () => checkCount(references))
  if (audit.refusals.length > refused) return undefined
  const covered = references.flatMap(reference => {
    const target = audit.apply('V07', `Reference to ${reference.uri || 'the document'}`, () =>
      targetOf(reference, tree, survey),
    )
    const form = audit.apply(
      'V08',
      ({ method }) => `transforms: ${method.form}`,
      () => transformsOf(reference),
    )
    return target && form ? [{ target, ...form }] : []
  })
  audit.apply('V09', 'a canonical form that is allowed', () => {
    if (signed) return
    throw new Refusal('ALGORITHM_NOT_ALLOWED', 'V09', `canonicalization ${algorithmOf(canonicalization).slice(0, 80)}`)
  })
  if (covered.length < references.length) return undefined
  audit.apply('V06', 'what is covered is in its place', () => checkTargets(parts, covered))
  return audit.refusals.length > refused ? undefined : covered
}

function methodOf({ signatureMethod }: SignedInfoParts, audit: Audit): SignatureMethod | undefined {
  return audit.apply(
    'V13',
    ({ name }) => `signature algorithm ${name}`,
    () => signatureMethodOf(signatureMethod),
  )
}

function digestsOf(
  covered: readonly Covered[],
  references: readonly ReferenceParts[],
  audit: Audit,
): readonly Reference[] {
  return references.flatMap(({ digestMethod, digest }, index) => {
    const hash = audit.apply(
      'V14',
      name => `digest algorithm ${name}`,
      () => hashOf(digestMethod),
    )
    const place = covered[index]
    return hash && place ? [{ ...place, hash, digest }] : []
  })
}

/** V11, V16, V17, V22: whose key may have signed. */
function keysOf(
  { keyInfo: element }: SignatureParts,
  method: SignatureMethod | undefined,
  { certificates }: DocumentQuestion,
  audit: Audit,
): Pick<Provable, 'candidates' | 'fit'> | undefined {
  const keyInfo = audit.apply('V11', 'no form of key that is not allowed', () => readKeyInfo(element))
  const candidates = audit.apply(
    'V22',
    ({ signers }) => `${signers.length} certificate(s) whose key counts`,
    () => candidatesOf(certificates, keyInfo ?? { ders: [] }),
  )
  const fit = candidates && audit.apply('V17', 'a key that is strong enough', () => fitSigners(candidates, method))
  return fit && { candidates, fit }
}
