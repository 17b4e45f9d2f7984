import type { Gateway } from '../gateway.ts'

/** The judged time, and why it cannot be trusted where it is the hub's own (V54). */
export interface Moment {
  readonly at: Date
  readonly timeFault?: string
}

/** @param named by whoever asks, RFC 3339 */
export function momentOf({ now, clock }: Pick<Gateway, 'now' | 'clock'>, named: string | undefined): Moment {
  if (named !== undefined) return { at: new Date(named) }
  const timeFault = clock.fault()
  return { at: now(), ...(timeFault !== undefined && { timeFault }) }
}
