/** `note`: worth knowing, stops nothing. `skipped`: does not apply here. */
export type CheckState = 'ok' | 'note' | 'fault' | 'skipped'

export interface CheckResult {
  readonly name: string
  readonly state: CheckState
  /** What was found. */
  readonly fact: string
  /** What to do; with a fault always, with a note where something can be done. */
  readonly fix?: string
}

export const ok = (name: string, fact: string): CheckResult => ({ name, state: 'ok', fact })
export const note = (name: string, fact: string, fix?: string): CheckResult => ({
  name,
  state: 'note',
  fact,
  ...(fix && { fix }),
})
export const fault = (name: string, fact: string, fix: string): CheckResult => ({ name, state: 'fault', fact, fix })
export const skipped = (name: string, fact: string): CheckResult => ({ name, state: 'skipped', fact })

export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0])
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message
}
