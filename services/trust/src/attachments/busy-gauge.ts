import { performance } from 'node:perf_hooks'

/** Of a second. Checks alone keep the first thread for half of it, a hub that takes in all it can for nine tenths. */
const busyShare = 0.8
const spanMs = 1_000

/** Tells whether this thread had next to no time left since it was looked at before, a second ago or longer. */
export function busyGauge(): () => boolean {
  let since = performance.eventLoopUtilization()
  let lookedAt = performance.now()
  let busy = false
  return () => {
    const at = performance.now()
    if (at - lookedAt >= spanMs) {
      const now = performance.eventLoopUtilization()
      busy = performance.eventLoopUtilization(now, since).utilization > busyShare
      since = now
      lookedAt = at
    }
    return busy
  }
}
