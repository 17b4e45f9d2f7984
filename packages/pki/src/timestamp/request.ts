import type { HashName } from '../algorithms.ts'
import { boolean, integer, objectId, octets, sequence } from '../der-writer.ts'

/** Object identifiers and lengths in octets of the digests that count (V14). */
const digests: Readonly<Record<HashName, { readonly id: string; readonly octets: number }>> = {
  sha256: { id: '2.16.840.1.101.3.4.2.1', octets: 32 },
  sha384: { id: '2.16.840.1.101.3.4.2.2', octets: 48 },
  sha512: { id: '2.16.840.1.101.3.4.2.3', octets: 64 },
}

export interface TimeStampWish {
  readonly hash: HashName
  /** Digest of what is to be stamped. */
  readonly imprint: Buffer
  /** Random, hex: the answer repeats it. */
  readonly nonce?: string
  /** Dotted object identifier of the policy to stamp under; absent: the authority's own. */
  readonly policy?: string
}

/** TimeStampReq, DER (RFC 3161 section 2.4.1). It asks for the unit's certificate, so that the token stands alone. */
export function writeTimeStampRequest({ hash, imprint, nonce, policy }: TimeStampWish): Buffer {
  const digest = digests[hash]
  if (imprint.length !== digest.octets) {
    throw new RangeError(`imprint of ${imprint.length} octets, ${hash} has ${digest.octets}`)
  }
  return sequence(
    integer('1'),
    sequence(sequence(objectId(digest.id)), octets(imprint)),
    ...(policy === undefined ? [] : [objectId(policy)]),
    ...(nonce === undefined ? [] : [integer(nonce)]),
    boolean(true),
  )
}
