import type { Crl } from '../types.ts'

/**
 * Whether a delta may be put on top of a complete list (RFC 5280 section 6.3.3 (c) and section 5.2.4): same issuer, scope
 * and key; the list is no older than the base the delta was made for, and older than the delta itself.
 */
export function buildsOn(delta: Crl, base: Crl): boolean {
  if (delta.baseNumber === undefined || delta.number === undefined || base.number === undefined) return false
  const number = BigInt(base.number)
  return (
    delta.issuer.key === base.issuer.key &&
    delta.scope.text === base.scope.text &&
    delta.authorityKeyId === base.authorityKeyId &&
    BigInt(delta.baseNumber) <= number &&
    number < BigInt(delta.number)
  )
}
