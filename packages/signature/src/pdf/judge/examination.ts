import { type Checklist, createChecklist, failedCheck, Refusal } from '../../refusal.ts'
import type { Check } from '../../verdict.ts'
import { PdfFault } from '../reader/limits.ts'

/** Rules applied to one signature, and every one that failed: all are told, the first decides. */
export interface Examination {
  readonly checks: readonly Check[]
  readonly refusals: readonly Refusal[]
  /** Applies some rules; undefined when one of them refuses. */
  attempt<T>(step: (checklist: Checklist) => T | Promise<T>): Promise<T | undefined>
  refuse(refusal: Refusal): void
  /** Checks that another package made. */
  add(checks: readonly Check[]): void
}

export function createExamination(): Examination {
  const checklist = createChecklist()
  const { checks } = checklist
  const refusals: Refusal[] = []
  const refuse = (refusal: Refusal) => {
    refusals.push(refusal)
    checks.push(failedCheck(refusal))
  }
  return {
    checks,
    refusals,
    refuse,
    add: more => checks.push(...more),
    attempt: async step => {
      try {
        return await step(checklist)
      } catch (error) {
        refuse(refusalOf(error))
        return undefined
      }
    },
  }
}

/** What cannot be read is refused by name; anything else is a bug, or a disk that fails, and rises. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof PdfFault) return new Refusal('PDF_UNSUPPORTED', error.rule, error.message)
  throw error
}
