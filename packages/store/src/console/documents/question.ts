import type { AttentionKind } from '../attention-sources.ts'
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
  /** It needs somebody, as the first page counts it; held, for this reason. */
  readonly needs?: { readonly kind: DocumentNeed; readonly why?: string }
  /** It came to pass between two moments, from included, to not, as the first page counts it. */
  readonly step?: { readonly name: TrafficStep; readonly from: Date; readonly to?: Date }
}

/** What documents may need somebody for. */
export type DocumentNeed = Exclude<AttentionKind, 'dead-letter'>

/** What is counted of the exchange by minute. */
export type TrafficStep = 'accepted' | 'fetched' | 'acknowledged'

/** Whether it asks for something at a receiver. */
export function asksOfReceiver({ transport, business, late, toLevel, needs, step }: DocumentQuestion): boolean {
  return late === true || [transport, business, toLevel, needs, step].some(part => part !== undefined)
}

/** What nearly every document comes to. Nothing is listed under it: it is found among the newest. */
const settled: ReadonlySet<string> = new Set(['t:acknowledged', 'b:06'])

const needMarks: Readonly<Record<DocumentNeed, string>> = {
  stuck: 't:routed',
  held: 't:held',
  'not-fetched': 'late',
  late: 'late',
  refused: 'b:02',
  failed: 't:failed',
}

/** The lists of `document_mark` that all its answers stand in, those likely to be the shortest first. */
export function marksOf({ transport, business, late, needs }: DocumentQuestion): string[] {
  const marks = [
    ...(needs ? [needMarks[needs.kind]] : []),
    ...(late ? ['late'] : []),
    ...(business === undefined ? [] : [`b:${business}`]),
    ...(transport === undefined ? [] : [`t:${transport}`]),
  ]
  return marks.filter(mark => !settled.has(mark))
}
