import { type Periodic, periodic } from '@docaxis/service'
import { claimDueAuthorities, releaseAuthority } from '@docaxis/store'
import { refreshAnswers } from './refresh-answers.ts'
import type { RefreshDeps } from './refresh-deps.ts'
import { refreshLists } from './refresh-lists.ts'

/** Longer than all that is asked of one authority in a turn; a crashed instance's authority is taken over after it. */
const leaseMs = 180_000

/**
 * One worker: takes an authority for which something is due, asks, gives it back. Several of them, here and in other
 * instances, never ask the same authority at once, and a slow one keeps nobody else waiting.
 */
export function refresher(deps: RefreshDeps, everyMs: number): Periodic {
  return periodic({
    everyMs,
    work: () => refreshNext(deps),
    onError: error => deps.logger.error({ err: error }, 'asking an authority failed'),
  })
}

/** Whether there was one: then there may be another. */
export async function refreshNext(deps: RefreshDeps): Promise<boolean> {
  const [authority] = await claimDueAuthorities(deps.database, { limit: 1, leaseMs })
  if (!authority) return false
  try {
    if (authority.revocation !== 'ocsp') await refreshLists(deps, authority)
    if (authority.revocation !== 'crl') await refreshAnswers(deps, authority)
  } finally {
    await releaseAuthority(deps.database, authority.sha256)
  }
  return true
}
