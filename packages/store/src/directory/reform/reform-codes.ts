import type { ReformFile } from './read-reform-file.ts'

/**
 * Codes of all agencies of today that a reform closes or changes, below which it opens one, or that follow closed ones,
 * in order. Those that it opens are nobody's yet.
 */
export function reformCodes({ plan }: ReformFile): string[] {
  const opened = new Set(plan.opened)
  const touched = plan.agencies.map(({ code, parent = '' }) => (opened.has(code) ? parent : code))
  const following = plan.closings.flatMap(({ successor, choices }) => successor ?? choices)
  const codes = new Set([...touched, ...following].filter(code => code !== '' && !opened.has(code)))
  return [...codes].sort()
}
