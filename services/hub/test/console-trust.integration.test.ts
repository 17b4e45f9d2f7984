import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { addSources, askForTrust, listAuthorities, listSources, recordSourceFailure } from '@docaxis/store'
import { itWithPrograms, type TestDatabase, testDatabase } from '@docaxis/testkit'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { barriers, tabTo, type VisitWish, visit, widerThanScreen } from './support/console-visit.ts'
import { launchChromium } from './support/launch-chromium.ts'
import { keepScreen, screens } from './support/screens.ts'
import { type TestHub, testHub } from './support/test-hub.ts'

// The page of trust, in a real browser against a real hub whose certificates come to their ends.

const it = itWithPrograms('chromium')

let hub: TestHub
let database: TestDatabase
let browser: Browser

const hostile = `CN=<script>alert(1)</script>\u202e${'Con dấu '.repeat(40)}, O=Z`

beforeAll(async () => {
  database = await testDatabase()
  hub = await testHub({ DOCAXIS_DATABASE_URL: database.connectionString, DOCAXIS_ANCHOR_OPERATORS: 'two' })
  await hub.hub.firstLetters
  await end('G99', '20 days 1 hour')
  await end('G98', '5 days 1 hour')
  await end('H99', '-2 days')
  await database.query("update agency_certificate set subject = $1 where agency_code = 'G98'", [hostile])
  const [authority] = await listAuthorities(database)
  const url = 'http://ca.example/list.crl'
  await addSources(database, [{ authority: authority?.sha256 ?? '', kind: 'crl', url, givenBy: 'certificate' }])
  const source = (await listSources(database)).find(one => one.url === url)
  await recordSourceFailure(database, source?.id ?? '', { fault: 'no answer within 5 s', dueInMs: 3_600_000 })
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await hub?.stop()
  await database?.close()
})

describe.each(screens)('on $screen, $language', ({ screen, language, options }) => {
  it('shows ends, authorities, what waits and the keys of the hub', async () => {
    await askForAnchor('system-of-somebody')
    await using visit = await open({ login: 'trust', path: '/trust', language, browser: options })
    const { page } = visit
    await page.waitForSelector('#hub-keys tbody tr')
    await page.waitForSelector('#authorities tbody tr')
    await page.waitForSelector('#requests li')
    await page.waitForSelector('#certificates tbody tr')

    await keepScreen(page, `trust-${screen}-${language}`)

    expect(await page.textContent('#certificates tbody')).toContain('<script>alert(1)</script>')
    expect(await page.textContent('#authorities')).toContain('no answer within 5 s')
    expect(await barriers(page)).toEqual([])
    expect(await widerThanScreen(page)).toBe(false)
    expect(visit.faults).toEqual([])
  })

  it('shows whose traffic would stop without an authority', async () => {
    await using visit = await open({ login: 'trust', path: '/trust', language, browser: options })
    const { page } = visit

    await page.click('#authorities tbody a')
    await page.waitForSelector('#what-if tbody tr')
    await keepScreen(page, `trust-what-if-${screen}-${language}`)

    expect(await page.textContent('#what-if tbody')).toContain('G99')
    expect(await page.evaluate("document.activeElement.closest('#what-if') !== null")).toBe(true)
    expect(await barriers(page)).toEqual([])
    expect(await widerThanScreen(page)).toBe(false)
    expect(visit.faults).toEqual([])
  })
})

it('shows whose certificates end this month after two clicks from the sign-in page', async () => {
  await using visit = await open({ login: 'operator' })
  const { page } = visit

  await page.click('.rail a[href="/trust"]')
  await page.waitForSelector('#certificates tbody tr')

  expect(await visit.clicks()).toBe(2)
  expect(await page.locator('#certificates tbody code').allTextContents()).toEqual(['G98', 'G99'])
})

it('keeps the window that was chosen in the address, by the keyboard alone', async () => {
  await using visit = await open({ login: 'operator', path: '/trust' })
  const { page } = visit
  await page.waitForSelector('#certificates tbody tr')

  await tabTo(page, '.windows a[href="/trust?days=ended"]')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/trust?days=ended')

  expect(await page.locator('#certificates tbody code').allTextContents()).toEqual(['H99'])
})

it('shows a clerk the certificates of their agencies, and nothing of what the staff decides', async () => {
  await using visit = await open({ login: 'viewer-g99', path: '/trust' })
  const { page } = visit
  await page.waitForSelector('#certificates tbody tr')

  expect(await page.locator('#certificates tbody code').allTextContents()).toEqual(['G99'])
  expect(await page.locator('#requests').count()).toBe(0)
  expect(await page.locator('#authorities tbody a').count()).toBe(0)
  expect(visit.faults).toEqual([])
})

it('trusts an anchor that another person asked for once it is confirmed twice over', async () => {
  await askForAnchor('system-of-somebody')
  await using visit = await open({ login: 'administrator', path: '/trust' })
  const { page } = visit

  await page.click('#requests .button:not(.danger)')
  await page.click('#requests .button.primary')
  await page.waitForSelector('#requests .calm')

  const { rows } = await database.query('select from trust_anchor where retired_at is null')
  expect(rows).toHaveLength(1)
})

function open(wish: VisitWish) {
  return visit(browser, hub, wish)
}

/** Moves the end of an agency's certificates: so long from now. */
function end(agency: string, after: string): Promise<unknown> {
  return database.query(
    "update agency_certificate set not_after = now() + $2::interval where agency_code = $1 and kind = 'seal'",
    [agency, after],
  )
}

async function askForAnchor(askedBy: string): Promise<void> {
  const certificate = await readFile(join(hub.demoFolder, 'ca.pem'), 'utf8')
  const object = new X509Certificate(certificate).fingerprint256.replaceAll(':', '').toLowerCase()
  await database.query('delete from trust_request')
  await askForTrust(database, { action: 'anchor.add', object, details: { certificate, purposes: ['seal'] }, askedBy })
}
