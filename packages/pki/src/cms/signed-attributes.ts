import { createHash } from 'node:crypto'
import type { Fault, HashName } from '../algorithms.ts'
import { readOid, readWhole, tag } from '../der.ts'
import { readable } from '../readable.ts'
import type { Certificate } from '../types.ts'
import { cmsOid } from './oids.ts'
import { readAttributes } from './signer.ts'
import type { Attribute, Signer, SignerQuestion } from './types.ts'

/** A question whose signer is known. */
export interface FoundSigner extends SignerQuestion {
  readonly certificate: Certificate
}

/** Attributes that stand once and hold one value (RFC 5652 section 11, RFC 5035 section 5.4, RFC 6211 section 2). */
const single: readonly string[] = [
  cmsOid.contentType,
  cmsOid.messageDigest,
  cmsOid.signingTime,
  cmsOid.algorithmProtection,
  cmsOid.signingCertificate,
  cmsOid.signingCertificateV2,
]

/** Detached content is given from outside, other content stands inside; never both, never neither. */
export function structureFault({ signed, signer, digest, content }: FoundSigner): Fault | undefined {
  const isGiven = digest !== undefined || content !== undefined
  if (isGiven && signed.content) return structure('the object holds content of its own where it is to be detached')
  if (!isGiven && !signed.content) return structure('the object holds no content, and none is given')
  if (signer.signedAttributes) return undefined
  if (signed.contentType !== cmsOid.data) return structure('no signed attributes, which this type of content needs')
  const bytes = content ?? signed.content
  if (!bytes) return structure('no signed attributes')
  return isAttributes(bytes) ? structure('signed attributes of another signature stand as the content') : undefined
}

/**
 * Whether content that is signed directly could be the signed attributes of a signature that covered something else:
 * both are signed alike, so such a signature can be made from any other without the key.
 */
function isAttributes(content: Buffer): boolean {
  if (content[0] !== tag.set) return false
  const list = readable(() => readAttributes(readWhole(content, tag.set).content))
  return list?.some(({ type }) => type === cmsOid.messageDigest) === true
}

/** contentType and messageDigest are there once, with one value, and the first is true (RFC 5652 section 11). */
export function attributeFault({ signed, signer }: FoundSigner): Fault | undefined {
  const list = signer.signedAttributes?.list
  if (!list) return undefined
  const repeated = single.find(type => !standsOnce(list, type))
  if (repeated !== undefined) return structure(`signed attribute ${repeated} more than once or not with one value`)
  const contentType = readType(firstOf(list, cmsOid.contentType))
  if (contentType === undefined) return structure('no signed content type')
  if (contentType !== signed.contentType) {
    return structure(`signed content type ${contentType}, the content is of type ${signed.contentType}`)
  }
  return readDigest(list) ? undefined : structure('no signed message digest')
}

/** messageDigest equals the digest of the content (RFC 5652 section 5.4). */
export function digestFault(found: FoundSigner): Fault | undefined {
  const { signer } = found
  const list = signer.signedAttributes?.list
  // Without signed attributes the signature itself covers the content.
  if (!list || !signer.hash) return undefined
  const actual = contentDigest(found, signer.hash)
  const stated = readDigest(list)
  if (stated && actual?.equals(stated)) return undefined
  const detail = `the content has ${signer.hash} ${actual?.toString('hex')}, signed is ${stated?.toString('hex')}`
  return { code: 'DIGEST_MISMATCH', rule: 'V58', detail }
}

/** DER of the only value of a signed attribute that `attributeFault` found to stand once; undefined when absent. */
export function signedValue({ signedAttributes }: Signer, type: string): Buffer | undefined {
  return firstOf(signedAttributes?.list ?? [], type)
}

function contentDigest({ signed, digest, content }: SignerQuestion, hash: HashName): Buffer | undefined {
  if (digest) return digest(hash)
  const bytes = content ?? signed.content
  return bytes && createHash(hash).update(bytes).digest()
}

function standsOnce(list: readonly Attribute[], type: string): boolean {
  const found = list.filter(attribute => attribute.type === type)
  return found.length === 0 || (found.length === 1 && found[0]?.values.length === 1)
}

function firstOf(list: readonly Attribute[], type: string): Buffer | undefined {
  return list.find(attribute => attribute.type === type)?.values[0]
}

function readType(value: Buffer | undefined): string | undefined {
  return value && readable(() => readOid(readWhole(value, tag.oid).content))
}

function readDigest(list: readonly Attribute[]): Buffer | undefined {
  const value = firstOf(list, cmsOid.messageDigest)
  return value && readable(() => readWhole(value, tag.octetString).content)
}

export function structure(detail: string): Fault {
  return { code: 'SIGNATURE_STRUCTURE', rule: 'V58', detail }
}
