import type { AlertCondition, Finding, Findings } from '@docaxis/store/console'

/** What ends and is back within this time has not ended: a count that wavers around its threshold is told of once. */
export const sameEpisodeMs = 15 * 60_000

export interface Judged {
  readonly conditions: readonly AlertCondition[]
  /** To be told now. */
  readonly due: readonly Finding[]
}

/**
 * Sets what a rule finds against what it found before. A condition is told once; again when it ended and came back, when it
 * grew by a level, or when a hỏa tốc document joined it. What waits to be told and ends meanwhile is not told.
 *
 * @param when something that is found now is to be told
 */
export function judgeConditions(
  known: readonly AlertCondition[],
  { found, partial }: Findings,
  at: Date,
  when: (urgent: boolean) => Date,
): Judged {
  const before = new Map(known.map(condition => [condition.key, condition]))
  const now = found.map(finding => judged(before.get(finding.key), finding, at, when))
  const keys = new Set(found.map(({ key }) => key))
  const gone = known.filter(({ key, endedAt }) => !keys.has(key) && endedAt === null)
  const ended = partial ? [] : gone.map(condition => ({ ...condition, endedAt: at }))
  const isDue = ({ tellAt }: AlertCondition): boolean => tellAt !== null && tellAt <= at
  return {
    conditions: [...now.map(one => (isDue(one) ? { ...one, tellAt: null } : one)), ...ended],
    due: found.filter((_, place) => now[place] !== undefined && isDue(now[place])),
  }
}

function judged(
  before: AlertCondition | undefined,
  { key, count, since, level, urgent }: Finding,
  at: Date,
  when: (urgent: boolean) => Date,
): AlertCondition {
  const facts = { key, count, since, endedAt: null }
  if (!before || hasEnded(before, at)) return { ...facts, raisedAt: at, level, urgent, tellAt: when(urgent) }
  const grew = level > before.level || (urgent && !before.urgent)
  return {
    ...facts,
    raisedAt: before.raisedAt,
    level: Math.max(level, before.level),
    urgent: urgent || before.urgent,
    tellAt: grew ? earlier(before.tellAt, when(urgent)) : before.tellAt,
  }
}

function hasEnded({ endedAt }: AlertCondition, at: Date): boolean {
  return endedAt !== null && at.getTime() - endedAt.getTime() >= sameEpisodeMs
}

function earlier(one: Date | null, other: Date): Date {
  return one !== null && one < other ? one : other
}
