import { parentPort, workerData } from 'node:worker_threads'
import { runCases, type Share } from './run-cases.ts'

/** Runs its share on a thread of its own and sends the tally as its last message; before it, how far it is. */
const tally = await runCases(workerData as Share, cases => parentPort?.postMessage({ cases }))
parentPort?.postMessage({ cases: tally.cases, tally })
