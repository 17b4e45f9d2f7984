import type { AttentionLine, Flow } from './now-view.ts'

// Each number leads to the documents behind it: what `/documents` is asked for.

export function documentsPath(query: Readonly<Record<string, string>>): string {
  return `/documents?${new URLSearchParams(query)}`
}

export function attentionPath({ kind, worst, receivers }: AttentionLine): string {
  const receiver: Readonly<Record<string, string>> = worst && receivers === 1 ? { receiver: worst.code } : {}
  switch (kind) {
    case 'authorities':
      return '/trust#authorities'
    case 'ending-soon':
      return '/trust?days=7'
    case 'ending':
      return '/trust?days=30'
    case 'dead-letter':
    case 'failed':
      return documentsPath({ state: 'dead', ...receiver })
    case 'held':
      return documentsPath({ transport: 'held', ...receiver })
    case 'stuck':
    case 'not-fetched':
    case 'late':
    case 'refused':
      return documentsPath({ state: kind, ...receiver })
  }
}

const hourMs = 3_600_000

export function flowPath({ from, to }: Pick<Flow, 'from' | 'to'>, now: number): string {
  return documentsPath({ senderLevel: from, level: to, from: new Date(now - hourMs).toISOString() })
}

export function latePath({ from, to }: Pick<Flow, 'from' | 'to'>): string {
  return documentsPath({ senderLevel: from, level: to, late: '1' })
}

/** @param at the beginning of an hour, in seconds since 1970 */
export function hourPath(at: number): string {
  const from = at * 1000
  return documentsPath({ from: new Date(from).toISOString(), to: new Date(from + hourMs).toISOString() })
}
