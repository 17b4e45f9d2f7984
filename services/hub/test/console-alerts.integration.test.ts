import { insertTrial, settleAlert } from '@docaxis/store/console'
import {
  itWithPrograms,
  type TestDatabase,
  testDatabase,
  testWebhookReceiver,
  type WebhookReceiver,
} from '@docaxis/testkit'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { consoleBrowser } from './support/console-browser.ts'
import { barriers, tabTo, widerThanScreen } from './support/console-visit.ts'
import { launchChromium } from './support/launch-chromium.ts'
import { keepScreen, screens } from './support/screens.ts'
import { type TestHub, testHub } from './support/test-hub.ts'

// The page of alerts, in a real browser against a real hub; a real web server gets what is sent.

const it = itWithPrograms('chromium')
const patience = 120_000

let hub: TestHub
let database: TestDatabase
let receiver: WebhookReceiver
let browser: Browser
let visit: ReturnType<typeof consoleBrowser>['visit']

beforeAll(async () => {
  database = await testDatabase()
  receiver = await testWebhookReceiver()
  hub = await testHub({
    DOCAXIS_DATABASE_URL: database.connectionString,
    DOCAXIS_PUSH_INSIDE_HOSTS: '127.0.0.1',
    DOCAXIS_PUSH_PLAIN_HOSTS: '127.0.0.1',
  })
  browser = await launchChromium()
  visit = consoleBrowser(browser, hub).visit
})
afterAll(async () => {
  await browser?.close()
  await hub?.stop()
  await receiver?.close()
  await database?.close()
})

it(
  'adds a chat service, and shows what it answers when it is tried out',
  async () => {
    await using seen = await visit({ path: '/alerts', as: 'administrator' })
    const { page } = seen
    await page.click('a[href="/alerts/destinations/new"]')
    await page.getByLabel('Tên', { exact: true }).fill('Nhóm trực')
    await page.getByLabel('Loại').selectOption('webhook')
    await page.getByLabel('Địa chỉ').fill(`${receiver.url}/hook/T0K3N`)
    await page.click('.form button[type=submit]')
    await page.waitForURL(/\/alerts\/destinations\/[0-9a-f]{24}$/)
    await page.waitForSelector('.button.danger')
    expect(await page.content()).not.toContain('T0K3N')

    await page.getByRole('button', { name: 'Gửi thử' }).click()
    await page.waitForSelector('.trial .badge.good', { timeout: 60_000 })
    await keepScreen(page, 'alert-destination')

    expect(await page.textContent('.trial')).toContain('HTTP 204')
    expect(receiver.received.map(({ path }) => path)).toEqual(['/hook/T0K3N'])
    expect(JSON.parse(receiver.received[0]?.body.toString() ?? '')).toEqual({
      text: expect.stringContaining('Nhóm trực'),
    })
    expect(await barriers(page)).toEqual([])
    expect(seen.faults).toEqual([])
  },
  patience,
)

it(
  'says why an address is not called',
  async () => {
    await using seen = await visit({ path: '/alerts/destinations/new', as: 'administrator', language: 'en' })
    const { page } = seen
    await page.getByLabel('Name', { exact: true }).fill('Inside')
    await page.getByLabel('Kind').selectOption('webhook')
    await page.getByLabel('Address').fill('https://169.254.169.254/latest')
    await page.click('.form button[type=submit]')

    await page.waitForSelector('.fault:not(:empty)')

    expect(await page.textContent('.fault')).toContain('169.254.169.254 is inside')
    expect(await barriers(page)).toEqual([])
  },
  patience,
)

it(
  'makes a rule with the keyboard alone, and takes it away again',
  async () => {
    await using seen = await visit({ path: '/alerts/rules/new', as: 'administrator' })
    const { page } = seen
    await tabTo(page, '.form input[type=text]')
    await page.keyboard.type('Rule by keyboard')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/alerts\/rules\/[0-9a-f]{24}$/)
    await page.waitForSelector('.button.danger')
    await keepScreen(page, 'alert-rule')
    await page.goto(`${hub.url}/alerts`)
    await page.getByRole('link', { name: 'Rule by keyboard' }).focus()
    await page.keyboard.press('Enter')
    await page.waitForSelector('.button.danger')

    await tabTo(page, '.button.danger')
    await page.keyboard.press('Enter')
    await page.waitForSelector('dialog[open]')
    await tabTo(page, 'dialog[open] .button.danger')
    await page.keyboard.press('Enter')
    await page.waitForSelector('#rules tbody')

    await expect.poll(() => page.textContent('#rules'), { timeout: 60_000 }).not.toContain('Rule by keyboard')
    expect(seen.faults).toEqual([])
  },
  patience,
)

describe.each(screens)('on $screen, $language', ({ screen, language, options }) => {
  it(
    'shows hostile names and answers as text, and stays within the screen',
    async () => {
      const hostile = `<script>alert(1)</script>\u202e${'dài'.repeat(30)}`
      const { rows } = await database.query<{ id: string }>(
        'select id from alert_destination order by created_at limit 1',
      )
      const title = `${hostile}${'x'.repeat(150)}`
      await database.query("update alert_rule set name = $1 where kind = 'stuck'", [hostile.slice(0, 100)])
      const id = await insertTrial(database, rows[0]?.id ?? '', { title, text: `${title}\n${title}`, link: null })
      await settleAlert(database, { id, sent: false, answer: hostile.repeat(4) })
      await using seen = await visit({ path: '/alerts', as: 'operator', language, options })
      const { page } = seen
      await page.waitForSelector('#rules tbody tr')
      await page.waitForSelector('#sent tbody tr')
      await page.locator('#sent summary').first().click()

      await keepScreen(page, `alerts-hostile-${screen}-${language}`)

      expect(await page.textContent('#rules')).toContain('<script>alert(1)</script>')
      expect(await page.textContent('#sent')).toContain('<script>alert(1)</script>')
      expect(await barriers(page)).toEqual([])
      expect(await widerThanScreen(page)).toBe(false)
      expect(seen.faults).toEqual([])
    },
    patience,
  )
})

it(
  'keeps which outcome is asked for in the address',
  async () => {
    await using seen = await visit({ path: '/alerts', as: 'operator' })
    const { page } = seen

    await page.click('#sent .chip:last-child')
    await page.waitForURL('**/alerts?state=failed')
    await page.waitForSelector('#sent .chip[aria-current=page]:last-child')

    await expect.poll(() => page.locator('#sent .badge.good').count(), { timeout: 60_000 }).toBe(0)
    expect(seen.faults).toEqual([])
  },
  patience,
)
