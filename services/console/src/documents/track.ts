import type { BusinessReport, DeadlineView, Delivery, ReceiverRow } from '@docaxis/store'

/** The seven stations of a document at one receiver, in order. */
export const stations = ['sent', 'accepted', 'waiting', 'fetched', 'registered', 'processing', 'finished'] as const
export type Station = (typeof stations)[number]

export interface Stop {
  readonly station: Station
  /** Null: not reached, or passed without a moment of its own. */
  readonly at: string | null
  /** Who reported it, as they name themselves. */
  readonly by: string | null
}

/** What keeps a document from going on, or came in its way. The page has the words. */
export type TrackTrouble =
  | { readonly kind: 'fault' | 'failed' | 'refused' | 'change-refused'; readonly reason: string | null }
  | { readonly kind: 'held' | 'withdrawn' | 'expired' | 'take-back-asked' | 'update-asked' | 'revoke-asked' }
  | { readonly kind: 'late'; readonly owed: 'fetch' | 'acknowledge' | 'finish'; readonly dueAt: string }

export interface Track {
  readonly deliveryId: string | null
  readonly receiver: string
  readonly name: string | null
  readonly level: string | null
  readonly transport: string
  readonly business: string | null
  readonly stops: readonly Stop[]
  /** Index of the last station that was reached. */
  readonly reached: number
  /** Stored by the receiver's system, which says nothing of a register. */
  readonly storedAt: string | null
  /** Without a due date nobody owes "finished". */
  readonly asksFinish: boolean
  readonly troubles: readonly TrackTrouble[]
  readonly attempts: number
}

export interface TrackFacts {
  readonly receiver: ReceiverRow
  readonly delivery: Delivery | undefined
  readonly reports: readonly BusinessReport[]
  readonly deadlines: readonly DeadlineView[]
  readonly acceptedAt: Date
  readonly dueOn: string | null
  readonly name: string | null
}

/** How far a document has come at one receiver. */
export function trackOf(facts: TrackFacts): Track {
  const { receiver, delivery, dueOn } = facts
  const stops = stations.map(station => stopAt(station, facts))
  return {
    deliveryId: delivery?.id ?? null,
    receiver: delivery?.receiver ?? receiver.resolved ?? receiver.written,
    name: facts.name,
    level: delivery?.level ?? receiver.level ?? null,
    transport: delivery?.state ?? (receiver.fault === undefined ? 'accepted' : 'failed'),
    business: delivery?.business ?? null,
    stops,
    reached: reachedOf(stops, facts),
    storedAt: delivery?.state === 'acknowledged' ? iso(delivery.closedAt) : null,
    asksFinish: dueOn !== null,
    troubles: troublesOf(facts),
    attempts: delivery?.attempts ?? 0,
  }
}

/** Codes of edXML 6.2 that say the station was reached. */
const reported: Readonly<Partial<Record<Station, readonly string[]>>> = {
  registered: ['03'],
  processing: ['04', '05'],
  finished: ['06'],
}

function stopAt(station: Station, { delivery, reports, acceptedAt }: TrackFacts): Stop {
  const codes = reported[station]
  if (codes) {
    const report = reports.find(({ code, flagged, readAs }) => codes.includes(code) && !flagged && readAs === null)
    return { station, at: iso(report?.receivedAt), by: report ? reporterOf(report) : null }
  }
  const moments: Readonly<Partial<Record<Station, Date | null | undefined>>> = {
    sent: acceptedAt,
    accepted: acceptedAt,
    waiting: delivery?.availableAt,
    fetched: delivery?.firstFetchedAt,
  }
  return { station, at: iso(moments[station]), by: null }
}

function reporterOf({ staff, reporter }: BusinessReport): string {
  return [staff?.name, staff?.department].filter(Boolean).join(', ') || reporter
}

function reachedOf(stops: readonly Stop[], { delivery }: TrackFacts): number {
  // What is offered again waits again, though it was fetched before.
  const waits = delivery?.state === 'available'
  const furthest = stops.findLastIndex(({ station, at }) => at !== null && !(waits && station === 'fetched'))
  const stored = delivery?.state === 'acknowledged' ? stations.indexOf('fetched') : 0
  return Math.max(furthest, stored)
}

function troublesOf({ receiver, delivery, reports, deadlines }: TrackFacts): TrackTrouble[] {
  const { fault } = receiver
  if (fault !== undefined) return [{ kind: 'fault', reason: fault }]
  if (!delivery) return []
  const { state, business, businessChange, businessChangeKind } = delivery
  const reason = reports.findLast(report => report.code === '02' || report.code === '16')?.reason ?? null
  return [
    ...(state === 'failed' ? [{ kind: 'failed', reason: delivery.failReason } as const] : []),
    ...(state === 'held' || state === 'withdrawn' || state === 'expired' ? [{ kind: state } as const] : []),
    ...(business === '02' ? [{ kind: 'refused', reason } as const] : []),
    ...(businessChange === 'asked' ? [{ kind: `${businessChangeKind ?? 'take-back'}-asked` } as const] : []),
    ...(businessChange === 'refused' ? [{ kind: 'change-refused', reason } as const] : []),
    ...deadlines
      .filter(isOverdue)
      .map(({ kind, dueAt }) => ({ kind: 'late', owed: kind, dueAt: dueAt.toISOString() }) as const),
  ]
}

const isOverdue = ({ isVoid, metAt, dueAt, readAt }: DeadlineView): boolean =>
  !isVoid && metAt === null && dueAt.getTime() < readAt.getTime()

function iso(at: Date | null | undefined): string | null {
  return at?.toISOString() ?? null
}
