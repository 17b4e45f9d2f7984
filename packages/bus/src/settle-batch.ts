import { isDatabaseTrouble, isFinal, ProcessDiedError } from './trouble.ts'

/** How a batch is handled; each call is one transaction of its own. */
export interface BatchWork<E> {
  /** The handler's effect and the new position, together. */
  readonly handle: (events: readonly E[]) => Promise<void>
  /** Dead letter and the new position, together. */
  readonly bury: (event: E, error: unknown, tries: number) => Promise<void>
  readonly maxAttempts: number
}

export type BatchOutcome<E> =
  | { readonly kind: 'done' }
  /** `event` failed and may be tried again; what stood before it is done, what stands behind it waits for it. */
  | { readonly kind: 'retry'; readonly event: E; readonly tries: number; readonly error: unknown }
  /** The database does not answer: nobody's fault. */
  | { readonly kind: 'trouble'; readonly error: unknown }

const done = { kind: 'done' } as const

/**
 * Handles a batch in one transaction; a failing batch is halved until the bad event stands alone and is tried again,
 * or goes to the dead letters when its tries are used up.
 *
 * @param tries of the first event alone, counting this one; only meant for a batch of one
 */
export async function settleBatch<E>(
  events: readonly E[],
  tries: number,
  work: BatchWork<E>,
): Promise<BatchOutcome<E>> {
  const [first] = events
  if (first === undefined) return done
  try {
    if (tries > work.maxAttempts) {
      await work.bury(first, new ProcessDiedError(tries - 1), tries - 1)
      return await settleBatch(events.slice(1), 0, work)
    }
    return await tryBatch(events, first, tries, work)
  } catch (error) {
    // Only the dead letter itself can fail here.
    return { kind: 'trouble', error }
  }
}

async function tryBatch<E>(
  events: readonly E[],
  first: E,
  tries: number,
  work: BatchWork<E>,
): Promise<BatchOutcome<E>> {
  try {
    await work.handle(events)
    return done
  } catch (error) {
    if (isDatabaseTrouble(error)) return { kind: 'trouble', error }
    if (events.length > 1) return await settleHalves(events, work)
    const spent = Math.max(tries, 1)
    if (!isFinal(error) && spent < work.maxAttempts) return { kind: 'retry', event: first, tries: spent, error }
    await work.bury(first, error, spent)
    return done
  }
}

async function settleHalves<E>(events: readonly E[], work: BatchWork<E>): Promise<BatchOutcome<E>> {
  const middle = Math.ceil(events.length / 2)
  const outcome = await settleBatch(events.slice(0, middle), 0, work)
  return outcome.kind === 'done' ? await settleBatch(events.slice(middle), 0, work) : outcome
}

/** Pause before the next try of an event: grows fourfold, at most half a minute. */
export function retryPauseMs(firstMs: number, tries: number): number {
  return Math.min(firstMs * 4 ** (tries - 1), 30_000)
}
