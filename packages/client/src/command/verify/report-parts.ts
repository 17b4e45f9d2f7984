import type { Check } from '@docaxis/signature'
import { table } from '../output.ts'
import type { Words } from '../words.ts'
import { reportTexts, ruleNameIn } from './texts.ts'

/** A line for each rule that was applied. */
export function checkRows(checks: readonly Check[], words: Words): string[] {
  const mark = (passed: boolean) => `  ${words.pick(passed ? reportTexts.passed : reportTexts.failed)}`
  return table(checks.map(({ rule, passed, detail }) => [mark(passed), rule, ruleNameIn(words, rule), detail]))
}

/** A titled part of the report; nothing without lines. */
export function sectionLines(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines]
}
