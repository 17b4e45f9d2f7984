import { usageOf } from '../process-usage.ts'
import { pause } from '../processes.ts'

const lookMs = 500
/** Of one core. */
const idleShare = 0.2
const idleLooks = 3
const patienceMs = 120_000

/**
 * Resolves when a program and its children have next to nothing to do: what acknowledgements set off, receipts, chain and
 * search among it, is done then, and no part of what is measured next.
 */
export async function untilIdle(pid: number): Promise<void> {
  const deadline = performance.now() + patienceMs
  let before = usageOf(pid).cpuSeconds
  for (let idle = 0; idle < idleLooks; ) {
    if (performance.now() > deadline) throw new Error(`process ${pid} was still busy after ${patienceMs} ms`)
    await pause(lookMs)
    const now = usageOf(pid).cpuSeconds
    idle = now - before < (idleShare * lookMs) / 1000 ? idle + 1 : 0
    before = now
  }
}
