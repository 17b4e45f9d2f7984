import { expect, it } from 'vitest'
import {
  type DecidedVerdict,
  decideByAttachment,
  decideBySignature,
  mayChange,
  type SignaturePolicy,
} from '../src/index.ts'

const seals = {
  absent: { verdict: 'INVALID', code: 'NOT_SIGNED', state: 'absent' },
  'not verifiable': { verdict: 'INVALID', code: 'ALGORITHM_NOT_ALLOWED', state: 'not-verifiable' },
  'without path': { verdict: 'INDETERMINATE', code: 'PATH_NOT_FOUND', state: 'not-verifiable' },
  'without revocation data': { verdict: 'INDETERMINATE', code: 'REVOCATION_STALE', state: 'not-verifiable' },
  invalid: { verdict: 'INVALID', code: 'DIGEST_MISMATCH', state: 'invalid' },
  valid: { verdict: 'VALID', code: 'OK', state: 'valid' },
} as const satisfies Record<string, DecidedVerdict>

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
  const decided = Object.entries(seals).map(([name, seal]) => [name, decideBySignature(policy, seal)])

  expect(Object.fromEntries(decided)).toEqual(decisions)
})

it.each<{ policy: SignaturePolicy; refused: readonly (keyof typeof seals)[]; later: readonly (keyof typeof seals)[] }>([
  { policy: 'record', refused: ['invalid'], later: [] },
  { policy: 'refuse-invalid', refused: ['invalid'], later: [] },
  {
    policy: 'require-valid',
    refused: ['not verifiable', 'without path', 'invalid'],
    later: ['without revocation data'],
  },
])('an attachment that is checked first is refused under $policy when it is $refused', ({ policy, refused, later }) => {
  const namesOf = (decision: string) =>
    Object.entries(seals)
      .filter(([, verdict]) => decideByAttachment(policy, verdict) === decision)
      .map(([name]) => name)

  expect(namesOf('refuse')).toEqual(refused)
  expect(namesOf('later')).toEqual(later)
})

it('only missing revocation or time data make a verdict that may change', () => {
  const changing = Object.entries(seals).filter(([, verdict]) => mayChange(verdict))

  expect(changing.map(([name]) => name)).toEqual(['without revocation data'])
})
