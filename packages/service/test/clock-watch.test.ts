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
  const clock = { aheadMs, elapsedMs: 0 }
  const metrics = createMetrics('http')
  const logger = createLogger({ logLevel: 'info' }, stream)
  const startedAt = Date.now()
  const now = () => new Date(startedAt + clock.elapsedMs + clock.aheadMs)
  const elapsedMs = () => clock.elapsedMs
  return { watch: watchClock({ database: sql, now, logger, metrics, elapsedMs }), clock, lines, metrics }
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

it('lets nothing be judged before it has compared, and while the clocks differ', async () => {
  const { watch, clock } = watching({ aheadMs: 3_600_000 })
  expect(watch.fault()).toMatch(/not compared/)

  await watch.look()
  expect(watch.fault()).toMatch(/differs from the database's by 3[56]\d\d s/)

  clock.aheadMs = 0
  expect(watch.fault()).toBeUndefined()
})

it('notices a jump at once, without asking the database again', async () => {
  const { watch, clock, lines } = watching()
  await watch.look()

  clock.elapsedMs = 30_000
  expect(watch.fault()).toBeUndefined()

  clock.aheadMs = -90_000
  expect(watch.fault()).toMatch(/by -(89|90|91) s/)
  expect(lines).toMatchObject([{ level: 'warn' }])
})
