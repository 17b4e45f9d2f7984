import { type AlgorithmName, algorithmsOf } from '../algorithm-ends.ts'
import { type Fault, type HashName, signatureFault, signatureHash } from '../algorithms.ts'
import { DerReader, enterWhole, readOid, tag } from '../der.ts'
import { objectId, sequence, set } from '../der-writer.ts'
import { readable } from '../readable.ts'
import { cmsOid } from './oids.ts'
import { type FoundSigner, signedValue, structure } from './signed-attributes.ts'

const rsaEncryption = '1.2.840.113549.1.1.1'
const nullParameters = Buffer.of(tag.null, 0)

/** `rsaEncryption` names the key alone; the digest is the signer's own (RFC 3370 section 3.2). */
const rsaWith: Readonly<Record<HashName, Buffer>> = {
  sha256: sequence(objectId('1.2.840.113549.1.1.11'), nullParameters),
  sha384: sequence(objectId('1.2.840.113549.1.1.12'), nullParameters),
  sha512: sequence(objectId('1.2.840.113549.1.1.13'), nullParameters),
}

/** The signature computes over the signed attributes, or over the content where there are none (RFC 5652 section 5.4). */
export function signatureValueFault(found: FoundSigner): Fault | undefined {
  const { signed, signer, certificate, content = signed.content } = found
  const covered = signer.signedAttributes ? formsOf(signer.signedAttributes.der) : content ? [content] : []
  if (covered.length === 0 || !signer.hash) return structure('nothing that is signed')
  const algorithm = readAlgorithm(signer.signatureAlgorithm, signer.hash)
  if (!algorithm) return structure('signature algorithm cannot be read')
  const fault = hashFault(algorithm, signer.hash) ?? protectionFault(found)
  if (fault) return fault
  const value = signer.signature
  const faults = covered.map(tbs => signatureFault({ tbs, algorithm, algorithmsAgree: true, value }, certificate))
  return faults.includes(undefined) ? undefined : ofSigner(faults[0])
}

/** What a signature that computes was made with, for whoever knows when it was there (V21). */
export function algorithmsOfSigner({ signer, certificate }: Pick<FoundSigner, 'signer' | 'certificate'>) {
  const { hash, signatureAlgorithm } = signer
  const algorithm = hash && readAlgorithm(signatureAlgorithm, hash)
  const made: readonly AlgorithmName[] = algorithm ? algorithmsOf(algorithm, certificate) : []
  return hash ? [hash, ...made] : made
}

/**
 * Signed attributes as they stand, and in the order of DER where that is another: RFC 5652 section 5.4 has the latter
 * signed however they travel, and signing programs do either. Both say the same.
 */
function formsOf(attributes: Buffer): Buffer[] {
  const reader = enterWhole(attributes, tag.set)
  const members: Buffer[] = []
  while (!reader.atEnd) members.push(reader.next().der)
  const sorted = set(...members.toSorted(Buffer.compare))
  return sorted.equals(attributes) ? [attributes] : [attributes, sorted]
}

function readAlgorithm(identifier: Buffer, hash: HashName): Buffer | undefined {
  const id = readable(() => readOid(enterWhole(identifier, tag.sequence).next(tag.oid).content))
  if (id === undefined) return undefined
  return id === rsaEncryption ? rsaWith[hash] : identifier
}

/** Both algorithms name one digest. Ed25519 brings its own (RFC 8419 asks for SHA-512 beside it; see DESIGN.md). */
function hashFault(algorithm: Buffer, hash: HashName): Fault | undefined {
  const stated = readable(() => signatureHash(algorithm)) ?? hash
  if (stated === hash) return undefined
  return { code: 'ALGORITHM_NOT_ALLOWED', rule: 'V13', detail: `signature with ${stated}, digest with ${hash}` }
}

/** CMSAlgorithmProtection repeats both algorithms under the signature (RFC 6211 section 2). */
function protectionFault({ signer }: FoundSigner): Fault | undefined {
  const value = signedValue(signer, cmsOid.algorithmProtection)
  if (!value) return undefined
  const stated = readable(() => {
    const reader = enterWhole(value, tag.sequence)
    const digest = readOid(reader.enter(tag.sequence).next(tag.oid).content)
    const algorithm = new DerReader(reader.next(0xa1).content).next(tag.oid).content
    return { digest, algorithm: readOid(algorithm) }
  })
  const actual = readOid(enterWhole(signer.signatureAlgorithm, tag.sequence).next(tag.oid).content)
  if (stated?.digest === signer.digestAlgorithm && stated.algorithm === actual) return undefined
  return structure('algorithm protection names other algorithms')
}

/** The shared check speaks of certification paths; here the same failures are of the signature. */
function ofSigner(fault: Fault | undefined): Fault | undefined {
  return fault?.code === 'PATH_INVALID' ? { ...fault, code: 'SIGNATURE_MISMATCH', rule: 'V58' } : fault
}
