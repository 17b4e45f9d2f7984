import { itWithPrograms } from '@docaxis/testkit'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { consoleBrowser } from './support/console-browser.ts'
import { barriers, passwordOf, tabTo, widerThanScreen } from './support/console-visit.ts'
import { consoleVisits } from './support/console-visits.ts'
import { firstLoadOf, keepFirstLoad, watchFirstLoad } from './support/first-load.ts'
import { dialogFaults, walkThrough } from './support/keyboard-walk.ts'
import { launchChromium } from './support/launch-chromium.ts'
import { screens } from './support/screens.ts'
import { type TestHub, testHub } from './support/test-hub.ts'

// Every page of the console, in a real browser against a real hub: both languages, desktop, phone and dark.

const it = itWithPrograms('chromium')
const patience = 120_000

let hub: TestHub
let browser: Browser
let visit: ReturnType<typeof consoleBrowser>['visit']
let look: ReturnType<typeof consoleBrowser>['look']

beforeAll(async () => {
  hub = await testHub()
  await hub.hub.firstLetters
  browser = await launchChromium()
  ;({ visit, look } = consoleBrowser(browser, hub))
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await hub?.stop()
})

// Side by side, a few at a time: much of each is waiting for the browser.
describe.concurrent.each(consoleVisits)('$name', where => {
  it.each(screens)(
    'keeps nobody out and stays within the screen: $screen, $language',
    async ({ language, options }) => {
      await using seen = await look({ ...where, language, options })

      expect(await barriers(seen.page)).toEqual([])
      expect(await widerThanScreen(seen.page)).toBe(false)
      expect(seen.faults).toEqual([])
      expect(await seen.page.getAttribute('html', 'lang')).toBe(language)
    },
    patience,
  )

  it(
    'is gone through with the Tab key, from its beginning to its end',
    async () => {
      await using seen = await look(where)

      expect(await walkThrough(seen.page)).toEqual({ missed: [], outOfOrder: [], unseen: [], left: true })
      expect(await dialogFaults(seen.page)).toEqual([])
    },
    patience,
  )
})

it('looks at every page that the navigation leads to', async () => {
  await using seen = await visit({ path: '/settings/account', as: 'administrator' })

  const links: readonly string[] = await seen.page.evaluate(
    "[...document.querySelectorAll('.rail a')].map(link => link.getAttribute('href'))",
  )

  // The public page has a test of its own.
  const looked = new Set(['/verify', ...consoleVisits.map(({ path }) => path.split('?')[0])])
  expect(links.filter(link => !looked.has(link))).toEqual([])
})

it.each([
  { path: '/nowhere', accept: 'text/html,*/*', type: 'text/html' },
  { path: '/documents/a/b', accept: 'text/html,*/*', type: 'text/html' },
  { path: '/nowhere', accept: '*/*', type: 'application/problem+json' },
  { path: '/api/v1/nowhere', accept: 'text/html,*/*', type: 'application/problem+json' },
  { path: '/assets/nowhere.js', accept: 'text/html,*/*', type: 'application/problem+json' },
])('answers $path, where nothing is, to somebody who takes $accept, as $type', async ({ path, accept, type }) => {
  const answer = await fetch(hub.url + path, { headers: { accept } })

  expect(answer.status).toBe(404)
  expect(answer.headers.get('content-type')).toContain(type)
})

it(
  'leads past the navigation with the first key',
  async () => {
    await using seen = await visit({ path: '/settings/account', as: 'viewer-h99' })
    const { page } = seen

    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')

    expect(await page.evaluate("document.activeElement.closest('main') !== null")).toBe(true)
  },
  patience,
)

it(
  'holds on a phone the first places in a bar, and the others on a sheet that the keyboard opens, closes and leaves',
  async () => {
    const phone = { viewport: { width: 360, height: 740 } }
    await using seen = await visit({ path: '/settings/account', as: 'administrator', options: phone })
    const { page } = seen
    const places = page.locator('.rail > ul > li > :visible')
    const more = places.last()
    expect(await places.count()).toBe(5)
    expect(await more.getAttribute('aria-current')).toBe('true')

    await tabTo(page, '.only-in-bar > button')
    await page.keyboard.press('Enter')
    expect(await page.isVisible('.sheet a[href="/settings/people"]')).toBe(true)
    expect(await barriers(page)).toEqual([])
    expect(await widerThanScreen(page)).toBe(false)
    await page.keyboard.press('Escape')
    expect(await page.isVisible('.sheet')).toBe(false)
    expect(await page.evaluate("document.activeElement.matches('.only-in-bar > button')")).toBe(true)

    await page.keyboard.press('Enter')
    await tabTo(page, '.sheet a[href="/settings/people"]')
    await page.keyboard.press('Enter')
    await page.waitForSelector('a[href="/settings/people/new"]')
    await page.waitForSelector('.sheet', { state: 'hidden' })
    expect(seen.faults).toEqual([])
  },
  patience,
)

it(
  'lets somebody in, and out again, with the keyboard alone',
  async () => {
    await using seen = await visit({ path: '/settings/account' })
    const { page } = seen
    await tabTo(page, 'input[autocomplete=username]')
    await page.keyboard.type('viewer-h99')
    await tabTo(page, 'input[type=password]')
    await page.keyboard.type(await passwordOf(hub, 'viewer-h99'))
    await page.keyboard.press('Enter')
    await page.waitForSelector('.rail')

    expect(await page.textContent('h1')).toBe('Tài khoản của tôi')
    expect(await page.textContent('.pairs')).toContain('Tạ Thị Thư')

    await tabTo(page, 'button[title="Đăng xuất"]')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.sign-in-box')
    expect(seen.faults).toEqual([])
  },
  patience,
)

it(
  'says what to do when the password is wrong',
  async () => {
    await using seen = await visit({ path: '/' })
    const { page } = seen
    await page.fill('input[autocomplete=username]', 'viewer-h99')
    await page.fill('input[type=password]', 'wrong')
    await page.keyboard.press('Enter')

    await page.waitForSelector('.fault:not(:empty)')

    expect(await page.textContent('.fault')).toMatch(/không đúng.*nhờ quản trị cấp lại/)
    expect(await barriers(page)).toEqual([])
  },
  patience,
)

it(
  'has a new account choose a password of its own before anything else',
  async () => {
    await using seen = await visit({ path: '/settings/people/new', as: 'administrator' })
    const { page } = seen
    await page.getByLabel('Tên đăng nhập').fill('moi.vao')
    await page.getByLabel('Họ tên').fill('<img src=x onerror=alert(1)>\u202eNgười mới')
    await page.getByLabel('Cơ quan và cấp dưới').fill('H99')
    await page.click('button[type=submit]')
    const password = (await page.textContent('.once .secret')) ?? ''
    expect(await page.textContent('h1')).toContain('<img src=x onerror=alert(1)>')

    await using first = await visit({ path: '/' })
    await first.page.fill('input[autocomplete=username]', 'moi.vao')
    await first.page.fill('input[type=password]', password)
    await first.page.keyboard.press('Enter')
    await first.page.waitForSelector('.told')
    expect(new URL(first.page.url()).pathname).toBe('/settings/account')

    await first.page.getByLabel('Mật khẩu hiện tại').fill(password)
    await first.page.getByLabel('Mật khẩu mới').fill('một câu của riêng mình')
    await first.page.click('button[type=submit]')
    await first.page.waitForSelector('.told', { state: 'detached' })

    expect(first.faults).toEqual([])
    expect(seen.faults).toEqual([])
  },
  patience,
)

it.each([
  { name: 'sign-in', path: '/', shown: '.sign-in-box' },
  { name: 'now', path: '/', as: 'administrator', shown: '.pulse-chart canvas' },
  { name: 'documents', path: '/documents', as: 'operator', shown: '.page .subject' },
])(
  'comes in under 150 KB at first, as a phone loads it: $name',
  async ({ name, shown, ...where }) => {
    await using seen = await visit({ ...where, options: { viewport: { width: 360, height: 740 } } })
    const { page } = seen
    await watchFirstLoad(page)

    await page.goto(hub.url + where.path)
    await page.waitForSelector(shown)
    const load = await firstLoadOf(page)
    await keepFirstLoad(name, load)

    expect(load.assetBytes).toBeGreaterThan(0)
    expect(load.assetBytes).toBeLessThan(150 * 1024)
    expect(load.lcpMs).toBeGreaterThan(0)
  },
  patience,
)
