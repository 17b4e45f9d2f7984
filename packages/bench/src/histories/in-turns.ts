import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type HistoriesOptions, type HistoriesResult, runHistories } from './histories.ts'
import { startHistoriesHub } from './hub.ts'

/** Each reform reads the whole directory, which has five more agencies after each history: a new hub is soon the quicker one. */
const perHub = 1_000

/** Histories by the thousand, each thousand at a hub of its own under `folder`. */
export async function runHistoriesInTurns(folder: string, options: HistoriesOptions): Promise<HistoriesResult> {
  const { histories, from = 0, log } = options
  let all: HistoriesResult = { histories: 0, steps: {}, differences: [] }
  for (let start = from; start < from + histories; start += perHub) {
    const hubFolder = join(folder, String(start))
    await mkdir(hubFolder)
    const hub = await startHistoriesHub(hubFolder)
    const range = { ...options, from: start, histories: Math.min(perHub, from + histories - start) }
    const result = await runHistories(hub, range).finally(() => hub.stop())
    all = together(all, result)
    for (const difference of result.differences) log?.(difference)
    if (result.differences.length === 0) await rm(hubFolder, { recursive: true })
    if (options.only !== undefined) break
  }
  return all
}

function together(left: HistoriesResult, right: HistoriesResult): HistoriesResult {
  const steps = new Map(Object.entries(left.steps))
  for (const [name, count] of Object.entries(right.steps)) steps.set(name, (steps.get(name) ?? 0) + count)
  return {
    histories: left.histories + right.histories,
    steps: Object.fromEntries(steps),
    differences: [...left.differences, ...right.differences],
  }
}
