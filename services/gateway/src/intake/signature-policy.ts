import type { VerificationCode } from '@docaxis/errors'
import type { SealVerdict } from '@docaxis/signature'

export type SignaturePolicy = 'record' | 'refuse-invalid' | 'require-valid'

/** `later`: data to decide is missing now; nothing is stored and the same packet may be sent again. */
export type PolicyDecision = 'accept' | 'refuse' | 'later'

/** Verdicts that another try can change: revocation or time data were not to be had. */
const undecidedYet: ReadonlySet<VerificationCode> = new Set([
  'REVOCATION_UNAVAILABLE',
  'REVOCATION_STALE',
  'TIME_NOT_TRUSTED',
])

/** What the sending system's setting makes of a verdict (edXML 10.3). Policy never changes the verdict. */
export function decideBySignature(policy: SignaturePolicy, seal: SealVerdict): PolicyDecision {
  switch (policy) {
    case 'record':
      return 'accept'
    case 'refuse-invalid':
      return seal.state === 'invalid' ? 'refuse' : 'accept'
    case 'require-valid':
      if (seal.verdict === 'VALID') return 'accept'
      return undecidedYet.has(seal.code) ? 'later' : 'refuse'
  }
}
