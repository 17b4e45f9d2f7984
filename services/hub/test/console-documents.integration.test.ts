import { takeSearchTurn } from '@docaxis/store/console'
import { itWithPrograms, type TestDatabase, testDatabase } from '@docaxis/testkit'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { barriers, type VisitWish, visit, widerThanScreen } from './support/console-visit.ts'
import { keepScreen, screens } from './support/screens.ts'
import { type TestHub, testHub } from './support/test-hub.ts'

// The list of documents and one document, in a real browser against a real hub whose demo agencies have written to each
// other.

const it = itWithPrograms('chromium')

let hub: TestHub
let database: TestDatabase
let browser: Browser

beforeAll(async () => {
  database = await testDatabase()
  hub = await testHub({ DOCAXIS_DATABASE_URL: database.connectionString })
  await hub.hub.firstLetters
  await takeSearchTurn(database)
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
})
afterAll(async () => {
  await browser?.close()
  await hub?.stop()
  await database?.close()
})

describe.each(screens)('on $screen, $language', ({ screen, language, options }) => {
  it('shows the list and one document, without barriers and without faults', async () => {
    await using visit = await open({ login: 'operator', path: '/documents', language, browser: options })
    const { page } = visit
    await page.waitForSelector('.subject')
    await keepScreen(page, `documents-${screen}-${language}`)
    expect(await barriers(page)).toEqual([])
    expect(await widerThanScreen(page)).toBe(false)

    await page.click('.subject')
    await page.waitForSelector('.stations')
    await keepScreen(page, `document-${screen}-${language}`)
    expect(await barriers(page)).toEqual([])
    expect(await widerThanScreen(page)).toBe(false)
    expect(visit.faults).toEqual([])
  })
})

it('leads in four clicks from the sign-in page to why a document was not accepted', async () => {
  const { id, name } = await refusedDocument()
  await using visit = await open({ login: 'operator' })
  const { page } = visit

  await page.click('.rail a[href="/documents"]')
  await page.click('.chip:has-text("Bị từ chối")')
  await page.click(`.subject[href="/documents/${id}"]`)
  await page.waitForSelector('.trouble.bad')

  expect(await page.textContent('.page')).toContain(name)
  expect(await page.textContent('.trouble.bad')).toMatch(/từ chối tiếp nhận: \S/)
  expect(await visit.clicks()).toBeLessThanOrEqual(4)
  expect(visit.faults).toEqual([])
})

it('shows a hostile subject as the text it is', async () => {
  const { id } = await refusedDocument()
  const subject = `<img src=x onerror=alert(1)><script>alert(2)</script>\u202e\u200b${'Ộ'.repeat(450)}`
  const { rows } = await database.query('select subject from document where id = $1', [id])
  await database.query('update document set subject = $2 where id = $1', [id, subject])
  await using visit = await open({
    login: 'operator',
    path: `/documents/${id}`,
    browser: { viewport: { width: 360, height: 740 } },
  })
  const { page } = visit
  await page.waitForSelector('.document-subject')

  expect(await page.textContent('.document-subject')).toContain('<img src=x onerror=alert(1)>')
  expect(await page.locator('.document-subject img, .document-subject script').count()).toBe(0)
  expect(await widerThanScreen(page)).toBe(false)
  expect(visit.faults).toEqual([])
  await database.query('update document set subject = $2 where id = $1', [id, rows[0].subject])
})

it('offers files to people of the agencies concerned, and to nobody else', async () => {
  const { id } = await refusedDocument()
  await using visit = await open({ login: 'operator', path: `/documents/${id}` })
  await visit.page.waitForSelector('.stations')

  expect(await visit.page.locator('a[href*="/attachments/"]').count()).toBe(0)
  expect(await visit.page.textContent('.page')).toContain('Nội dung chỉ mở cho người của cơ quan')
})

interface Refused {
  readonly id: string
  readonly receiver: string
  readonly name: string
}

/** The demo's letters end with one that was refused. */
async function refusedDocument(): Promise<Refused> {
  const { rows } = await database.query<Refused>(
    `select delivery.document_id as id, delivery.receiver, agency.name
       from delivery
       join agency on agency.code = delivery.receiver
      where delivery.kind = 'document' and delivery.business = '02'
      limit 1`,
  )
  const [found] = rows
  if (!found) throw new Error('no letter of the demo was refused')
  return found
}

function open(wish: VisitWish) {
  return visit(browser, hub, wish)
}
