import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { takeReportTurn } from '@docaxis/store/console'
import { itWithPrograms, type TestDatabase, testDatabase } from '@docaxis/testkit'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { barriers, tabTo, type VisitWish, visit, widerThanScreen } from './support/console-visit.ts'
import { launchChromium } from './support/launch-chromium.ts'
import { keepScreen, screens } from './support/screens.ts'
import { type TestHub, testHub } from './support/test-hub.ts'

// Reports and the totals of registers, in a real browser against a real hub that counts what it carried.

const it = itWithPrograms('chromium', 'pdftotext')
const patience = 120_000

let hub: TestHub
let database: TestDatabase
let browser: Browser

const hostile = `<script>alert(1)</script>\u202e${'lý do '.repeat(30)}`

beforeAll(async () => {
  database = await testDatabase()
  hub = await testHub({ DOCAXIS_DATABASE_URL: database.connectionString })
  await hub.hub.firstLetters
  await counted()
  await database.query("update report_refusal set reason = $1 where origin = 'receiver'", [hostile])
  browser = await launchChromium()
}, patience)
afterAll(async () => {
  await browser?.close()
  await hub?.stop()
  await database?.close()
})

describe.each(screens)('on $screen, $language', ({ screen, language, options }) => {
  it(
    'shows figures with their definitions, lines, months and refusals, harmlessly',
    async () => {
      await using visit = await open({ login: 'operator', path: '/reports?by=agency', language, browser: options })
      const { page } = visit
      await page.waitForSelector('.report-lines tbody tr')

      await keepScreen(page, `reports-${screen}-${language}`)

      expect(await page.locator('.figure-name').count()).toBe(7)
      expect(await page.textContent('.report')).toContain('<script>alert(1)</script>')
      expect(await barriers(page)).toEqual([])
      expect(await widerThanScreen(page)).toBe(false)
      expect(visit.faults).toEqual([])
    },
    patience,
  )
})

it(
  'leads from a number to the documents that it counts',
  async () => {
    await using visit = await open({ login: 'operator', path: '/reports?by=agency' })
    const { page } = visit
    const row = page.locator('.report-lines tbody tr', { hasText: 'G99' })
    const sent = Number(await row.locator('td').nth(1).textContent())

    await row.locator('td').nth(1).locator('a').click()
    await page.waitForSelector('.table tbody tr')

    expect(sent).toBe(2)
    expect(await page.locator('.table tbody tr').count()).toBe(sent)
    expect(visit.faults).toEqual([])
  },
  patience,
)

it(
  'gives the report as a PDF that can be read back',
  async () => {
    await using visit = await open({ login: 'operator', path: '/reports' })
    const { page } = visit
    await page.waitForSelector('.report-lines tbody tr')

    const [download] = await Promise.all([
      page.waitForEvent('download', { timeout: patience }),
      page.click('a[download][href*="format=pdf"]'),
    ])
    const file = await download.path()

    expect(download.suggestedFilename()).toMatch(/^docaxis-report-.*\.pdf$/)
    expect((await readFile(file)).subarray(0, 5).toString()).toBe('%PDF-')
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
    expect(text).toContain('Có chữ ký số hợp lệ')
    expect(text).toContain('<script>alert(1)</script>')
  },
  patience,
)

it(
  'takes totals of a register by the keyboard alone, and tells what stands in a bad file',
  async () => {
    await using visit = await open({ login: 'operator', path: '/reports/register?month=2026-09' })
    const { page } = visit
    await page.waitForSelector('.register-forms')
    await keepScreen(page, 'register-empty')

    await tabTo(page, '.register-forms input[required]', 80)
    await page.keyboard.type('G98')
    await page.keyboard.press('Tab')
    await page.keyboard.type('12')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.register tbody tr')
    expect(await page.textContent('.register tbody')).toContain('G98')

    const bad = 'agency,month,outgoing\nG97,2026-09,5\nX1,2026-09,5\n'
    await page.setInputFiles('input[type=file]', { name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.from(bad) })
    await page.waitForSelector('.line-faults li')
    await keepScreen(page, 'register-faults')
    expect(await page.locator('.line-faults li').allTextContents()).toEqual([expect.stringMatching(/^Dòng 3: .*X1/)])
    expect(await page.locator('.register tbody tr').count()).toBe(1)

    const good = bad.replace('X1', 'H99')
    await page.setInputFiles('input[type=file]', { name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.from(good) })
    await page.waitForSelector('.register tbody tr:nth-child(3)')
    expect(await barriers(page)).toEqual([])
    expect(visit.faults).toEqual([])
  },
  patience,
)

it(
  'lets those who only look enter nothing',
  async () => {
    await using visit = await open({ login: 'viewer-h99', path: '/reports/register' })
    await visit.page.waitForSelector('.notice-title, .register tbody tr')

    expect(await visit.page.locator('.register-forms').count()).toBe(0)
  },
  patience,
)

function open(wish: VisitWish) {
  return visit(browser, hub, wish)
}

/** Waits for the hub's own turn where that is at it; then all that has happened is counted. */
async function counted(): Promise<void> {
  for (let busy = true; busy; ) busy = (await takeReportTurn(database)).busy
}
