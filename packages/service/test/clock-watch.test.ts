import { Writable } from 'node:stream'
import type { Sql } from '@docaxis/store'
import { testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { watchClock } from '../src/clock-watch.ts'
import { createLogger, createMetrics, renderMetrics } from '../src/index.ts'

let database: Awaited<ReturnType<typeof testDatabase>>

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

function watching({ aheadMs = 0, sql = database as Sql } = {}) {
  const lines: { level: string; msg: string }[] = []
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)))
      done()
    },
  })
  const clock = { aheadMs }
  const metrics = createMetrics('http')
  const logger = createLogger({ logLevel: 'info' }, stream)
  const now = () => new Date(Date.now() + clock.aheadMs)
  return { watch: watchClock({ database: sql, now, logger, metrics }), clock, lines, metrics }
}

it('is content with clocks that agree to the minute', async () => {
  const { watch, lines } = watching({ aheadMs: -30_000 })

  await watch.look()

  expect(watch.check()).toMatchObject({ name: 'clock', ok: true, advisory: true })
  expect(lines).toEqual([])
})

it.each([{ aheadMs: 120_000 }, { aheadMs: -120_000 }])(
  'raises an alarm at a difference of $aheadMs ms',
  async wrong => {
    const { watch, lines, metrics } = watching(wrong)

    await watch.look()
    await watch.look()

    expect(watch.check().ok).toBe(false)
    expect(watch.check().detail).toContain(`${wrong.aheadMs / 1000} s`)
    expect(lines).toMatchObject([{ level: 'warn' }])
    expect(await renderMetrics([metrics])).toMatch(/docaxis_clock_ahead_seconds\S* -?1(19|20)/)
  },
)

it('takes the alarm back when the clocks agree again', async () => {
  const { watch, clock, lines } = watching({ aheadMs: 3_600_000 })
  await watch.look()

  clock.aheadMs = 0
  await watch.look()

  expect(watch.check().ok).toBe(true)
  expect(lines.map(({ level }) => level)).toEqual(['warn', 'info'])
})
