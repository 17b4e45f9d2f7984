import { createHash } from 'node:crypto'
import { type Fault, hashOfId } from '../algorithms.ts'
import { DerReader, enterWhole, integerHex, readOid, tag } from '../der.ts'
import { readName } from '../name.ts'
import { readable } from '../readable.ts'
import type { Certificate } from '../types.ts'
import { cmsOid } from './oids.ts'
import { type FoundSigner, signedValue, structure } from './signed-attributes.ts'

/** ESSCertID and ESSCertIDv2 (RFC 5035 sections 5.4.1.1 and 4). */
interface NamedCertificate {
  /** As node:crypto names it; absent when the algorithm is not allowed. */
  readonly hash: string | undefined
  readonly digest: Buffer
  readonly issuer?: { readonly names: readonly string[]; readonly serial: string }
}

/**
 * The signed attributes name the signer's certificate by digest, so that no other certificate of the same key can take
 * its place. Where both versions stand, both must fit. The first version's SHA-1 counts here: no collision helps who
 * must also hold the key that made the signature.
 */
export function signingCertificateFault(found: FoundSigner): Fault | undefined {
  const { signer, certificate, requireSigningCertificate = false } = found
  const first = signedValue(signer, cmsOid.signingCertificate)
  const second = signedValue(signer, cmsOid.signingCertificateV2)
  if (requireSigningCertificate && !first && !second) return structure('no signed attribute signing-certificate')
  return (first && misfit(first, certificate, false)) ?? (second && misfit(second, certificate, true))
}

function misfit(value: Buffer, certificate: Certificate, isSecond: boolean): Fault | undefined {
  const named = readable(() => readFirst(value, isSecond))
  if (!named) return structure('signing-certificate cannot be read')
  if (named.hash === undefined) {
    return { code: 'ALGORITHM_NOT_ALLOWED', rule: 'V14', detail: 'digest algorithm of signing-certificate-v2' }
  }
  const actual = createHash(named.hash).update(certificate.der).digest()
  if (!actual.equals(named.digest)) return structure('signing-certificate names another certificate by digest')
  if (!named.issuer) return undefined
  const fits = named.issuer.serial === certificate.serial && named.issuer.names.includes(certificate.issuer.key)
  return fits ? undefined : structure('signing-certificate names another issuer or serial')
}

/** The first entry is the signer's (RFC 5035 section 3); the others tell of the path. */
function readFirst(value: Buffer, isSecond: boolean): NamedCertificate {
  const reader = enterWhole(value, tag.sequence).enter(tag.sequence).enter(tag.sequence)
  const algorithm = isSecond ? reader.optional(tag.sequence) : undefined
  const digest = reader.next(tag.octetString).content
  const issuer = reader.atEnd ? undefined : readIssuer(reader.enter(tag.sequence))
  reader.finish()
  const stated = algorithm && hashOfId(readOid(new DerReader(algorithm.content).next(tag.oid).content))
  return { hash: isSecond ? (algorithm ? stated : 'sha256') : 'sha1', digest, ...(issuer && { issuer }) }
}

function readIssuer(reader: DerReader): NamedCertificate['issuer'] {
  const list = reader.enter(tag.sequence)
  const names: string[] = []
  while (!list.atEnd) {
    const name = list.next()
    if (name.tag === 0xa4) names.push(readName(new DerReader(name.content).next(tag.sequence)).key)
  }
  const serial = integerHex(reader.next(tag.integer).content)
  reader.finish()
  return { names, serial }
}
