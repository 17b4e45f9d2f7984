import type { PathQuestion, PathResult, Trust } from '../types.ts'
import { validatePath } from './validate-path.ts'

/** Judged at one moment in every way, and by every rule. */
type Question = Omit<PathQuestion, 'signedAt' | 'algorithmsAt' | 'outdated'>

const maxEntries = 10_000

const remembered = new WeakMap<Trust, Map<string, PathResult>>()

/**
 * `validatePath`, remembered per trust: the same sender's certificate comes with every packet. Only VALID answers are
 * kept, and only used within the time they hold; the oldest goes when there are 10,000.
 */
export function validatePathCached(question: Question): PathResult {
  const answers = answersOf(question.trust)
  const key = keyOf(question)
  const known = answers.get(key)
  if (known?.holds && known.holds.from <= question.at && question.at <= known.holds.until) return known

  const result = validatePath(question)
  answers.delete(key)
  if (result.holds) {
    answers.set(key, result)
    for (const oldest of answers.keys()) {
      if (answers.size <= maxEntries) break
      answers.delete(oldest)
    }
  }
  return result
}

function answersOf(trust: Trust): Map<string, PathResult> {
  const known = remembered.get(trust) ?? new Map<string, PathResult>()
  remembered.set(trust, known)
  return known
}

/** All of the question but its moment; with other intermediates the path could be another. */
function keyOf({ certificate, intermediates, purpose, revocation, policy, maxCrlAgeHours }: Question): string {
  const asked = [purpose, revocation, maxCrlAgeHours, policy && JSON.stringify(policy)]
  return [...asked, certificate.sha256, ...intermediates.map(({ sha256 }) => sha256)].join(' ')
}
