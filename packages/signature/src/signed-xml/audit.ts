import { CanonicalFormError } from '../c14n/canonical-method.ts'
import { failedCheck, Refusal } from '../refusal.ts'
import type { Check } from '../verdict.ts'

/** Rules applied, and every one that failed: a report names all that is wrong, the verdict goes by the first. */
export class Audit {
  readonly checks: Check[] = []
  readonly refusals: Refusal[] = []

  pass(rule: string, detail: string): void {
    this.checks.push({ rule, passed: true, detail })
  }

  refuse(refusal: Refusal): void {
    this.refusals.push(refusal)
    this.checks.push(failedCheck(refusal))
  }

  /**
   * Applies one rule. Whatever goes wrong inside refuses.
   *
   * @param fact what is so when the rule holds
   */
  apply<T>(rule: string, fact: string | ((result: T) => string), step: () => T): T | undefined {
    try {
      const result = step()
      this.pass(rule, typeof fact === 'string' ? fact : fact(result))
      return result
    } catch (error) {
      this.refuse(asRefusal(error, rule))
      return undefined
    }
  }
}

/** What a failure inside the check of a rule amounts to. */
export function asRefusal(error: unknown, rule: string): Refusal {
  if (error instanceof Refusal) return error
  const why = error instanceof Error ? error.message : 'the check failed'
  if (!(error instanceof CanonicalFormError)) return new Refusal('SIGNATURE_STRUCTURE', rule, why)
  return error.reason === 'too-large'
    ? new Refusal('XML_LIMIT_EXCEEDED', 'V01', why)
    : new Refusal('XML_MALFORMED', 'V09', why)
}
