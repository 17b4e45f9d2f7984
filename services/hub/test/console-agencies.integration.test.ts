import { findSystemByToken } from '@docaxis/store'
import { itWithPrograms, type TestDatabase, testDatabase } from '@docaxis/testkit'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { consoleBrowser } from './support/console-browser.ts'
import { barriers, tabTo, widerThanScreen } from './support/console-visit.ts'
import { launchChromium } from './support/launch-chromium.ts'
import { keepScreen, screens } from './support/screens.ts'
import { type TestHub, testHub } from './support/test-hub.ts'

// The directory and one agency, in a real browser against a real hub.

const it = itWithPrograms('chromium')
const patience = 120_000

/** Script, a turn of direction, nothing to break a line at, 200 characters: the most that a name may have. */
const hostile = `<script>alert(1)</script>\u202e\u200b${'Cơquan'.repeat(29)}`.slice(0, 200)

let hub: TestHub
let database: TestDatabase
let browser: Browser
let visit: ReturnType<typeof consoleBrowser>['visit']

beforeAll(async () => {
  database = await testDatabase()
  hub = await testHub({ DOCAXIS_DATABASE_URL: database.connectionString })
  await hub.hub.firstLetters
  await database.query("update agency set name = $1, short_name = $1, locality = $1 where code = 'G98'", [hostile])
  await database.query("update system set name = $1 where id = 'demo-G98'", [hostile.repeat(3).slice(0, 500)])
  browser = await launchChromium()
  visit = consoleBrowser(browser, hub).visit
}, patience)
afterAll(async () => {
  await browser?.close()
  await hub?.stop()
  await database?.close()
})

describe.each(screens)('on $screen, $language', ({ screen, language, options }) => {
  it(
    'shows names that mean harm as the text that they are',
    async () => {
      await using seen = await visit({ as: 'directory', path: '/agencies?open=level-central', language, options })
      const { page } = seen
      await page.waitForSelector('.tree ul a')
      expect(await page.textContent('.tree')).toContain('<script>alert(1)</script>')
      expect(await widerThanScreen(page)).toBe(false)

      await page.click('.tree a[href="/agencies/G98"]')
      await page.waitForSelector('#systems .system')
      await page.waitForSelector('#lateness .how')
      await keepScreen(page, `agency-hostile-${screen}-${language}`)

      expect(await page.textContent('h1')).toContain('<script>alert(1)</script>')
      expect(await barriers(page)).toEqual([])
      expect(await widerThanScreen(page)).toBe(false)
      expect(seen.faults).toEqual([])
    },
    patience,
  )
})

it(
  'opens the tree branch by branch, and asks for nothing that is not opened; what is open stands in the address',
  async () => {
    await using seen = await visit({ as: 'directory', path: '/agencies' })
    const { page } = seen
    const asked: string[] = []
    page.on('request', request => {
      if (request.url().includes('/agency-branch')) asked.push(new URL(request.url()).search)
    })

    await tabTo(page, '.toggle[aria-label$="Cấp tỉnh"]')
    await page.keyboard.press('Enter')
    await page.waitForSelector('a[href="/agencies/H99"]')
    await tabTo(page, '.toggle[aria-label$="tỉnh Mây Trắng"]')
    await page.keyboard.press('Enter')
    await page.waitForSelector('a[href="/agencies/H99.32"]')

    expect(asked).toEqual(['?level=province', '?parent=H99'])
    expect(new URL(page.url()).searchParams.get('open')).toBe('level-province,H99')
    // The closed code says who follows it.
    expect(await page.textContent('.tree')).toMatch(/H99\.31.*nay là Ủy ban nhân dân huyện Suối Mơ/)
    await page.reload()
    await page.waitForSelector('a[href="/agencies/H99.32"]')
    expect(seen.faults).toEqual([])
  },
  patience,
)

it.each([
  { what: 'a name without accents', query: 'huyen suoi mo', codes: ['H99.32'] },
  { what: 'a name with accents', query: 'Thác Bạc', codes: ['H99.31'] },
  { what: 'a code of 2016', query: '000.05.32.H99', codes: ['H99.32.05'] },
  { what: 'nobody’s name', query: 'không có', codes: [] },
])(
  'finds an agency by $what',
  async ({ query, codes }) => {
    await using seen = await visit({ as: 'directory', path: '/agencies' })
    const { page } = seen
    await page.getByLabel('Tên hoặc mã').fill(query)
    await page.keyboard.press('Enter')
    await page.waitForSelector('.table tbody tr, .notice-title')

    expect(await page.locator('.table tbody td:first-child code').allTextContents()).toEqual(codes)
    expect(new URL(page.url()).searchParams.get('q')).toBe(query)
  },
  patience,
)

it(
  'gives a system a token that is seen once, with the keyboard alone, and takes it away again',
  async () => {
    await using seen = await visit({ as: 'directory', path: '/agencies/H99' })
    const { page } = seen
    await page.waitForSelector('#systems .system')

    await tabTo(page, '#systems .system-head .button')
    await page.keyboard.press('Enter')
    // What it will do is said before it does it.
    expect(await page.textContent('dialog[open]')).toMatch(
      /Hiện một lần duy nhất.*gửi và nhận văn bản thay cho 1 cơ quan/,
    )
    await tabTo(page, 'dialog[open] button[type=submit]')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.once .secret')

    const token = (await page.textContent('.once .secret')) ?? ''
    expect(await findSystemByToken(database, token)).toMatchObject({ id: 'demo-H99' })
    expect(await page.evaluate("document.activeElement.classList.contains('once')")).toBe(true)
    expect(await barriers(page)).toEqual([])

    await page.reload()
    await page.waitForSelector('#systems tbody tr')
    expect(await page.content()).not.toContain(token)

    await page.click('#systems tbody tr:first-child .button.danger')
    await page.click('dialog[open] button[type=submit]')
    await page.waitForSelector('#systems tbody tr:first-child .button.danger', { state: 'detached' })
    expect(await findSystemByToken(database, token)).toBeUndefined()
    expect(seen.faults).toEqual([])
  },
  patience,
)

it(
  'shows a clerk the agency, and neither its credentials nor anything to change',
  async () => {
    await using seen = await visit({ as: 'viewer-h99', path: '/agencies/H99' })
    const { page } = seen
    await page.waitForSelector('#certificates tbody tr')
    await page.waitForSelector('#lateness .how')

    expect(await page.locator('#systems').count()).toBe(0)
    expect(await page.locator('.agency button.button').count()).toBe(0)
    expect(seen.faults).toEqual([])
  },
  patience,
)

it(
  'locks an agency, says what that does, and shows that nothing arrives',
  async () => {
    await using seen = await visit({ as: 'directory', path: '/agencies/G97' })
    const { page } = seen
    await page.click('#limits .button')
    await page.getByLabel('Nhận văn bản').uncheck()
    expect(await page.textContent('dialog[open]')).toContain('văn bản mới gửi tới cơ quan này bị từ chối ngay')
    await page.click('dialog[open] button[type=submit]')
    await page.waitForSelector('#identity .badge.bad')

    expect(await page.textContent('#identity')).toContain('Đang khóa nhận')
    const { rows } = await database.query("select can_receive from agency where code = 'G97'")
    expect(rows).toEqual([{ can_receive: false }])
    expect(seen.faults).toEqual([])
  },
  patience,
)

it(
  'tells nobody whether an agency outside of their scope exists',
  async () => {
    await using outside = await visit({ as: 'viewer-h99.32.05', path: '/agencies/G98' })
    await using unknown = await visit({ as: 'viewer-h99.32.05', path: '/agencies/X98' })

    const texts = await Promise.all(
      [outside, unknown].map(async ({ page }) => {
        await page.waitForSelector('.notice-title')
        expect(await barriers(page)).toEqual([])
        return (await page.textContent('main'))?.replace(/[GX]98/, '')
      }),
    )

    expect(texts[0]).toContain('Không có cơ quan này trong phạm vi của bạn')
    expect(texts[0]).toBe(texts[1])
  },
  patience,
)
