import { readBase64 } from '../base64.ts'
import { canonicalBytes } from '../c14n/canonicalize.ts'
import { type CanonicalElement, readCanonicalXml } from '../canonical-xml.ts'
import { isDs } from '../names.ts'
import { Refusal } from '../refusal.ts'
import { elementsOnly } from '../signature-element.ts'
import { algorithmOf, canonicalMethodOf } from './algorithms.ts'
import type { SignatureParts } from './signature-parts.ts'
import { childrenOf, plainElement } from './tree.ts'

/** What SignedInfo says, before anybody asks whether it may. */
export interface SignedInfoParts {
  /** Canonical form that was signed; absent when SignedInfo names a form that we do not write. */
  readonly signed: Buffer | undefined
  readonly canonicalization: CanonicalElement
  readonly signatureMethod: CanonicalElement
  readonly references: readonly ReferenceParts[]
}

export interface ReferenceParts {
  readonly uri: string | undefined
  readonly type: string | undefined
  readonly transforms: readonly CanonicalElement[]
  readonly digestMethod: CanonicalElement
  readonly digest: Buffer
}

/** Twenty References with everything in scope around them stay far below. */
const maxSignedInfoBytes = 256 * 1024
const xmlAttribute = '{http://www.w3.org/XML/1998/namespace}'

/** SignedInfo, read from its canonical form: the one that is verified (V10). */
export function readSignedInfo({ signedInfo }: SignatureParts): SignedInfoParts {
  const [method] = childrenOf(signedInfo)
  if (!method || !isDs(method, 'CanonicalizationMethod')) throw structure('SignedInfo without CanonicalizationMethod')
  const form = canonicalMethodOf(plainElement(method))
  // Without a form there is no verdict but refusal; what else is wrong can still be told.
  if (!form) return { signed: undefined, ...partsOf(plainElement(signedInfo)) }
  const signed = canonicalBytes({ of: signedInfo }, form, { remainingBytes: maxSignedInfoBytes })
  const parts = partsOf(readCanonicalXml(signed))
  if (algorithmOf(parts.canonicalization) !== algorithmOf(plainElement(method)))
    throw structure('two forms of SignedInfo')
  return { signed, ...parts }
}

function partsOf(signedInfo: CanonicalElement): Omit<SignedInfoParts, 'signed'> {
  const inherited = [...signedInfo.attributes.keys()].filter(name => name.startsWith(xmlAttribute))
  elementsOnly(signedInfo, ['Id', ...inherited])
  const [canonicalization, signatureMethod, ...references] = signedInfo.children
  const isShaped =
    canonicalization && isDs(canonicalization, 'CanonicalizationMethod') && isDs(signedInfo, 'SignedInfo')
  if (!isShaped || !signatureMethod || !isDs(signatureMethod, 'SignatureMethod') || references.length === 0) {
    throw structure('SignedInfo is not of the shape of XML Signature')
  }
  elementsOnly(canonicalization, ['Algorithm'])
  elementsOnly(signatureMethod, ['Algorithm'])
  return { canonicalization, signatureMethod, references: references.map(referenceOf) }
}

function referenceOf(reference: CanonicalElement): ReferenceParts {
  elementsOnly(reference, ['Id', 'URI', 'Type'])
  const [first, ...others] = reference.children
  const transforms = first && isDs(first, 'Transforms') ? first : undefined
  const [digestMethod, digestValue, ...rest] = transforms ? others : reference.children
  const isShaped = isDs(reference, 'Reference') && digestMethod && isDs(digestMethod, 'DigestMethod')
  if (!isShaped || !digestValue || !isDs(digestValue, 'DigestValue') || rest.length > 0) {
    throw structure('Reference is not of the shape of XML Signature')
  }
  elementsOnly(digestMethod, ['Algorithm'])
  return {
    uri: reference.attributes.get('URI'),
    type: reference.attributes.get('Type'),
    transforms: transforms ? transformsOf(transforms) : [],
    digestMethod,
    digest: readBase64(digestValue, 'DigestValue'),
  }
}

function transformsOf(transforms: CanonicalElement): readonly CanonicalElement[] {
  elementsOnly(transforms, [])
  for (const transform of transforms.children) {
    if (!isDs(transform, 'Transform')) throw structure(`${transform.name} in Transforms`)
    elementsOnly(transform, ['Algorithm'])
  }
  return transforms.children
}

function structure(detail: string): Refusal {
  return new Refusal('SIGNATURE_STRUCTURE', 'V03', detail)
}
