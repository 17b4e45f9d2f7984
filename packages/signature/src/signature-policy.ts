import type { SignatureState, VerdictWord, VerificationCode } from '@docaxis/errors'

export type SignaturePolicy = 'record' | 'refuse-invalid' | 'require-valid'

/** `later`: data to decide is missing now; the same signature may be judged again. */
export type PolicyDecision = 'accept' | 'refuse' | 'later'

/** As much of a verdict as policy looks at. */
export interface DecidedVerdict {
  readonly verdict: VerdictWord
  readonly code: VerificationCode
  readonly state: SignatureState
}

/** Verdicts that another try can change: revocation or time data were not to be had, or the time did not suffice. */
const undecidedYet: ReadonlySet<VerificationCode> = new Set([
  'REVOCATION_UNAVAILABLE',
  'REVOCATION_STALE',
  'TIME_NOT_TRUSTED',
  'TIMESTAMP_UNAVAILABLE',
  'PDF_NOT_FINISHED',
])

/** Whether judging the same bytes again can give another verdict. */
export function mayChange({ code }: Pick<DecidedVerdict, 'code'>): boolean {
  return undecidedYet.has(code)
}

/** What the sending system's setting makes of the verdict on a seal (edXML 10.3). Policy never changes the verdict. */
export function decideBySignature(policy: SignaturePolicy, seal: DecidedVerdict): PolicyDecision {
  switch (policy) {
    case 'record':
      return 'accept'
    case 'refuse-invalid':
      return seal.state === 'invalid' ? 'refuse' : 'accept'
    case 'require-valid':
      if (seal.verdict === 'VALID') return 'accept'
      return mayChange(seal) ? 'later' : 'refuse'
  }
}

/**
 * The same for the signatures of an attachment that is checked before it is accepted or delivered. Whoever has it checked
 * refuses an invalid one at least. A file without signatures passes under every policy: annexes and drafts have none, and
 * which file must be signed is not the hub's to say (edXML 10.4).
 */
export function decideByAttachment(policy: SignaturePolicy, attachment: DecidedVerdict): PolicyDecision {
  if (attachment.state === 'absent') return 'accept'
  return decideBySignature(policy === 'record' ? 'refuse-invalid' : policy, attachment)
}
