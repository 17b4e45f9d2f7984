import type { Fault } from './algorithms.ts'
import type { PathCheck } from './types.ts'

/** One rule: its number, what it looks at, and why the subject breaks it (undefined: it does not). */
export type Rule<T> = readonly [rule: string, applied: string, check: (subject: T) => Fault | undefined]

/** What was checked, in order, and the failure that decided. */
export interface Findings {
  readonly checks: readonly PathCheck[]
  readonly fault?: Fault
}

/** Applies rules in order; the first that fails decides, and those behind it are not asked. */
export function judge<T>(rules: readonly Rule<T>[], subject: T): Findings {
  const checks: PathCheck[] = []
  for (const [rule, applied, check] of rules) {
    const fault = check(subject)
    checks.push({ rule: fault?.rule ?? rule, passed: fault === undefined, detail: fault?.detail ?? applied })
    if (fault) return { checks, fault }
  }
  return { checks }
}
