import { writeFile } from 'node:fs/promises'
import { askDirectory, findAgency } from '@docaxis/store'
import { itWithPrograms, type TestDatabase, testDatabase } from '@docaxis/testkit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, vi } from 'vitest'
import { consoleBrowser, type LookWish } from './support/console-browser.ts'
import { barriers, tabTo, widerThanScreen } from './support/console-visit.ts'
import { launchChromium } from './support/launch-chromium.ts'
import { keepScreen, screens } from './support/screens.ts'
import { type TestHub, testHub } from './support/test-hub.ts'

// Requests, imports and reforms of the directory, in a real browser against a real hub.

const it = itWithPrograms('chromium')

vi.setConfig({ testTimeout: 120_000 })

let hub: TestHub
let database: TestDatabase
let browser: Browser
let visit: (wish: Omit<LookWish, 'as'>) => ReturnType<ReturnType<typeof consoleBrowser>['visit']>

const reason = 'theo công văn 12/UBND'
const hostile = `<script>alert(1)</script>\u202e${'Xã '.repeat(50)}`

beforeAll(async () => {
  database = await testDatabase()
  hub = await testHub({ DOCAXIS_DATABASE_URL: database.connectionString })
  await hub.hub.firstLetters
  await database.transaction(tx =>
    askDirectory(tx, { systemId: 'demo-H99', kind: 'change', agencyCode: 'H99', wish: { name: hostile.trim() } }),
  )
  await writeFile(hub.file('good.csv'), 'code,name,level,parent\nH99.51,Xã Năm Mốt,commune,H99\nH99,"=1+1",province,\n')
  await writeFile(
    hub.file('bad.csv'),
    'code,name,level\nH99.52,,commune\nH99.53,<img src=x onerror=alert(1)>,nowhere\n',
  )
  browser = await launchChromium()
  const look = consoleBrowser(browser, hub)
  visit = wish => look.visit({ as: 'directory', ...wish })
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await hub?.stop()
  await database?.close()
})

describe.each(screens)('on $screen, $language', ({ screen, language, options }) => {
  const open = (path: string) => visit({ path, language, options })

  it('shows requests beside what stands now, a hostile one as mere text', async () => {
    await using seen = await open('/agencies/requests')

    await keepScreen(seen.page, `agency-requests-${screen}-${language}`)

    expect(await seen.page.textContent('.change-cards')).toContain('<script>alert(1)</script>')
    await expectGood(seen)
  })

  it('shows the faults of a file by line, and what a good one would do', async () => {
    await using seen = await open('/agencies/import')
    const { page } = seen

    await look(page, 'bad.csv')
    await page.waitForSelector('.faults li')
    await keepScreen(page, `agency-import-faults-${screen}-${language}`)
    const faults = await page.textContent('.faults')
    await look(page, 'good.csv')
    await page.waitForSelector('.foreseen tbody tr')
    await keepScreen(page, `agency-import-preview-${screen}-${language}`)

    expect(faults).toContain('T.Agency.level.Word')
    expect(await page.textContent('.foreseen tbody')).toContain('=1+1')
    // The browser itself says at the console that the hub refused the file.
    await expectGood({ ...seen, faults: seen.faults.filter(fault => !fault.includes('422')) })
  })

  it('shows what a reform built up in the form would touch', async () => {
    await using seen = await open('/agencies/reform?new=form')
    const { page } = seen

    await fillMerge(page)
    await page.click('form button[type=submit]')
    await page.waitForSelector('.foreseen tbody tr')
    await keepScreen(page, `reform-preview-${screen}-${language}`)

    expect(await page.textContent('.foreseen')).toContain('H99.32.07')
    await expectGood(seen)
  })
})

it('approves a request with a reason, by the keyboard alone', async () => {
  await using seen = await visit({ path: '/agencies/requests' })
  const { page } = seen

  await tabTo(page, '.change-card button[aria-label="Duyệt: H99.40"]', 80)
  await page.keyboard.press('Enter')
  await tabTo(page, 'dialog[open] textarea')
  await page.keyboard.type(reason)
  await tabTo(page, 'dialog[open] button[type=submit]')
  await page.keyboard.press('Enter')
  await page.waitForSelector('button[aria-label="Duyệt: H99.40"]', { state: 'detached' })

  const { agency } = (await findAgency(database, 'H99.40')) ?? {}
  expect(agency).toMatchObject({ parent: 'H99', level: 'commune' })
  await page.click('a[href="/agencies/requests?state=approved"]')
  await page.waitForSelector('.change-card')
  expect(await page.textContent('.change-card')).toContain('directory')
  expect(await page.textContent('.change-card')).toContain(reason)
})

it('writes a file as it was previewed, and not once the directory has changed', async () => {
  await using seen = await visit({ path: '/agencies/import' })
  const { page } = seen
  await look(page, 'good.csv')
  await page.waitForSelector('.foreseen tbody tr')
  await database.query("update agency set version = nextval('directory_version') where code = 'G99'")

  await confirm(page, '.foreseen')
  await page.waitForSelector('dialog[open] [role=alert]')
  const told = await page.textContent('dialog[open] [role=alert]')
  await page.click('dialog[open] button[type=button]:last-child')
  await page.click('form button[type=submit]')
  await page.waitForSelector('.foreseen tbody tr')
  await confirm(page, '.foreseen')
  await page.waitForSelector('.done:not(:empty)')

  expect(told).toContain('Danh mục đã thay đổi')
  expect((await findAgency(database, 'H99.51'))?.agency).toMatchObject({ name: 'Xã Năm Mốt' })
})

it('has a reform wait for its day, and calls it off', async () => {
  await using seen = await visit({ path: '/agencies/reform?new=form' })
  const { page } = seen
  await fillMerge(page)
  await page.click('form button[type=submit]')
  await page.waitForSelector('.foreseen tbody tr')

  await confirm(page, '.foreseen')
  await page.click('.done a')
  await page.waitForSelector('.deeds li')
  const waits = await page.textContent('.pairs')
  await confirm(page, 'article')
  await page.waitForSelector('article dialog', { state: 'detached' })

  expect(waits).toContain(reason)
  expect(await page.textContent('.pairs')).toContain('đã hủy')
})

it('leads from the directory to all three, and shows nobody else the way', async () => {
  const links = '.page-head a[href^="/agencies/"]'
  await using keeper = await visit({ path: '/agencies' })
  await using clerk = await consoleBrowser(browser, hub).visit({ as: 'viewer-h99', path: '/agencies' })

  expect(await keeper.page.locator(links).count()).toBe(3)
  expect(await clerk.page.locator(links).count()).toBe(0)
})

async function look(page: Page, name: string): Promise<void> {
  await page.setInputFiles('input[type=file]', hub.file(name))
  await page.click('form button[type=submit]')
}

/** Presses the button of this part, says why, and confirms. */
async function confirm(page: Page, part: string): Promise<void> {
  await page.click(`${part} > button[aria-haspopup=dialog]`)
  await page.fill('dialog[open] textarea', reason)
  await page.click('dialog[open] button[type=submit]')
}

async function fillMerge(page: Page): Promise<void> {
  const inputs = page.locator('form fieldset input:visible:not([type=date])')
  const values = ['Sáp nhập hai xã', '2999-hai-xa', '01/01/2999', '', 'Nghị quyết', 'H99.32.06, H99.32.07', 'H99.32.06']
  for (const [index, value] of values.entries()) await inputs.nth(index).fill(value)
}

async function expectGood({ page, faults }: { readonly page: Page; readonly faults: readonly string[] }) {
  expect(await barriers(page)).toEqual([])
  expect(await widerThanScreen(page)).toBe(false)
  expect(faults).toEqual([])
}
