import { HubError } from '@docaxis/errors'
import { releaseUploadLease, renewUploadLease, type Sql, type UploadLease } from '@docaxis/store'

/** As long another instance waits before it takes over from one that died. */
export const leaseSeconds = 10

/** @param retryAfterSeconds until the lease ends, should its holder have died */
export function inUse(retryAfterSeconds = leaseSeconds): HubError {
  return new HubError('UPLOAD_IN_USE', 'another connection is writing to this upload', { retryAfterSeconds })
}

export interface HeldLease {
  readonly lease: UploadLease
  /** @throws HubError `UPLOAD_IN_USE` when the lease is lost, or may be: before each write */
  require(): void
  release(): Promise<void>
}

/**
 * Keeps a lease for as long as its holder works. A process that stood still knows by its own clock that another may
 * have taken over, and writes no more.
 */
export function holdLease(sql: Sql, lease: UploadLease, seconds = leaseSeconds): HeldLease {
  let heldUntil = performance.now() + seconds * 1000

  async function renew(): Promise<void> {
    const askedAt = performance.now()
    const held = await renewUploadLease(sql, lease, seconds)
    heldUntil = held ? askedAt + seconds * 1000 : 0
  }
  // A database that does not answer is not a lease that is lost: time decides.
  const timer = setInterval(() => void renew().catch(() => undefined), (seconds * 1000) / 3)

  return {
    lease,
    require() {
      if (performance.now() >= heldUntil) throw inUse()
    },
    async release() {
      clearInterval(timer)
      // One that cannot be given back ends by itself.
      await releaseUploadLease(sql, lease).catch(() => undefined)
    },
  }
}
