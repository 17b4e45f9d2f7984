import { readFile } from 'node:fs/promises'
import { takeSearchTurn } from '@docaxis/store/console'
import { itWithPrograms, type TestDatabase, testDatabase } from '@docaxis/testkit'
import exceljs from 'exceljs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, vi } from 'vitest'
import { barriers, type VisitWish, visit } from './support/console-visit.ts'
import { launchChromium } from './support/launch-chromium.ts'
import { letter, sealed } from './support/letter.ts'
import { type TestHub, testHub } from './support/test-hub.ts'

// The list of documents as people use it every day: asked by day, kept as a filter, taken along as a file.

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })
const it = itWithPrograms('chromium')
const formula = '=HYPERLINK("http://evil.example","V/v kinh phí")'

let hub: TestHub
let database: TestDatabase
let browser: Browser

beforeAll(async () => {
  database = await testDatabase()
  hub = await testHub({ DOCAXIS_DATABASE_URL: database.connectionString })
  await hub.hub.firstLetters
  await hub.as('G99').send(await sealed(hub, letter(hub, 'G99', ['H99'], { subject: formula }), 'G99'))
  await takeSearchTurn(database)
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await hub?.stop()
  await database?.close()
})

it('gives the list as CSV, told as it comes, in which nothing is a formula', async () => {
  await using seen = await open({ login: 'operator', path: '/documents' })
  const { page } = seen
  const rows = await shownRows(page)

  const text = (await download(page, 'CSV')).toString()

  expect(text.trimEnd().split('\r\n')).toHaveLength(1 + rows)
  expect(text).toContain('V/v kinh phí')
  expect(text).not.toMatch(/(^|[,"])=HYPERLINK/m)
  expect(seen.faults).toEqual([])
})

it('gives the list as a workbook, in which nothing is a formula', async () => {
  await using seen = await open({ login: 'operator', path: '/documents' })
  const { page } = seen
  const rows = await shownRows(page)

  const book = new exceljs.Workbook()
  await book.xlsx.load(Uint8Array.from(await download(page, 'Excel')).buffer)

  const [sheet] = book.worksheets
  expect(sheet?.rowCount).toBe(1 + rows)
  const cells: unknown[] = []
  sheet?.eachRow(row => row.eachCell(cell => cells.push(cell.value)))
  expect(cells.some(value => String(value).includes('V/v kinh phí'))).toBe(true)
  expect(cells.filter(value => typeof value === 'object' && value !== null && 'formula' in value)).toEqual([])
})

it('gives no file where the list breaks off, and says so', async () => {
  await using seen = await open({ login: 'operator', path: '/documents' })
  const { page } = seen
  await page.route('**/document-export*', route => route.abort())

  await page.click('button:has-text("CSV")')
  await page.waitForSelector('.page [role=alert]')

  expect(await page.textContent('.page [role=alert]')).toMatch(/chưa đủ nên không được giữ. Hãy thử lại/)
})

it('keeps a question under a name, asks it again, and forgets it', async () => {
  await using seen = await open({ login: 'viewer-h99', path: '/documents?number=99999' })
  const { page } = seen
  await page.getByLabel('Tên bộ lọc').fill('Của <b>tôi</b>')
  await page.click('button:has-text("Lưu bộ lọc này")')
  const kept = page.locator('.saved-filter')
  await kept.waitFor()

  await page.goto(`${hub.url}/documents`)
  await page.waitForSelector('.subject')
  await openFilters(page)
  expect(await kept.textContent()).toContain('Của <b>tôi</b>')
  await kept.getByRole('link').click()
  await page.waitForURL('**/documents?number=99999')
  await page.waitForSelector('.subject', { state: 'detached' })
  expect(await barriers(page)).toEqual([])

  await kept.getByRole('button').click()
  await kept.waitFor({ state: 'detached' })
  await page.reload()
  await page.waitForSelector('.filter-box')
  expect(await kept.count()).toBe(0)
  expect(seen.faults).toEqual([])
})

it('takes a day as it is written here, whatever the browser speaks, and says of one that there is none', async () => {
  await using seen = await open({ login: 'operator', path: '/documents', browser: { locale: 'en-US' } })
  const { page } = seen
  await page.waitForSelector('.subject')
  await openFilters(page)
  const from = page.getByLabel('Ban hành từ ngày')

  await from.fill('31/4/2026')
  await page.keyboard.press('Enter')
  const told = await page.evaluate<string>('document.activeElement.validationMessage')
  expect(told).toMatch(/Không có ngày này/)
  expect(new URL(page.url()).search).toBe('')

  await from.fill('03112025')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/documents?issuedFrom=2025-11-03')
  expect(await from.inputValue()).toBe('03/11/2025')
  await page.getByRole('button', { name: 'Bỏ lọc' }).click()
  await page.waitForURL('**/documents')
  await openFilters(page)
  expect(await from.inputValue()).toBe('')
})

function open(wish: VisitWish) {
  return visit(browser, hub, wish)
}

async function shownRows(page: Page): Promise<number> {
  await page.waitForSelector('.subject')
  return page.locator('.subject').count()
}

async function openFilters(page: Page): Promise<void> {
  if (!(await page.isVisible('.filters'))) await page.click('.filter-box summary')
}

/** The file that a person gets; on its way the page says so. */
async function download(page: Page, format: string): Promise<Buffer> {
  const seenOnItsWay = page.waitForSelector('[role=status]:has-text("Đang tải")')
  await page.route('**/document-export*', async route => {
    await seenOnItsWay
    await route.continue()
  })
  const begun = page.waitForEvent('download')
  await page.click(`button:has-text("${format}")`)
  return readFile(await (await begun).path())
}
