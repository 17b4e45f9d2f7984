import { readBase64 } from './base64.ts'
import { type CanonicalElement, readCanonicalXml } from './canonical-xml.ts'
import {
  digestMethods,
  envelopedSignature,
  exclusiveC14n,
  manifestType,
  type SignatureAlgorithm,
  signatureMethods,
} from './names.ts'
import { type Checklist, Refusal } from './refusal.ts'
import { elementsOnly, isDs } from './signature-element.ts'

export interface SignedInfo {
  readonly signatureAlgorithm: SignatureAlgorithm
  readonly digestAlgorithm: 'sha256' | 'sha384' | 'sha512'
  readonly digest: Buffer
}

/** What is covered and how, read from the canonical form that is signed (V06 to V10, V13 to V15). */
export function readSignedInfo(canonical: Buffer, { hold, pass }: Checklist): SignedInfo {
  const signedInfo = readCanonicalXml(canonical)
  const [c14n, method, ...references] = signedInfo.children
  elementsOnly(signedInfo, ['Id'])
  const shaped = isDs(signedInfo, 'SignedInfo') && c14n && isDs(c14n, 'CanonicalizationMethod')
  if (!shaped || !method || !isDs(method, 'SignatureMethod') || !references.every(item => isDs(item, 'Reference'))) {
    throw new Refusal('SIGNATURE_STRUCTURE', 'V03', 'SignedInfo is not of the shape of XML Signature')
  }

  const reference = oneReference(references)
  const { digestMethod, digestValue, transforms } = referenceParts(reference)
  checkUri(reference)
  pass('V06', 'one Reference to the whole document')
  checkTransforms(transforms)
  pass('V08', 'enveloped signature and exclusive canonical form')

  const c14nName = plainAlgorithm(c14n)
  hold(
    c14nName === exclusiveC14n,
    'V09',
    'exclusive canonical form',
    'ALGORITHM_NOT_ALLOWED',
    `canonicalization ${c14nName}`,
  )
  const signatureName = plainAlgorithm(method)
  const signatureAlgorithm = signatureMethods.get(signatureName)
  if (!signatureAlgorithm) {
    const rule = signatureName.includes('hmac') ? 'V15' : 'V13'
    throw new Refusal('ALGORITHM_NOT_ALLOWED', rule, `signature algorithm ${signatureName}`)
  }
  pass('V13', `signature algorithm ${signatureAlgorithm}`)
  const digestName = plainAlgorithm(digestMethod)
  const digestAlgorithm = digestMethods.get(digestName)
  if (!digestAlgorithm) throw new Refusal('ALGORITHM_NOT_ALLOWED', 'V14', `digest algorithm ${digestName}`)
  pass('V14', `digest algorithm ${digestAlgorithm}`)
  return { signatureAlgorithm, digestAlgorithm, digest: readBase64(digestValue, 'DigestValue') }
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
