import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Waits for `work` for so long and no longer. What is given up goes on by itself, and its outcome is nobody's.
 *
 * @param lateError what is thrown when the time is over
 */
export async function inTime<T>(work: Promise<T>, ms: number, lateError: () => Error): Promise<T> {
  const patience = new AbortController()
  const tooLate = sleep(ms, undefined, { signal: patience.signal, ref: false }).then(() => {
    throw lateError()
  })
  tooLate.catch(() => undefined)
  return await Promise.race([work, tooLate]).finally(() => patience.abort())
}
