import { itWithPrograms, type TestDatabase, testDatabase } from '@docaxis/testkit'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { barriers, tabTo, type VisitWish, visit, widerThanScreen } from './support/console-visit.ts'
import { launchChromium } from './support/launch-chromium.ts'
import { keepScreen, screens } from './support/screens.ts'
import { type TestHub, testHub } from './support/test-hub.ts'

// The first page of the console, in a real browser against a real hub whose demo agencies have written to each other.

const it = itWithPrograms('chromium')

let hub: TestHub
let database: TestDatabase
let browser: Browser

beforeAll(async () => {
  database = await testDatabase()
  hub = await testHub({ DOCAXIS_DATABASE_URL: database.connectionString })
  await hub.hub.firstLetters
  // The letters of the demo end with one that was refused.
  await database.query("update business_report set received_at = received_at - interval '2 days' where code = '02'")
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await hub?.stop()
  await database?.close()
})

const hostile = `<img src=x onerror=alert(1)>\u202e\u200b${'Ủy ban nhân dân '.repeat(10)}`

describe.each(screens)('on $screen, $language', ({ screen, language, options }) => {
  it('says calmly that nothing needs anybody, and draws what flows', async () => {
    await using visit = await open({ login: 'viewer-h99', language, browser: options })
    const { page } = visit
    await page.waitForSelector('.ribbon path')
    await page.waitForSelector('.pulse-chart canvas')
    await page.waitForSelector('.health li')

    await keepScreen(page, `now-calm-${screen}-${language}`)

    expect(await page.textContent('.calm')).toMatch(language === 'vi' ? /Không có việc gì/ : /Nothing needs/)
    expect(await barriers(page)).toEqual([])
    expect(await widerThanScreen(page)).toBe(false)
    expect(visit.faults).toEqual([])
  })

  it('names what needs somebody, whatever it is called, and leads to it', async () => {
    await using _trouble = await makeTrouble()
    await using visit = await open({ login: 'operator', language, browser: options })
    const { page } = visit
    await page.waitForSelector('.attention li')
    await page.waitForSelector('.pulse-chart canvas')

    await keepScreen(page, `now-trouble-${screen}-${language}`)

    expect(await page.textContent('.attention')).toContain('<img src=x onerror=alert(1)>')
    expect(await page.locator('.attention img').count()).toBe(0)
    expect(await page.locator('.attention li').count()).toBeLessThanOrEqual(7)
    expect(await page.locator('.ribbon.late').count()).toBeGreaterThan(0)
    expect(await barriers(page)).toEqual([])
    expect(await widerThanScreen(page)).toBe(false)
    expect(visit.faults).toEqual([])
  })
})

it('moves when something has happened, without being asked again', async () => {
  await using visit = await open({ login: 'operator' })
  const { page } = visit
  await page.waitForSelector('.calm')

  await using _trouble = await makeTrouble()

  await page.waitForSelector('.attention li', { timeout: 60_000 })
  expect(await page.locator('.attention a.button').first().getAttribute('href')).toMatch(/^\/documents\?/)
})

it('shows each picture as a table with the same figures, by the keyboard alone', async () => {
  await using visit = await open({ login: 'operator' })
  const { page } = visit
  await page.waitForSelector('.ribbon path')

  await tabTo(page, '.ribbon')
  const sentence = await page.evaluate<string>("document.activeElement.getAttribute('aria-label')")
  expect(await page.textContent('.flow-words')).toBe(sentence)
  await tabTo(page, '.block-head button')
  await page.keyboard.press('Enter')

  expect(await page.locator('.block table tbody tr').count()).toBeGreaterThan(0)
  expect(await barriers(page)).toEqual([])
})

it('holds still for those who wish so', async () => {
  await using visit = await open({ login: 'operator', browser: { reducedMotion: 'reduce' } })
  await visit.page.waitForSelector('.ribbon path')

  const longest = await visit.page.evaluate<number>(`Math.max(...[...document.querySelectorAll('*')].map(element => {
    const { transitionDuration, animationDuration } = getComputedStyle(element)
    return Math.max(parseFloat(transitionDuration), parseFloat(animationDuration))
  }))`)

  expect(longest).toBe(0)
})

it('ends when the person signs out elsewhere', async () => {
  await using visit = await open({ login: 'auditor' })
  await visit.page.waitForSelector('.health li')

  await database.query('update account_session set ended_at = now() where ended_at is null')

  await visit.page.waitForSelector('input[autocomplete=current-password]', { timeout: 60_000 })
})

it('loads under 150 KB before the chart', async () => {
  await using visit = await open({ login: 'operator' })
  await visit.page.waitForSelector('.health li')

  const sizes = await visit.page.evaluate<readonly { readonly name: string; readonly bytes: number }[]>(
    "performance.getEntriesByType('resource').filter(({ name }) => name.includes('/assets/')).map(({ name, encodedBodySize }) => ({ name, bytes: encodedBodySize }))",
  )
  const first = sizes.filter(({ name }) => !name.includes('pulse-chart'))

  expect(first.length).toBeGreaterThan(0)
  expect(first.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(150 * 1024)
})

function open(wish: VisitWish) {
  return visit(browser, hub, wish)
}

/** Deadlines of some deliveries pass, and one of their receivers has a name that would like to be more. */
async function makeTrouble(): Promise<AsyncDisposable> {
  const { rows } = await database.query<{ receiver: string; name: string }>(`
    with late as (
      select deadline.delivery_id, deadline.kind
        from deadline
        join delivery on delivery.id = deadline.delivery_id
       where delivery.state in ('available', 'fetched')
    ), missed as (
      update deadline
         set state = 'missed', calendar_revision = greatest(calendar_revision, 1), hours = coalesce(hours, ''),
             clock = coalesce(clock, 'working'), counted_from = coalesce(counted_from, arrived_at),
             due_at = now() - interval '3 hours', missed_at = now(), missed_transport = 'available', next_at = null
        from late
       where (deadline.delivery_id, deadline.kind) = (late.delivery_id, late.kind)
      returning deadline.receiver
    )
    select agency.code as receiver, agency.name from missed join agency on agency.code = missed.receiver`)
  const [worst] = rows
  if (!worst) throw new Error('no delivery of the demo waits')
  await database.query('update agency set name = left($1, 200) where code = any($2)', [
    hostile,
    rows.map(row => row.receiver),
  ])
  return {
    async [Symbol.asyncDispose]() {
      await database.query(
        "update deadline set state = 'open', missed_at = null, missed_transport = null, due_at = now() + interval '1 day' where state = 'missed'",
      )
      for (const { receiver, name } of rows)
        await database.query('update agency set name = $2 where code = $1', [receiver, name])
    },
  }
}
