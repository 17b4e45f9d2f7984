import { createHash } from 'node:crypto'
import type { Certificate, Crl, Name, Trust } from './types.ts'

/**
 * Text key under which lists of one issuer and key are kept: SHA-256 (hex) over the issuer's name in comparable form
 * and the authority key identifier. A certificate and the list that speaks of it have the same key, unless the
 * authority signs its lists with another key.
 */
export function issuerKey(of: { readonly issuer: Name; readonly authorityKeyId?: string }): string {
  return keyOf(of.issuer, of.authorityKeyId ?? '')
}

/** Key of the issuer's name alone: every list of that name, whatever key signed it. */
export function issuerNameKey(issuer: Name): string {
  return keyOf(issuer, '')
}

function keyOf(issuer: Name, keyId: string): string {
  return createHash('sha256').update(issuer.key).update('\0').update(keyId).digest('hex')
}

/** Freezes what the hub trusts now. Make a new one when anchors, intermediates or lists change. */
export function createTrust(parts: {
  readonly anchors: readonly Certificate[]
  readonly intermediates?: readonly Certificate[]
  readonly crls: Iterable<Crl>
}): Trust {
  const lists = new Map<string, Crl[]>()
  for (const crl of parts.crls) {
    for (const key of new Set([issuerKey(crl), issuerNameKey(crl.issuer)])) {
      lists.set(key, [...(lists.get(key) ?? []), crl])
    }
  }
  return {
    anchors: [...parts.anchors],
    intermediates: [...(parts.intermediates ?? [])],
    crls: key => lists.get(key) ?? [],
  }
}
