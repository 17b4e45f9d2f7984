import { FetchFault } from './fetch-fault.ts'

/**
 * Ends work at its time limit, or when `signal` says so. A look-up of a name cannot be interrupted, but nobody waits for
 * it longer.
 *
 * @throws FetchFault for whatever goes wrong
 */
export async function withinTime<T>(
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal?: AbortSignal | undefined },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const timeout = AbortSignal.timeout(timeoutMs)
  const ends = signal ? AbortSignal.any([signal, timeout]) : timeout
  try {
    return await aborted(ends, work(ends))
  } catch (error) {
    if (error instanceof FetchFault) throw error
    if (timeout.aborted) throw new FetchFault(`no whole answer within ${timeoutMs / 1000} s`, error)
    throw new FetchFault(`no answer: ${error instanceof Error ? error.message : String(error)}`, error)
  }
}

async function aborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const onAbort = () => reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([work, promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
    work.catch(() => undefined)
  }
}
