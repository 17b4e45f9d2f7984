import { verificationCodes } from '@docaxis/errors'
import type { PathResult } from '@docaxis/pki'
import { Refusal } from '../refusal.ts'
import type { Outcome } from './verdict.ts'

type Checks = Outcome['checks']

/** The first refusal decides; the others are told as well. */
export function refusedBy(refusals: readonly [Refusal, ...Refusal[]], checks: Checks): Outcome {
  const [{ code, rule, message: detail }] = refusals
  const codes = [...new Set(refusals.map(refusal => refusal.code))]
  return { verdict: verificationCodes[code].verdict, code, codes, rule, detail, checks }
}

/** All other rules held: the path decides, where one was asked for. */
export function decidedByPath(path: PathResult | undefined, checks: Checks): Outcome {
  if (!path) return { verdict: 'VALID', code: 'OK', codes: ['OK'], rule: '-', checks }
  const { verdict, code, rule, detail } = path
  const all = [...checks, ...path.checks]
  return { verdict, code, codes: [code], rule, ...(detail !== undefined && { detail }), checks: all }
}

/** What a failure of the path check itself amounts to: nothing is known then. */
export function pathFailed(error: unknown, checks: Checks): Outcome {
  const why = error instanceof Error ? error.message : 'the path was not checked'
  return refusedBy([new Refusal('PATH_NOT_FOUND', 'V36', why)], checks)
}

/** Of several outcomes the worst decides, and of equal ones the first; the codes of all that do not hold are told. */
export function worstOf(outcomes: readonly [Outcome, ...Outcome[]], checks: Checks): Outcome {
  const [first] = outcomes
  const word = (wanted: Outcome['verdict']) => outcomes.find(({ verdict }) => verdict === wanted)
  const worst = word('INVALID') ?? word('INDETERMINATE') ?? first
  const { verdict, code, rule, detail } = worst
  const found = [worst, ...outcomes].flatMap(({ codes }) => codes).filter(each => each !== 'OK')
  const codes = verdict === 'VALID' ? worst.codes : [...new Set(found)]
  return { verdict, code, codes, rule, ...(detail !== undefined && { detail }), checks }
}
