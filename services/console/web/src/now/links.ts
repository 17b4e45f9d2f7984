import type { AttentionLine, Flow } from './now-view.ts'

// Each number leads to the documents behind it, in the words that the address of `/documents` knows.

type Question = Readonly<Record<string, string>>

function documentsPath(question: Question): string {
  return `/documents?${new URLSearchParams(question)}`
}

export function attentionPath(line: AttentionLine): string {
  const { kind, worst, receivers } = line
  const receiver: Question = worst && receivers === 1 ? { receiver: worst.code } : {}
  switch (kind) {
    case 'authorities':
      return '/trust#authorities'
    case 'ending-soon':
      return '/trust?days=7'
    case 'ending':
      return '/trust?days=30'
    // What an event that was given up would have moved on waits there.
    case 'dead-letter':
    case 'stuck':
      return documentsPath({ transport: 'routed', ...receiver })
    case 'failed':
    case 'held':
      return documentsPath({ transport: kind, ...receiver })
    case 'not-fetched':
      return documentsPath({ transport: 'available', late: 'yes', ...receiver })
    case 'late':
      return documentsPath({ transport: 'fetched', late: 'yes', ...receiver })
    case 'refused':
      return documentsPath({ business: '02', ...receiver })
  }
}

/** What was accepted between two levels. The list asks by days: those of today, of which the last hour is a part. */
export function flowPath(flow: Flow, now: number): string {
  if (flow.accepted === 0 && flow.late > 0) return latePath(flow)
  const day = dayOf(now)
  return documentsPath({ from: day, to: day, ...levelsOf(flow) })
}

/** What is late between two levels, whenever it was sent. */
export function latePath(flow: Flow): string {
  return documentsPath({ late: 'yes', ...levelsOf(flow) })
}

const levelsOf = ({ from, to }: Flow): Question => ({ fromLevel: from, toLevel: to })

/** Documents accepted on the day of a moment. */
export function dayPath(at: number): string {
  const day = dayOf(at)
  return documentsPath({ from: day, to: day })
}

const vietnamMs = 7 * 3_600_000

function dayOf(at: number): string {
  return new Date(at + vietnamMs).toISOString().slice(0, 10)
}
