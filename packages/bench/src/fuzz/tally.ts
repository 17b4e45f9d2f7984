import type { Difference, DifferenceRule, Judgement } from './judge.ts'

type Outcome = Judgement['outcome']

export interface KindTally {
  cases: number
  bothAccept: number
  valid: number
}

/** A case that can be looked at: its file, and how to make it again. */
export interface Example {
  readonly index: number
  readonly kinds: readonly string[]
  readonly file: string
}

export interface FoundDifference extends Example, Difference {
  /** The same difference in as few bytes as was cheap to find; absent when it could not be made smaller. */
  readonly smallestFile?: string
}

/** What a run found, as plain data: workers send theirs. */
export interface Tally {
  cases: number
  readonly outcomes: Record<Outcome, number>
  valid: number
  readonly verdicts: Record<string, number>
  readonly kinds: Record<string, KindTally>
  readonly stricter: Record<string, { count: number; readonly example: Example }>
  /** By rule: all are counted, the first ones kept. */
  readonly differences: Partial<Record<DifferenceRule, { count: number; readonly found: FoundDifference[] }>>
  /** For the second oracle: files that we call valid, and some that we refuse. */
  readonly validFiles: string[]
  readonly refusedFiles: { readonly file: string; readonly why: string }[]
}

export function emptyTally(): Tally {
  return {
    cases: 0,
    outcomes: { 'both accept': 0, 'both refuse': 0, stricter: 0, difference: 0 },
    valid: 0,
    verdicts: {},
    kinds: {},
    stricter: {},
    differences: {},
    validFiles: [],
    refusedFiles: [],
  }
}

export function count(tally: Tally, kinds: readonly string[], { outcome, verdict }: Judgement): void {
  const valid = verdict === 'OK' ? 1 : 0
  tally.cases += 1
  tally.outcomes[outcome] += 1
  tally.valid += valid
  if (verdict !== undefined) tally.verdicts[verdict] = (tally.verdicts[verdict] ?? 0) + 1
  for (const kind of new Set(kinds)) {
    tally.kinds[kind] ??= { cases: 0, bothAccept: 0, valid: 0 }
    const row = tally.kinds[kind]
    row.cases += 1
    row.bothAccept += outcome === 'both accept' ? 1 : 0
    row.valid += valid
  }
}

export function merge(tallies: readonly Tally[]): Tally {
  const sum = emptyTally()
  for (const tally of tallies) {
    sum.cases += tally.cases
    sum.valid += tally.valid
    for (const [key, value] of Object.entries(tally.outcomes)) sum.outcomes[key as Outcome] += value
    for (const [key, value] of Object.entries(tally.verdicts)) sum.verdicts[key] = (sum.verdicts[key] ?? 0) + value
    for (const [key, value] of Object.entries(tally.kinds)) mergeKind(sum, key, value)
    for (const [key, value] of Object.entries(tally.stricter)) {
      sum.stricter[key] = { example: value.example, count: value.count + (sum.stricter[key]?.count ?? 0) }
    }
    for (const [rule, value] of Object.entries(tally.differences)) mergeDifferences(sum, rule as DifferenceRule, value)
    sum.validFiles.push(...tally.validFiles)
    sum.refusedFiles.push(...tally.refusedFiles)
  }
  return sum
}

function mergeKind(sum: Tally, kind: string, { cases, bothAccept, valid }: KindTally): void {
  const before = sum.kinds[kind] ?? { cases: 0, bothAccept: 0, valid: 0 }
  sum.kinds[kind] = {
    cases: before.cases + cases,
    bothAccept: before.bothAccept + bothAccept,
    valid: before.valid + valid,
  }
}

function mergeDifferences(
  sum: Tally,
  rule: DifferenceRule,
  { count, found }: { count: number; found: readonly FoundDifference[] },
): void {
  const before = sum.differences[rule] ?? { count: 0, found: [] }
  sum.differences[rule] = { count: before.count + count, found: [...before.found, ...found] }
}
