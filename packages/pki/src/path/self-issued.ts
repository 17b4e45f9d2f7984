import type { Certificate } from '../types.ts'

/** The same name twice (RFC 5280 section 3.2): an authority that certifies another key of its own. */
export function isSelfIssued({ subject, issuer }: Certificate): boolean {
  return subject.key === issuer.key
}
