import { acknowledgeDeliveries, failDeliveries, type HandoverOutcome, type Tx } from '@docaxis/store'
import type { Caller } from '../caller.ts'
import type { GatewaySettings } from '../gateway.ts'

/** What a receiver says of one delivery: it has it, or could not take it. */
export interface HandoverReport {
  readonly id: string
  readonly result: 'stored' | 'failed'
  /** Why it failed, in the receiver's words; the sender reads it. */
  readonly reason?: string
}

/** Where a failed hand-over of unknown cause is told to the sender. */
export const noReason = 'the receiver gave no reason'

/**
 * Writes what a receiver reports on its deliveries, in one transaction. Safe to repeat. A delivery that stands in the
 * list twice is told once. Answers in the order of `reports`; other agencies' deliveries are `not-found`.
 */
export async function recordHandovers(
  tx: Tx,
  caller: Caller,
  settings: GatewaySettings,
  reports: readonly HandoverReport[],
): Promise<HandoverOutcome[]> {
  const { agencies, systemId } = caller
  const stored = reports.filter(report => report.result === 'stored').map(report => report.id)
  const outcomes = new Map<string, HandoverOutcome>()
  if (stored.length > 0) {
    keep(outcomes, await acknowledgeDeliveries(tx, { ids: unique(stored), agencies, systemId }))
  }
  for (const [reason, ids] of failedByReason(reports)) {
    const { maxAttempts, backOffMs } = settings
    keep(outcomes, await failDeliveries(tx, { ids: unique(ids), agencies, systemId, reason, maxAttempts, backOffMs }))
  }
  return reports.map(({ id }) => outcomes.get(id) ?? { id, result: 'not-found' })
}

/** Reports of one reason are written together: a system that is down fails hundreds at once. */
function failedByReason(reports: readonly HandoverReport[]): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const { id, result, reason = noReason } of reports) {
    if (result === 'failed') groups.set(reason, [...(groups.get(reason) ?? []), id])
  }
  return groups
}

function keep(outcomes: Map<string, HandoverOutcome>, found: readonly HandoverOutcome[]): void {
  for (const outcome of found) outcomes.set(outcome.id, outcome)
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)]
}
