import { setTimeout as sleep } from 'node:timers/promises'
import { HubError } from '@docaxis/errors'

/** Slows callers down instead of turning them away: kits know no 429. */
export interface Pace {
  /**
   * Lets a proved call through, held for a while where its system calls too often.
   *
   * @throws HubError `RATE_LIMITED`: still too often; answered 503, which kits repeat
   */
  admit(systemId: string): Promise<void>
  /** Holds the refusal of an address that was refused often lately. No system is ever locked by its id, which is public. */
  refused(address: string): Promise<void>
}

export interface VxpPace {
  /** A call of a system that calls too often is held so long at most. */
  readonly longestHoldMs: number
  /** Refusals of one address a minute that are answered at once. */
  readonly freeRefusals: number
  /** The first refusal that is held; each further one twice as long. */
  readonly firstHoldMs: number
}

export const usualPace: VxpPace = {
  longestHoldMs: 5_000,
  freeRefusals: 20,
  firstHoldMs: 100,
}

/** Held answers cost a connection each; beyond so many at once they are given at once. */
const mostHeld = 500
const minuteMs = 60_000

export function createPace(options: VxpPace & { readonly callsPerMinute: number }): Pace {
  const { callsPerMinute, longestHoldMs, freeRefusals, firstHoldMs } = options
  const calls = countByMinute()
  const refusals = countByMinute()
  let held = 0

  async function hold(ms: number): Promise<void> {
    if (held >= mostHeld || ms <= 0) return
    held += 1
    await sleep(Math.min(ms, longestHoldMs), undefined, { ref: false })
    held -= 1
  }

  return {
    async admit(systemId) {
      if (calls.add(systemId) <= callsPerMinute) return
      await hold(calls.msLeft())
      if (calls.add(systemId) <= callsPerMinute) return
      const retryAfterSeconds = Math.ceil(calls.msLeft() / 1_000)
      throw new HubError('RATE_LIMITED', `more than ${callsPerMinute} calls a minute`, { retryAfterSeconds })
    },
    async refused(address) {
      const over = refusals.add(address) - freeRefusals
      if (over > 0) await hold(firstHoldMs * 2 ** Math.min(over - 1, 16))
    },
  }
}

/** Counts of the minute that runs; all are forgotten with its end, so memory is bounded by what one minute brings. */
function countByMinute() {
  const counts = new Map<string, number>()
  let endsAt = 0

  function turn(): void {
    const now = performance.now()
    if (now < endsAt) return
    counts.clear()
    endsAt = now + minuteMs
  }

  return {
    add(key: string): number {
      turn()
      const count = (counts.get(key) ?? 0) + 1
      counts.set(key, count)
      return count
    },
    msLeft: () => Math.max(0, endsAt - performance.now()),
  }
}
