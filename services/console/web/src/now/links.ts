import type { AttentionLine, Flow, PulsePoint } from './now-view.ts'

// Each number leads to the documents behind it, in the words that the address of `/documents` knows.

type Question = Readonly<Record<string, string>>

function documentsPath(question: Question): string {
  return `/documents?${new URLSearchParams(question)}`
}

/** @param receiver narrows it to what waits for one agency */
export function attentionPath({ kind, why }: AttentionLine, receiver?: string): string {
  switch (kind) {
    case 'authorities':
      return '/trust?word=missing#authorities'
    case 'ending-soon':
      return '/trust?days=7'
    case 'ending':
      return '/trust?days=30'
    case 'dead-letter':
      return '/dead-letters'
    case 'stuck':
    case 'failed':
    case 'held':
    case 'not-fetched':
    case 'late':
    case 'refused':
      return documentsPath({ needs: kind, ...(why !== undefined && { why }), ...(receiver && { receiver }) })
  }
}

/** What is counted of the exchange, in the order in which the pulse tells it. */
export const trafficSteps = ['accepted', 'fetched', 'acknowledged'] as const
export type TrafficStep = (typeof trafficSteps)[number]

/** What came to pass between two levels since a moment; between one and all others where the other is left out. */
export function flowPath(levels: Partial<Pick<Flow, 'from' | 'to'>>, step: TrafficStep, since: string): string {
  return documentsPath({ step, since: minuteOf(Date.parse(since)), ...levelsOf(levels) })
}

/** What is late between two levels, whenever it was sent. */
export function latePath(levels: Partial<Pick<Flow, 'from' | 'to'>>): string {
  return documentsPath({ late: 'yes', ...levelsOf(levels) })
}

/** Where a flow leads as a whole: to what was accepted, or where nothing was to what is late. */
export function ribbonPath(flow: Flow, since: string): string {
  return flow.accepted === 0 && flow.late > 0 ? latePath(flow) : flowPath(flow, 'accepted', since)
}

const levelsOf = ({ from, to }: Partial<Pick<Flow, 'from' | 'to'>>): Question => ({
  ...(from && { fromLevel: from }),
  ...(to && { toLevel: to }),
})

const hourMs = 3_600_000

/**
 * What came to pass within an hour of the pulse.
 *
 * @param points all of it: of its first hour a part may be left out
 */
export function hourPath([at]: PulsePoint, step: TrafficStep, points: readonly PulsePoint[]): string {
  const since = Math.max(at, points[0]?.[0] ?? at) * 1000
  return documentsPath({ step, since: minuteOf(since), until: minuteOf(at * 1000 + hourMs) })
}

/** `2026-11-27T13:34Z`. */
function minuteOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16)}Z`
}
