import { constants, type KeyObject, verify } from 'node:crypto'
import type { VerificationCode } from '@docaxis/errors'
import { checkInteger, DerReader, enterWhole, readOctetBits, readOid, readSmallInteger, readWhole, tag } from './der.ts'
import { readable } from './readable.ts'
import type { Certificate, SignatureParts } from './types.ts'

/** Why a signature is not accepted. */
export interface Fault {
  readonly code: VerificationCode
  readonly rule: string
  readonly detail: string
}

export interface Algorithm<Hash = HashName> {
  readonly family: 'rsa' | 'ec' | 'ed25519'
  /** Absent where the algorithm brings its own. */
  readonly hash: Hash | undefined
  /** Octets of salt; present for RSA-PSS. */
  readonly saltLength?: number
}

type AnyAlgorithm = Algorithm<HashName | 'sha1'>

const rsaPss = '1.2.840.113549.1.1.10'
const mgf1 = '1.2.840.113549.1.1.8'

/** Signature algorithms of certificates and lists (V13, V14). SHA-1, MD5 and DSA are missing on purpose. */
const algorithms: Readonly<Record<string, Algorithm>> = {
  '1.2.840.113549.1.1.11': { family: 'rsa', hash: 'sha256' },
  '1.2.840.113549.1.1.12': { family: 'rsa', hash: 'sha384' },
  '1.2.840.113549.1.1.13': { family: 'rsa', hash: 'sha512' },
  '1.2.840.10045.4.3.2': { family: 'ec', hash: 'sha256' },
  '1.2.840.10045.4.3.3': { family: 'ec', hash: 'sha384' },
  '1.2.840.10045.4.3.4': { family: 'ec', hash: 'sha512' },
  '1.3.101.112': { family: 'ed25519', hash: undefined },
}

/** What V14 refuses and old data was signed with: counts for a question about outdated data, and for nothing else. */
const outdatedAlgorithms: Readonly<Record<string, Algorithm<'sha1'>>> = {
  '1.2.840.113549.1.1.5': { family: 'rsa', hash: 'sha1' },
  '1.2.840.10045.4.1': { family: 'ec', hash: 'sha1' },
}

/** Digests that count (V14). */
export type HashName = 'sha256' | 'sha384' | 'sha512'

const hashes: Readonly<Record<string, HashName>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}

/** The digest of this object identifier, if it is allowed (V14). */
export function hashOfId(id: string): HashName | undefined {
  return hashes[id]
}

const curves: ReadonlySet<string> = new Set(['1.2.840.10045.3.1.7', '1.3.132.0.34', '1.3.132.0.35'])
const rsaKey = '1.2.840.113549.1.1.1'
const ecKey = '1.2.840.10045.2.1'
const ed25519Key = '1.3.101.112'

/** Checks the signature of a certificate or list by its issuer's key: V26, V13, V14, V16, V17, V20. */
export function signatureFault(parts: SignatureParts, issuer: Certificate): Fault | undefined {
  return faultOf(parts, issuer, { algorithm: algorithmOf(parts), weakness: keyFault(issuer) })
}

/** The same for outdated data: SHA-1 counts (without V14), and so do RSA keys from 1024 bits (V17). */
export function outdatedSignatureFault(parts: SignatureParts, issuer: Certificate): Fault | undefined {
  const known = algorithmOf(parts)
  const algorithm = typeof known === 'string' ? (outdatedAlgorithms[known] ?? known) : known
  return faultOf(parts, issuer, { algorithm, weakness: outdatedKeyFault(issuer) })
}

function algorithmOf({ algorithm }: SignatureParts): Algorithm | string {
  return readable(() => readAlgorithm(algorithm)) ?? 'that cannot be read'
}

interface Making {
  /** Or the name of one that is not allowed. */
  readonly algorithm: AnyAlgorithm | string
  /** Of the key. */
  readonly weakness: Fault | undefined
}

function faultOf(parts: SignatureParts, issuer: Certificate, { algorithm, weakness }: Making): Fault | undefined {
  if (!parts.algorithmsAgree) {
    return { code: 'PATH_INVALID', rule: 'V26', detail: 'signature: inner and outer algorithm differ' }
  }
  if (typeof algorithm === 'string') {
    return { code: 'ALGORITHM_NOT_ALLOWED', rule: 'V13', detail: `signature algorithm ${algorithm}` }
  }
  if (weakness) return weakness
  const misfit = misfitFault(issuer.publicKey, algorithm)
  if (misfit) return misfit
  if (holds(parts, algorithm, issuer.publicKey)) return undefined
  return { code: 'PATH_INVALID', rule: 'V26', detail: `signature: not made by the key of ${issuer.subject.text}` }
}

/** The digest that an AlgorithmIdentifier of a signature names; absent when it names none or none that counts. */
export function signatureHash(identifier: Buffer): HashName | undefined {
  const algorithm = readAlgorithm(identifier)
  return typeof algorithm === 'string' ? undefined : algorithm.hash
}

/** The key's type fixes the family (V16), and what a key for RSA-PSS says of its use is obeyed (V20). */
function misfitFault(key: KeyObject, { family, hash, saltLength }: AnyAlgorithm): Fault | undefined {
  const type = key.asymmetricKeyType
  if (type === family) return undefined
  if (type !== 'rsa-pss' || saltLength === undefined) {
    return { code: 'ALGORITHM_NOT_ALLOWED', rule: 'V16', detail: `key of type ${type}, signature of type ${family}` }
  }
  const limits = key.asymmetricKeyDetails ?? {}
  const { hashAlgorithm = hash, mgf1HashAlgorithm = hash, saltLength: leastSalt = 0 } = limits
  if (hashAlgorithm === hash && mgf1HashAlgorithm === hash && saltLength >= leastSalt) return undefined
  const detail = `key for RSA-PSS with ${hashAlgorithm} and ${leastSalt} octets of salt, used with ${hash} and ${saltLength}`
  return { code: 'ALGORITHM_NOT_ALLOWED', rule: 'V20', detail }
}

function holds(parts: SignatureParts, algorithm: AnyAlgorithm, key: KeyObject): boolean {
  const options =
    algorithm.saltLength === undefined
      ? key
      : { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: algorithm.saltLength }
  try {
    return verify(algorithm.hash, parts.tbs, options, parts.value)
  } catch {
    // Parameters that make no sense for this key, such as more salt than there is room for.
    return false
  }
}

/** Bits of an RSA modulus (V17), and what they could be before. */
const leastRsaBits = 2048
const outdatedRsaBits = 1024
const judgedKeys = new WeakMap<Certificate, { readonly fault: Fault | undefined }>()

/** The key itself: V17. Curves count only when named, never when spelled out (CVE-2020-0601). */
export function keyFault(certificate: Certificate): Fault | undefined {
  const judged = judgedKeys.get(certificate) ?? { fault: findKeyFault(certificate) }
  judgedKeys.set(certificate, judged)
  return judged.fault
}

/** The same for outdated data. */
export function outdatedKeyFault(certificate: Certificate): Fault | undefined {
  return findKeyFault(certificate, outdatedRsaBits)
}

function findKeyFault(certificate: Certificate, leastBits = leastRsaBits): Fault | undefined {
  try {
    return readableKeyFault(certificate, leastBits)
  } catch {
    return { code: 'KEY_FORM_FORBIDDEN', rule: 'V17', detail: 'the key cannot be read' }
  }
}

function readableKeyFault(certificate: Certificate, leastBits: number): Fault | undefined {
  switch (certificate.keyAlgorithm) {
    case rsaKey:
    case rsaPss:
      return rsaKeyFault(certificate.publicKeyDer, leastBits)
    case ecKey:
      return ecKeyFault(certificate)
    case ed25519Key:
      return ed25519KeyFault(certificate)
    default:
      return { code: 'KEY_FORM_FORBIDDEN', rule: 'V17', detail: `key of algorithm ${certificate.keyAlgorithm}` }
  }
}

function ecKeyFault({ namedCurve, publicKey, publicKeyDer }: Certificate): Fault | undefined {
  if (namedCurve === undefined) {
    return { code: 'KEY_FORM_FORBIDDEN', rule: 'V17', detail: 'EC key whose curve is not named' }
  }
  const [form = 0] = keyBits(publicKeyDer)
  if (form < 2 || form > 4) {
    // The hybrid form says the same point twice: RFC 5480 section 2.2 forbids it.
    return { code: 'KEY_FORM_FORBIDDEN', rule: 'V17', detail: `EC point of form ${form}` }
  }
  // Reading the key refuses a point that is not on the curve.
  if (curves.has(namedCurve) && publicKey.type === 'public') return undefined
  return { code: 'KEY_TOO_WEAK', rule: 'V17', detail: `curve ${namedCurve}` }
}

/** 32 octets (RFC 8410 section 4): node:crypto reads no others. */
function ed25519KeyFault({ publicKeyDer }: Certificate): Fault | undefined {
  const { length } = keyBits(publicKeyDer)
  if (length === 32) return undefined
  return { code: 'KEY_FORM_FORBIDDEN', rule: 'V17', detail: `Ed25519 key of ${length} octets` }
}

/** The key itself, out of its SubjectPublicKeyInfo. */
function keyBits(publicKeyDer: Buffer): Buffer {
  const spki = enterWhole(publicKeyDer, tag.sequence)
  spki.skip(tag.sequence)
  return readOctetBits(spki.next(tag.bitString).content)
}

/** FIPS 186-5 section A.1.1; a larger one makes each check as dear as a signature. */
const maxExponentBits = 256

/** Bits of an RSA key's modulus; undefined for other keys. */
export function rsaModulusBits({ keyAlgorithm, publicKeyDer }: Certificate): number | undefined {
  if (keyAlgorithm !== rsaKey && keyAlgorithm !== rsaPss) return undefined
  return bitLength(readRsaKey(publicKeyDer).next(tag.integer).content)
}

/** Read from its DER: node:crypto takes several times as long to say the same. */
function readRsaKey(publicKeyDer: Buffer): DerReader {
  return enterWhole(keyBits(publicKeyDer), tag.sequence)
}

function rsaKeyFault(publicKeyDer: Buffer, leastBits: number): Fault | undefined {
  const key = readRsaKey(publicKeyDer)
  const modulus = key.next(tag.integer).content
  const modulusBits = bitLength(modulus)
  const exponent = key.next(tag.integer).content
  if (modulusBits < leastBits || modulusBits > 8192) {
    const detail = `RSA key of ${modulusBits} bits, ${leastBits} to 8192 are allowed`
    return { code: 'KEY_TOO_WEAK', rule: 'V17', detail }
  }
  if (!isOdd(modulus)) return { code: 'KEY_TOO_WEAK', rule: 'V17', detail: 'RSA modulus that 2 divides' }
  if (bitLength(exponent) > 2 && bitLength(exponent) <= maxExponentBits && isOdd(exponent)) return undefined
  return { code: 'KEY_TOO_WEAK', rule: 'V17', detail: `RSA exponent 0x${exponent.toString('hex')}` }
}

function isOdd(content: Buffer): boolean {
  return ((content[content.length - 1] ?? 0) & 1) === 1
}

/** Of a positive INTEGER's content; 0 for all others. */
function bitLength(content: Buffer): number {
  checkInteger(content)
  const digits = content[0] === 0 ? content.subarray(1) : content
  const [first = 0] = digits
  return (content[0] ?? 0) >= 0x80 ? 0 : digits.length * 8 - (Math.clz32(first) - 24)
}

/** The algorithm, or its object identifier when it is not allowed. */
export function readAlgorithm(identifier: Buffer): Algorithm | string {
  const reader = enterWhole(identifier, tag.sequence)
  const id = readOid(reader.next(tag.oid).content)
  if (id !== rsaPss) return readPlain(reader, id)
  return reader.atEnd ? `${id} with default parameters` : (readPss(reader.enter(tag.sequence)) ?? `${id} parameters`)
}

/** RSA has NULL for parameters or none (RFC 4055 section 5), all others have none (RFC 5758 section 3.2, RFC 8410). */
function readPlain(reader: DerReader, id: string): Algorithm | string {
  const algorithm = algorithms[id]
  const isEmpty = reader.atEnd || (algorithm?.family === 'rsa' && reader.next(tag.null).content.length === 0)
  return algorithm && isEmpty && reader.atEnd ? algorithm : id
}

/** Octets of salt where the parameters name none (RFC 4055 section 3.1). */
const defaultSalt = 20

/** RSASSA-PSS-params (RFC 4055 section 3.1) with one SHA-2 hash for both uses. */
function readPss(reader: DerReader): Algorithm | undefined {
  const hash = reader.optional(0xa0)
  const mask = reader.optional(0xa1)
  const salt = reader.optional(0xa2)
  if (!hash || !mask || !reader.atEnd) return undefined
  const hashId = readOid(new DerReader(hash.content).enter(tag.sequence).next(tag.oid).content)
  const maskReader = new DerReader(mask.content).enter(tag.sequence)
  if (readOid(maskReader.next(tag.oid).content) !== mgf1) return undefined
  const maskHashId = readOid(maskReader.enter(tag.sequence).next(tag.oid).content)
  const name = hashes[hashId]
  if (name === undefined || maskHashId !== hashId) return undefined
  const saltLength = salt ? readSmallInteger(readWhole(salt.content, tag.integer).content) : defaultSalt
  return { family: 'rsa', hash: name, saltLength }
}
