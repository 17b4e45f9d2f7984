import { bits, encode, enumerated, integer, sequence, time } from '../der-writer.ts'
import { oid } from '../extensions.ts'
import type { RevocationReason } from '../types.ts'
import { signatureAlgorithm, signDer } from './keys.ts'
import { writeGeneralName } from './path-extensions.ts'
import type { CrlWish, RevokedWish } from './types.ts'
import { authorityKeyId, extension, type Issuer } from './write-certificate.ts'

const reasonCodes: Readonly<Record<RevocationReason, number>> = {
  unspecified: 0,
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
  removeFromCRL: 8,
  privilegeWithdrawn: 9,
  aACompromise: 10,
}

/** DER of a revocation list of version 2, complete or delta (RFC 5280 section 5). */
export function writeCrl(wish: CrlWish, issuer: Issuer): Buffer {
  const algorithm = signatureAlgorithm(issuer.privateKey)
  const extensions = sequence(
    extension(oid.authorityKeyId, false, authorityKeyId(issuer.keyId)),
    extension(oid.crlNumber, false, integer(wish.number.toString(16))),
    ...(wish.base === undefined ? [] : [extension(oid.deltaCrlIndicator, true, integer(wish.base.toString(16)))]),
    ...(wish.extensions ?? []).map(({ id, critical, value }) => extension(id, critical, value)),
  )
  const tbs = sequence(
    integer('1'),
    algorithm,
    issuer.name,
    time(wish.thisUpdate),
    time(wish.nextUpdate),
    // An empty list of entries is left out altogether (RFC 5280 section 5.1.2.6).
    ...(wish.revoked.length > 0 ? [sequence(Buffer.concat(wish.revoked.map(writeEntry)))] : []),
    encode(0xa0, extensions),
  )
  return sequence(tbs, algorithm, bits(signDer(tbs, issuer.privateKey)))
}

function writeEntry({ serial, at, reason, issuer }: RevokedWish): Buffer {
  const extensions = [
    // "unspecified" is said by leaving the reason out (RFC 5280 section 5.3.1).
    ...(reason === undefined || reason === 'unspecified'
      ? []
      : [extension(oid.reasonCode, false, enumerated(reasonCodes[reason]))]),
    ...(issuer ? [extension(oid.certificateIssuer, true, sequence(writeGeneralName({ directory: issuer })))] : []),
  ]
  return sequence(integer(serial), time(at), ...(extensions.length > 0 ? [sequence(...extensions)] : []))
}
