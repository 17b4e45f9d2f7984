import type { ProblemFinding } from '../api-problem.ts'
import type { Words } from './words.ts'

/** Columns of equal width, two blanks apart; the last one runs free. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = []
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, width(cell))
  }
  return rows.map(row =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

/** `label   value` lines, indented; empty values are left out. */
export function facts(
  rows: readonly (readonly [label: string, value: string | number | null | undefined])[],
): string[] {
  const shown = rows.filter(([, value]) => value !== undefined && value !== null && value !== '')
  return table(shown.map(([label, value]) => [`  ${label}`, String(value)]))
}

/** One finding as a clerk reads it: sentence, then what to do, the code small at the end of the line. */
export function findingLines(findings: readonly ProblemFinding[], words: Words): string[] {
  return findings.flatMap(finding => {
    const hint = words.pick(finding.hint)
    const head = `  - ${words.pick(finding)} [${finding.code}${finding.path ? ` ${finding.path}` : ''}]`
    const { rule, detail } = finding.details ?? {}
    const why = detail === undefined ? [] : [`    ${rule === undefined ? '' : `${rule}: `}${detail}`]
    return [head, ...why, ...(hint ? [`    ${words.say('fix')}: ${hint}`] : [])]
  })
}

export function bytes(size: number): string {
  if (size < 1024) return `${size} B`
  const units = ['KB', 'MB', 'GB']
  let value = size
  let unit = -1
  do {
    value /= 1024
    unit += 1
  } while (value >= 1024 && unit < units.length - 1)
  return `${value.toFixed(1)} ${units[unit]}`
}

// Composed letters take one column each; decomposed marks would be counted twice.
const width = (text: string): number => [...text.normalize('NFC')].length
const pad = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - width(text)))
