import type { VerificationCode } from '@docaxis/errors'
import type { Check } from './verdict.ts'

/** The first rule that failed. Never leaves this package: it becomes a verdict. */
export class Refusal extends Error {
  readonly code: VerificationCode
  readonly rule: string

  constructor(code: VerificationCode, rule: string, detail: string) {
    super(detail)
    this.name = 'Refusal'
    this.code = code
    this.rule = rule
  }
}

/** Rules applied so far. */
export interface Checklist {
  readonly checks: Check[]
  /** Records a rule that was found to hold. */
  readonly pass: (rule: string, fact: string) => void
  /**
   * Records a rule that holds, refuses by one that does not.
   *
   * @param fact what is so when the rule holds
   * @param otherwise the two values that disagree
   */
  readonly hold: (holds: boolean, rule: string, fact: string, code: VerificationCode, otherwise: string) => void
}

export function createChecklist(): Checklist {
  const checks: Check[] = []
  const pass: Checklist['pass'] = (rule, detail) => {
    checks.push({ rule, passed: true, detail })
  }
  return {
    checks,
    pass,
    hold: (holds, rule, fact, code, otherwise) => {
      if (!holds) throw new Refusal(code, rule, otherwise)
      pass(rule, fact)
    },
  }
}

/** The refusal as the last check. */
export function failedCheck({ rule, message }: Refusal): Check {
  return { rule, passed: false, detail: message }
}

/** The hub's clock cannot be trusted: INDETERMINATE, to be asked again (V54). */
export function timeRefusal(timeFault: string): Refusal {
  return new Refusal('TIME_NOT_TRUSTED', 'V54', timeFault)
}
