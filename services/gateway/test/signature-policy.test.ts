import type { SealVerdict } from '@docaxis/signature'
import { expect, it } from 'vitest'
import { decideBySignature, type SignaturePolicy } from '../src/intake/signature-policy.ts'

const seals = {
  absent: { verdict: 'INVALID', code: 'NOT_SIGNED', state: 'absent' },
  'not verifiable': { verdict: 'INVALID', code: 'ALGORITHM_NOT_ALLOWED', state: 'not-verifiable' },
  'without path': { verdict: 'INDETERMINATE', code: 'PATH_NOT_FOUND', state: 'not-verifiable' },
  'without revocation data': { verdict: 'INDETERMINATE', code: 'REVOCATION_STALE', state: 'not-verifiable' },
  invalid: { verdict: 'INVALID', code: 'DIGEST_MISMATCH', state: 'invalid' },
  valid: { verdict: 'VALID', code: 'OK', state: 'valid' },
} as const satisfies Record<string, Pick<SealVerdict, 'verdict' | 'code' | 'state'>>

// The table of edXML 10.3, with what DESIGN says of missing data.
it.each<{ policy: SignaturePolicy; decisions: Record<keyof typeof seals, string> }>([
  {
    policy: 'record',
    decisions: {
      absent: 'accept',
      'not verifiable': 'accept',
      'without path': 'accept',
      'without revocation data': 'accept',
      invalid: 'accept',
      valid: 'accept',
    },
  },
  {
    policy: 'refuse-invalid',
    decisions: {
      absent: 'accept',
      'not verifiable': 'accept',
      'without path': 'accept',
      'without revocation data': 'accept',
      invalid: 'refuse',
      valid: 'accept',
    },
  },
  {
    policy: 'require-valid',
    decisions: {
      absent: 'refuse',
      'not verifiable': 'refuse',
      'without path': 'refuse',
      'without revocation data': 'later',
      invalid: 'refuse',
      valid: 'accept',
    },
  },
])('$policy decides as the specification says', ({ policy, decisions }) => {
  const decided = Object.entries(seals).map(([name, seal]) => [name, decideBySignature(policy, verdictOf(seal))])

  expect(Object.fromEntries(decided)).toEqual(decisions)
})

function verdictOf(seal: Pick<SealVerdict, 'verdict' | 'code' | 'state'>): SealVerdict {
  return {
    ...seal,
    rule: '-',
    checks: [],
    judgedAt: '2030-01-15T05:00:00Z',
    timeSource: 'receipt-time',
    ruleSet: 'test',
  }
}
