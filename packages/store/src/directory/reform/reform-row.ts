import type { Finding } from '@docaxis/errors'
import type { ReformFigures } from './reform-figures.ts'

/** `blocked`: on its day the file had faults against the directory as it was by then; nothing was written. */
export type ReformState = 'scheduled' | 'applied' | 'cancelled' | 'blocked'

export interface ReformRecord {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly effectiveOn: string
  readonly state: ReformState
  /** What it would have touched when it was asked for. */
  readonly preview: ReformFigures
  /** What it did. */
  readonly outcome?: ReformFigures
  readonly faults?: readonly Finding[]
  readonly askedBy: string
  readonly askedAt: Date
  readonly reason?: string
  readonly settledAt?: Date
  readonly cancelledBy?: string
  readonly cancelReason?: string
}

export const reformColumns = `
reform.id, reform.name, reform.title, reform.effective_on::text, reform.state, reform.preview, reform.outcome,
reform.faults, reform.asked_by, reform.asked_at, reform.reason, reform.settled_at, reform.cancelled_by,
reform.cancel_reason`

export interface ReformRow {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly effective_on: string
  readonly state: ReformState
  readonly preview: ReformFigures
  readonly outcome: ReformFigures | null
  readonly faults: Finding[] | null
  readonly asked_by: string
  readonly asked_at: Date
  readonly reason: string | null
  readonly settled_at: Date | null
  readonly cancelled_by: string | null
  readonly cancel_reason: string | null
}

export function reformOf(row: ReformRow): ReformRecord {
  return {
    id: row.id,
    name: row.name,
    title: row.title,
    effectiveOn: row.effective_on,
    state: row.state,
    preview: figuresOf(row.preview),
    ...(row.outcome && { outcome: figuresOf(row.outcome) }),
    ...(row.faults && { faults: row.faults }),
    askedBy: row.asked_by,
    askedAt: row.asked_at,
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.settled_at && { settledAt: row.settled_at }),
    ...(row.cancelled_by !== null && { cancelledBy: row.cancelled_by }),
    ...(row.cancel_reason !== null && { cancelReason: row.cancel_reason }),
  }
}

/** Reforms of an earlier release counted no agencies with another center. */
function figuresOf(stored: ReformFigures): ReformFigures {
  return { ...stored, agencies: { ...stored.agencies, rehomed: stored.agencies.rehomed ?? 0 } }
}
