import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { busyGauge } from '../../src/attachments/busy-gauge.ts'

const overASecond = 1_100

function work(ms: number): void {
  const end = performance.now() + ms
  while (performance.now() < end);
}

it('tells a thread that works without a pause from one that waits', async () => {
  const busy = busyGauge()
  await sleep(0)
  work(overASecond)
  expect(busy()).toBe(true)

  await sleep(overASecond)

  expect(busy()).toBe(false)
})
