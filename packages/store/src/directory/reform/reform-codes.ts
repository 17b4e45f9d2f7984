import type { ReformFile } from './read-reform-file.ts'

/** Codes of all agencies that a reform opens, closes or changes, and of those that follow closed ones, in order. */
export function reformCodes({ plan }: ReformFile): string[] {
  const following = plan.closings.flatMap(({ successor, choices }) => (successor ? [successor] : choices))
  return [...new Set([...plan.agencies.map(({ code }) => code), ...following])].sort()
}
