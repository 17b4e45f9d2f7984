import type { KeyQuestion } from './search-keys.ts'

/** What somebody looks for; each absent part asks for nothing. */
export interface DocumentQuestion extends KeyQuestion {
  /** Days of issue, `yyyy-mm-dd`, both included. */
  readonly issuedFrom?: string
  readonly issuedTo?: string
  /** Moments of acceptance, from included, to not. */
  readonly acceptedFrom?: Date
  readonly acceptedTo?: Date
  /**
   * What is true at one of its receivers, all of it at the same: with `receiver` at that one, within a scope at one that
   * the person sees.
   */
  readonly transport?: string
  readonly business?: string
  readonly late?: boolean
}

/** Whether it asks for something at a receiver. */
export function asksOfReceiver({ transport, business, late, toLevel }: DocumentQuestion): boolean {
  return late === true || [transport, business, toLevel].some(part => part !== undefined)
}

/** What nearly every document comes to. Nothing is listed under it: it is found among the newest. */
const settled: ReadonlySet<string> = new Set(['t:acknowledged', 'b:06'])

/** The lists of `document_mark` that all its answers stand in, those likely to be the shortest first. */
export function marksOf({ transport, business, late }: DocumentQuestion): string[] {
  const marks = [
    ...(late ? ['late'] : []),
    ...(business === undefined ? [] : [`b:${business}`]),
    ...(transport === undefined ? [] : [`t:${transport}`]),
  ]
  return marks.filter(mark => !settled.has(mark))
}
