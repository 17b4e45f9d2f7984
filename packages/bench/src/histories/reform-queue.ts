import { pause } from '../processes.ts'
import type { Change } from './directory-rules.ts'
import type { HistoriesHub } from './hub.ts'
import { caller } from './office.ts'

/** Does the changes of many histories as one reform: what comes while one is done goes into the next. */
export interface ReformQueue {
  /** Resolves when the change is in force. */
  apply(change: Change): Promise<void>
}

/** The hub reads each file in a thread of its own: the more changes go into one, the fewer threads. */
const gatherMs = 500

/** A day on which every agency of the histories is open already; what is asked is done at once. */
const effectiveOn = '2026-01-01'

export function openReformQueue(hub: HistoriesHub): ReformQueue {
  const call = caller(hub, hub.operatorToken)
  let waiting: Change[] = []
  let current: Promise<void> = Promise.resolve()
  let next: Promise<void> | undefined

  async function applyWaiting(): Promise<void> {
    await pause(gatherMs)
    const changes = waiting
    waiting = []
    next = undefined
    const name = `histories-${hub.unused()}`
    const file = { format: 'docaxis-reform-1', name, title: name, effectiveOn, changes }
    const headers = { 'content-type': 'application/json' }
    const answer = await call('POST', '/admin/reforms', headers, JSON.stringify(file))
    if (answer.status !== 201) throw new Error(`the reform was answered ${answer.status}: ${answer.text}`)
  }

  return {
    apply(change) {
      waiting.push(change)
      if (next === undefined) {
        next = current.then(applyWaiting, applyWaiting)
        current = next
      }
      return next
    },
  }
}
