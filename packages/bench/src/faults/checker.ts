import type { Journal, ReceivedDocument } from './journal.ts'

/** One broken invariant, with what shows it. Numbers as in the reliability requirements: I1 loss, I2 doubles, I3 bytes, I4 idempotence. */
export interface Violation {
  readonly invariant: 'I1' | 'I2' | 'I3' | 'I4'
  readonly what: string
}

/** Judges by the journals alone: no look into the database. */
export function check(journal: Journal): Violation[] {
  const byPlace = groupByPlace(journal.received)
  const violations: Violation[] = []

  for (const sent of journal.sent.values()) {
    if (sent.hubIds.size > 1) {
      violations.push({ invariant: 'I4', what: `${sent.documentId} was given ids ${[...sent.hubIds].join(', ')}` })
    }
    if (sent.outcome !== 'accepted') continue
    for (const receiver of sent.receivers) {
      violations.push(...checkPlace(journal, sent.sha256, sent.documentId, receiver, byPlace))
    }
  }
  return violations
}

function checkPlace(
  journal: Journal,
  sha256: string,
  documentId: string,
  receiver: string,
  byPlace: ReadonlyMap<string, readonly ReceivedDocument[]>,
): Violation[] {
  const place = `${documentId} at ${receiver}`
  const seen = byPlace.get(placeKey(documentId, receiver)) ?? []
  const violations: Violation[] = []

  if (seen.length === 0) return [{ invariant: 'I1', what: `${place} was accepted and never arrived` }]
  const deliveryIds = new Set(seen.map(row => row.deliveryId))
  if (deliveryIds.size > 1)
    violations.push({ invariant: 'I2', what: `${place} came as ${[...deliveryIds].join(', ')}` })
  if (seen.some(row => row.sha256 !== sha256)) violations.push({ invariant: 'I3', what: `${place} has other bytes` })
  if (![...deliveryIds].some(id => journal.acknowledged.has(id))) {
    violations.push({ invariant: 'I1', what: `${place} could not be acknowledged` })
  }
  return violations
}

function groupByPlace(received: readonly ReceivedDocument[]): Map<string, ReceivedDocument[]> {
  const groups = new Map<string, ReceivedDocument[]>()
  for (const row of received) {
    const key = placeKey(row.documentId, row.receiver)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [row])
    else group.push(row)
  }
  return groups
}

function placeKey(documentId: string, receiver: string): string {
  return JSON.stringify([documentId, receiver])
}
