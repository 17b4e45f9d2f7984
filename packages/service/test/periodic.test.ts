import { expect, it, vi } from 'vitest'
import { periodic } from '../src/index.ts'

const never = 1_000_000_000

it('runs again at once while more is waiting', async () => {
  const runs: number[] = []
  const task = periodic({ everyMs: never, work: async () => runs.push(1) < 3, onError: () => undefined })

  task.start()
  task.nudge()

  await vi.waitFor(() => expect(runs).toHaveLength(3))
  await task.stop()
})

it('runs once more when nudged while it runs', async () => {
  let runs = 0
  let finish = () => {}
  const work = () => {
    runs += 1
    return new Promise<boolean>(resolve => {
      finish = () => resolve(false)
    })
  }
  const task = periodic({ everyMs: never, work, onError: () => undefined })
  task.start()
  task.nudge()

  task.nudge()
  expect(runs).toBe(1)
  finish()

  await vi.waitFor(() => expect(runs).toBe(2))
  finish()
  await task.stop()
})

it('goes on after a run that failed', async () => {
  const errors: unknown[] = []
  let runs = 0
  const task = periodic({
    everyMs: 1,
    work: async () => {
      runs += 1
      throw new Error(`run ${runs}`)
    },
    onError: error => errors.push(error),
  })

  task.start()

  await vi.waitFor(() => expect(errors.length).toBeGreaterThan(2))
  await task.stop()
})

it('waits for the run in hand when it stops, and starts no other', async () => {
  let finished = 0
  const task = periodic({
    everyMs: 1,
    work: async () => {
      await Promise.resolve()
      finished += 1
      return true
    },
    onError: () => undefined,
  })
  task.start()
  task.nudge()

  await task.stop()
  const atStop = finished
  task.nudge()
  await new Promise(resolve => setImmediate(resolve))

  expect(finished).toBe(atStop)
  expect(atStop).toBeGreaterThan(0)
})
