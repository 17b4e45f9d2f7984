import { readBase64 } from './base64.ts'
import { type CanonicalElement, readCanonicalXml } from './canonical-xml.ts'
import {
  digestMethods,
  envelopedSignature,
  exclusiveC14n,
  isDs,
  manifestType,
  type SignatureAlgorithm,
  signatureMethods,
} from './names.ts'
import { type Checklist, Refusal } from './refusal.ts'
import { elementsOnly } from './signature-element.ts'

export interface SignedInfo {
  readonly signatureAlgorithm: SignatureAlgorithm
  readonly digestAlgorithm: 'sha256' | 'sha384' | 'sha512'
  readonly digest: Buffer
}

/** What is covered and how, read from the canonical form that is signed (V06 to V10, V13 to V15). */
export function readSignedInfo(canonical: Buffer, { pass }: Checklist): SignedInfo {
  const parts = signedInfoParts(canonical)
  const { digestMethod, digestValue, transforms } = checkReference(parts)
  pass('V06', 'one Reference to the whole document')
  checkTransforms(transforms)
  pass('V08', 'enveloped signature and exclusive canonical form')
  checkCanonicalization(parts)
  pass('V09', 'exclusive canonical form')
  const signatureAlgorithm = signatureAlgorithmOf(parts)
  pass('V13', `signature algorithm ${signatureAlgorithm}`)
  const digestAlgorithm = digestAlgorithmOf(digestMethod)
  pass('V14', `digest algorithm ${digestAlgorithm}`)
  return { signatureAlgorithm, digestAlgorithm, digest: readBase64(digestValue, 'DigestValue') }
}

/** The rules of `readSignedInfo` one by one, for a report that names all that is wrong. */
export function signedInfoRules(canonical: Buffer): readonly (() => unknown)[] {
  let read: SignedInfoParts | undefined
  const parts = () => {
    read ??= signedInfoParts(canonical)
    return read
  }
  const everyReference = () => parts().references.map(referenceParts)
  return [
    () => checkReference(parts()),
    () => parts().references.map(checkUri),
    () => everyReference().map(({ transforms }) => checkTransforms(transforms)),
    () => checkCanonicalization(parts()),
    () => signatureAlgorithmOf(parts()),
    () => digestMethodsOf(parts()).map(digestAlgorithmOf),
  ]
}

interface SignedInfoParts {
  readonly canonicalization: CanonicalElement
  readonly method: CanonicalElement
  readonly references: readonly CanonicalElement[]
}

function signedInfoParts(canonical: Buffer): SignedInfoParts {
  const signedInfo = readCanonicalXml(canonical)
  const [canonicalization, method, ...references] = signedInfo.children
  elementsOnly(signedInfo, ['Id'])
  const isShaped = isDs(signedInfo, 'SignedInfo') && references.every(item => isDs(item, 'Reference'))
  if (!isShaped || !canonicalization || !isDs(canonicalization, 'CanonicalizationMethod')) throw unshaped()
  if (!method || !isDs(method, 'SignatureMethod')) throw unshaped()
  return { canonicalization, method, references }
}

function unshaped(): Refusal {
  return new Refusal('SIGNATURE_STRUCTURE', 'V03', 'SignedInfo is not of the shape of XML Signature')
}

function checkReference({ references }: SignedInfoParts) {
  const reference = oneReference(references)
  const parts = referenceParts(reference)
  checkUri(reference)
  return parts
}

function checkCanonicalization({ canonicalization }: SignedInfoParts): void {
  const name = plainAlgorithm(canonicalization)
  if (name !== exclusiveC14n) throw new Refusal('ALGORITHM_NOT_ALLOWED', 'V09', `canonicalization ${name}`)
}

function signatureAlgorithmOf({ method }: SignedInfoParts): SignatureAlgorithm {
  const name = plainAlgorithm(method)
  const algorithm = signatureMethods.get(name)
  if (algorithm) return algorithm
  throw new Refusal('ALGORITHM_NOT_ALLOWED', name.includes('hmac') ? 'V15' : 'V13', `signature algorithm ${name}`)
}

function digestAlgorithmOf(digestMethod: CanonicalElement): SignedInfo['digestAlgorithm'] {
  const name = plainAlgorithm(digestMethod)
  const algorithm = digestMethods.get(name)
  if (algorithm) return algorithm
  throw new Refusal('ALGORITHM_NOT_ALLOWED', 'V14', `digest algorithm ${name}`)
}

function digestMethodsOf({ references }: SignedInfoParts): readonly CanonicalElement[] {
  return references.flatMap(({ children }) => children.filter(child => isDs(child, 'DigestMethod')))
}

function oneReference(references: readonly CanonicalElement[]): CanonicalElement {
  if (references.some(({ attributes }) => attributes.get('Type') === manifestType)) {
    throw new Refusal('REFERENCE_FORBIDDEN', 'V11', 'Reference to a Manifest')
  }
  const [reference] = references
  if (reference && references.length === 1) return reference
  throw new Refusal('REFERENCE_COVERAGE', 'V06', `${references.length} References where one belongs`)
}

function referenceParts(reference: CanonicalElement) {
  elementsOnly(reference, ['Id', 'URI', 'Type'])
  const [transforms, digestMethod, digestValue, ...rest] = reference.children
  if (transforms && isDs(transforms, 'DigestMethod')) {
    throw new Refusal('TRANSFORM_FORBIDDEN', 'V08', 'Reference without transforms')
  }
  const shaped = transforms && isDs(transforms, 'Transforms') && digestMethod && isDs(digestMethod, 'DigestMethod')
  if (!shaped || !digestValue || !isDs(digestValue, 'DigestValue') || rest.length > 0) {
    throw new Refusal('SIGNATURE_STRUCTURE', 'V03', 'Reference is not of the shape of XML Signature')
  }
  return { transforms, digestMethod, digestValue }
}

function checkUri(reference: CanonicalElement): void {
  const uri = reference.attributes.get('URI')
  if (uri === '') return
  if (uri?.startsWith('#') && /^#[\w.-]+$/.test(uri)) {
    throw new Refusal('REFERENCE_COVERAGE', 'V06', `Reference covers ${uri.slice(0, 40)}, not the whole document`)
  }
  throw new Refusal('REFERENCE_FORBIDDEN', 'V07', `Reference to ${uri?.slice(0, 80) ?? 'nothing named'}`)
}

function checkTransforms(transforms: CanonicalElement): void {
  elementsOnly(transforms, [])
  const names = transforms.children.map(transform => {
    elementsOnly(transform, ['Algorithm'])
    if (isDs(transform, 'Transform') && transform.children.length === 0) return transform.attributes.get('Algorithm')
    throw new Refusal('TRANSFORM_FORBIDDEN', 'V08', 'transform with parameters')
  })
  if (names.filter(name => name === envelopedSignature).length > 1) {
    throw new Refusal('SIGNATURE_STRUCTURE', 'V08', 'enveloped-signature more than once')
  }
  if (names.length === 2 && names[0] === envelopedSignature && names[1] === exclusiveC14n) return
  throw new Refusal('TRANSFORM_FORBIDDEN', 'V08', `transforms ${names.slice(0, 4).join(', ')}`)
}

/** Its Algorithm; parameters of any kind make another algorithm of it. */
function plainAlgorithm(element: CanonicalElement): string {
  elementsOnly(element, ['Algorithm'])
  const name = element.attributes.get('Algorithm') ?? ''
  const [parameter] = element.children
  return parameter ? `${name} with ${parameter.name}` : name
}
