import { type Certificate, createTrust, type PathResult, validatePath } from '@docaxis/pki'
import type { DocumentQuestion } from './question.ts'
import type { NotChecked, Scope } from './verdict.ts'

/** Path and revocation of the signer (V25 to V46); undefined when no anchors were given. */
export function pathOf(
  certificate: Certificate,
  intermediates: readonly Certificate[],
  { anchors, crls = [], at, algorithmEnds }: DocumentQuestion,
): PathResult | undefined {
  if (!anchors) return undefined
  const trust = createTrust({ anchors, crls, ...(algorithmEnds && { algorithmEnds }) })
  return validatePath({ certificate, intermediates, trust, at, purpose: 'seal' })
}

export function scopeOf({ anchors }: DocumentQuestion): Scope {
  return anchors ? 'full' : 'integrity'
}

export function notCheckedBy({ anchors, certificates }: DocumentQuestion): readonly NotChecked[] {
  if (anchors) return ['agency', 'signing-time']
  const path = ['path', 'revocation', 'agency', 'signing-time'] as const
  return certificates ? path : ['signer', ...path]
}
