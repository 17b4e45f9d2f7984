import { setTimeout } from 'node:timers/promises'

const pauseMs = 50
const usualPatienceMs = 20_000

/** Asks until the answer is there. @throws Error naming what did not come */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  patienceMs = usualPatienceMs,
): Promise<T> {
  const until = performance.now() + patienceMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (performance.now() > until) throw new Error(`${what} did not come`)
    await setTimeout(pauseMs)
  }
}
