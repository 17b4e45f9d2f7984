import type { Window } from '../path/window.ts'
import type { Crl, OcspResponse, RevokedEntry } from '../types.ts'

/** What is known of one certificate. */
export type Status =
  | {
      readonly is: 'good'
      readonly by: Evidence
      readonly holds: Window
      /** It was revoked after the signature is known to have existed. */
      readonly later?: RevokedEntry
    }
  | { readonly is: 'revoked'; readonly by: Evidence; readonly entry: RevokedEntry }
  | { readonly is: 'stale' | 'unavailable'; readonly detail: string }

export interface Evidence {
  readonly crls: readonly Crl[]
  readonly ocsp: readonly OcspResponse[]
}

/** Revoked after a signature was made does not undo it, unless the key itself was lost (V46). */
export function counts({ at: revokedAt, reason }: RevokedEntry, signedAt: Date): boolean {
  return revokedAt <= signedAt || reason === 'keyCompromise' || reason === 'cACompromise'
}

/** Revoked for good: a hold may end, everything else lasts (RFC 5280 section 5.3.1). */
export function isFinal({ reason }: RevokedEntry): boolean {
  return reason !== 'certificateHold' && reason !== 'removeFromCRL'
}
