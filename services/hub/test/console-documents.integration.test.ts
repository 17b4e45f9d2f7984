import { takeSearchTurn } from '@docaxis/store/console'
import { itWithPrograms, type TestDatabase, testDatabase } from '@docaxis/testkit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { barriers, type VisitWish, visit, widerThanScreen } from './support/console-visit.ts'
import { launchChromium } from './support/launch-chromium.ts'
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
  browser = await launchChromium()
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

it('shows a PDF in a frame to people of the sender, and gives them the file that was sent', async () => {
  const { id, position, sha256 } = await letterWithPdf()
  await using visit = await open({ login: 'viewer-g99', path: `/documents/${id}` })
  const { page } = visit
  const path = `/console/api/documents/${id}/attachments/${position}`
  const inFrame = page.waitForResponse(answer => answer.url().endsWith(`${path}?view=frame`))

  await page.click('button:has-text("Xem")')

  expect((await inFrame).headers()).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': 'inline',
  })
  // Chromium's own reader shows less of the policy than it was sent.
  const policy = `fetch('${path}?view=frame').then(answer => answer.headers.get('content-security-policy'))`
  expect(await page.evaluate(policy)).toContain("default-src 'none'")
  expect(await sha256At(page, path)).toBe(sha256)
  // The reader is part of the browser and loads itself.
  expect(visit.faults.filter(fault => !/^chrome(-extension)?:/.test(fault))).toEqual([])
})

it('gives an infected file to nobody', async () => {
  const { id, position } = await letterWithPdf()
  await database.query(
    `insert into attachment_check (document_id, position, kind, sha256, size_bytes, state, verdict, done_at)
     select document_id, position, 'malware', sha256, size_bytes, 'done', '{"result": "infected"}', now()
       from attachment_check where document_id = $1 and position = $2 and kind = 'signatures'`,
    [id, position],
  )
  await using visit = await open({ login: 'viewer-g99', path: `/documents/${id}` })
  const path = `/console/api/documents/${id}/attachments/${position}`

  expect(await visit.page.evaluate(`fetch('${path}').then(answer => answer.status)`)).toBe(422)
  await database.query("delete from attachment_check where document_id = $1 and kind = 'malware'", [id])
})

it('opens content to somebody it is not for once a second person allows it', async () => {
  const { id } = await letterWithPdf()
  const files = 'a[href*="/attachments/"]'
  await using operator = await open({ login: 'operator', path: `/documents/${id}` })
  await operator.page.click('button:has-text("Xin mở nội dung")')
  await operator.page.fill('dialog[open] textarea', 'Đơn khiếu nại 12/KN của bên nhận')
  await operator.page.click('dialog[open] button[type=submit]')
  await operator.page.waitForSelector('[role=status]:has-text("chờ người thứ hai")')
  expect(await operator.page.locator(files).count()).toBe(0)

  await using auditor = await open({ login: 'auditor', path: '/break-glass' })
  await auditor.page.click('button:has-text("Cho mở")')
  await auditor.page.waitForSelector('text=đang mở')

  await operator.page.reload()
  await operator.page.waitForSelector(files)
  expect([...operator.faults, ...auditor.faults]).toEqual([])
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

interface Letter {
  readonly id: string
  readonly position: number
  readonly sha256: string
}

async function letterWithPdf(): Promise<Letter> {
  const { rows } = await database.query<Letter>(
    `select document.id, (file.place - 1)::integer as position, file.content -> 'content' ->> 'sha256' as sha256
       from document
      cross join jsonb_array_elements(document.envelope -> 'attachments') with ordinality as file(content, place)
      where document.sender = 'G99' and file.content ->> 'sniffedType' = 'application/pdf'
      limit 1`,
  )
  const [found] = rows
  if (!found) throw new Error('G99 of the demo has sent no PDF')
  return found
}

function sha256At(page: Page, path: string): Promise<string> {
  return page.evaluate(`fetch('${path}')
    .then(answer => answer.arrayBuffer())
    .then(bytes => crypto.subtle.digest('SHA-256', bytes))
    .then(digest => [...new Uint8Array(digest)].map(byte => byte.toString(16).padStart(2, '0')).join(''))`)
}

function open(wish: VisitWish) {
  return visit(browser, hub, wish)
}
