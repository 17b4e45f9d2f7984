import type { Certificate, PathQuestion, PathResult, Purpose, Trust } from '../types.ts'

const maxSignatures = 100

/** What one question may still cost (V36). */
export interface Budget {
  /** Counts one signature check; false when there are none left. */
  readonly take: () => boolean
  readonly spent: () => boolean
}

/** One question while it is answered: shared by the path, its lists and the signers of these. */
export interface Search {
  readonly trust: Trust
  readonly intermediates: readonly Certificate[]
  readonly at: Date
  readonly purpose: Purpose
  readonly budget: Budget
  /** SHA-256 of list signers being checked: a signer cannot vouch for itself. */
  readonly openSigners: ReadonlySet<string>
  readonly validateSigner: (signer: Certificate, search: Search) => PathResult
}

export function createSearch(question: PathQuestion, validateSigner: Search['validateSigner']): Search {
  let signatures = 0
  const { trust, at, purpose } = question
  const take = () => {
    signatures += 1
    return signatures <= maxSignatures
  }
  return {
    trust,
    intermediates: [...trust.intermediates, ...question.intermediates],
    at,
    purpose,
    budget: { take, spent: () => signatures > maxSignatures },
    openSigners: new Set(),
    validateSigner,
  }
}
