import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import {
  DerError,
  DerReader,
  type Element,
  enterWhole,
  integerHex,
  readOctetBits,
  readOid,
  readTime,
  readWhole,
  tag,
} from './der.ts'
import { readDistributionPoints } from './distribution-points.ts'
import { encodingFaults } from './encoding-faults.ts'
import {
  oid,
  readAuthorityKeyId,
  readBasicConstraints,
  readExtensions,
  readKeyUsage,
  readOcspLocations,
  readPurposes,
  readSubjectKeyId,
} from './extensions.ts'
import { readAlternativeNames, readNameConstraints } from './general-names.ts'
import { readName } from './name.ts'
import { derOf, readPem } from './pem.ts'
import { readInhibitAnyPolicy, readPolicies, readPolicyConstraints, readPolicyMappings } from './policy-extensions.ts'
import { readable } from './readable.ts'
import type { Certificate, Extension } from './types.ts'

const ecPublicKey = '1.2.840.10045.2.1'
const understood: ReadonlySet<string> = new Set([
  oid.subjectKeyId,
  oid.keyUsage,
  oid.alternativeName,
  oid.basicConstraints,
  oid.nameConstraints,
  oid.distributionPoints,
  oid.certificatePolicies,
  oid.policyMappings,
  oid.policyConstraints,
  oid.inhibitAnyPolicy,
  oid.issuerAlternativeName,
  oid.freshestCrl,
  oid.authorityKeyId,
  oid.extKeyUsage,
])

/** Far more than any certificate takes, logotypes and keys of tomorrow among them; bounds what reading one can cost. */
const maxCertificateBytes = 1_048_576

/**
 * Reads one X.509 certificate (RFC 5280 section 4.1).
 *
 * @param input DER, or PEM text with one CERTIFICATE block
 * @throws DerError when it is not strict DER of that shape, or larger than a megabyte
 */
export function parseCertificate(input: Uint8Array | string): Certificate {
  const der = derOf(input, 'CERTIFICATE')
  if (der.length > maxCertificateBytes) throw new DerError(`certificate of ${der.length} bytes`)
  const outer = enterWhole(der, tag.sequence)
  const tbs = outer.next(tag.sequence)
  const algorithm = outer.next(tag.sequence).der
  const value = readOctetBits(outer.next(tag.bitString).content)
  outer.finish()
  return readTbs(der, tbs, algorithm, value)
}

/** Every CERTIFICATE block of a PEM bundle, in order. */
export function parseCertificates(bundle: Uint8Array | string): Certificate[] {
  return readPem(Buffer.from(bundle).toString('latin1'), 'CERTIFICATE').map(der => parseCertificate(der))
}

function readTbs(der: Buffer, tbs: Element, algorithm: Buffer, value: Buffer): Certificate {
  const reader = new DerReader(tbs.content)
  const version = readVersion(reader.optional(0xa0))
  const serialContent = reader.next(tag.integer).content
  const innerAlgorithm = reader.next(tag.sequence).der
  const issuer = readName(reader.next(tag.sequence))
  const validity = reader.enter(tag.sequence)
  const notBefore = readTime(validity.next())
  const notAfter = readTime(validity.next())
  validity.finish()
  const subject = readName(reader.next(tag.sequence))
  const key = reader.next(tag.sequence)
  reader.optional(0x81)
  reader.optional(0x82)
  const wrapped = reader.optional(0xa3)
  reader.finish()
  if (wrapped && version !== 3) throw new DerError(`extensions in a certificate of version ${version}`)
  const extensions = wrapped ? readExtensions(readWhole(wrapped.content, tag.sequence)) : []
  const { id: keyAlgorithm, curve: namedCurve } = readKeyAlgorithm(key)
  const known = readKnownExtensions(extensions)
  let publicKey: KeyObject | undefined
  return {
    der,
    sha256: createHash('sha256').update(der).digest('hex'),
    version,
    serial: integerHex(serialContent),
    subject,
    issuer,
    notBefore,
    notAfter,
    get publicKey() {
      publicKey ??= createPublicKey({ key: key.der, format: 'der', type: 'spki' })
      return publicKey
    },
    publicKeyDer: key.der,
    keyAlgorithm,
    namedCurve,
    extensions,
    ...known,
    unknownCritical: extensions.filter(({ id, critical }) => critical && !understood.has(id)).map(({ id }) => id),
    encodingFaults: encodingFaults({ serial: serialContent, subject, issuer, extensions, ...known }),
    signature: { tbs: tbs.der, algorithm, algorithmsAgree: innerAlgorithm.equals(algorithm), value },
  }
}

function readVersion(element: Element | undefined): number {
  if (!element) return 1
  const number = readWhole(element.content, tag.integer).content
  if (number.length !== 1 || (number[0] !== 1 && number[0] !== 2)) throw new DerError('unknown certificate version')
  return number[0] + 1
}

function readKeyAlgorithm(element: Element): { id: string; curve?: string } {
  const algorithm = new DerReader(element.content).enter(tag.sequence)
  const id = readOid(algorithm.next(tag.oid).content)
  const curve = id === ecPublicKey ? algorithm.optional(tag.oid) : undefined
  return curve ? { id, curve: readOid(curve.content) } : { id }
}

function readKnownExtensions(extensions: readonly Extension[]) {
  const known = new Map(extensions.map(({ id, value }) => [id, value]))
  const read = <T>(id: string, reader: (value: Buffer) => T): T | undefined => {
    const value = known.get(id)
    return value && reader(value)
  }
  return {
    keyUsage: read(oid.keyUsage, readKeyUsage),
    extKeyUsage: read(oid.extKeyUsage, readPurposes),
    basicConstraints: read(oid.basicConstraints, readBasicConstraints),
    subjectKeyId: read(oid.subjectKeyId, readSubjectKeyId),
    authorityKeyId: read(oid.authorityKeyId, readAuthorityKeyId),
    alternativeNames: read(oid.alternativeName, value => readAlternativeNames(enterWhole(value, tag.sequence))) ?? [],
    nameConstraints: read(oid.nameConstraints, readNameConstraints),
    distributionPoints: read(oid.distributionPoints, readDistributionPoints) ?? [],
    ocspLocations: read(oid.authorityInfoAccess, value => readable(() => readOcspLocations(value)) ?? []) ?? [],
    freshestPoints: read(oid.freshestCrl, readDistributionPoints) ?? [],
    policies: read(oid.certificatePolicies, readPolicies),
    policyMappings: read(oid.policyMappings, readPolicyMappings),
    policyConstraints: read(oid.policyConstraints, readPolicyConstraints),
    inhibitAnyPolicy: read(oid.inhibitAnyPolicy, readInhibitAnyPolicy),
  }
}
