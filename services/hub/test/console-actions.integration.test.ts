import { bindSystemAgency, importDirectory, insertDeadLetter } from '@docaxis/store'
import { itWithPrograms, type TestDatabase, testDatabase } from '@docaxis/testkit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, vi } from 'vitest'
import { barriers, type Visit, visit, widerThanScreen } from './support/console-visit.ts'
import { eventually } from './support/eventually.ts'
import { dialogFaults, walkThrough } from './support/keyboard-walk.ts'
import { launchChromium } from './support/launch-chromium.ts'
import { letter, sealed } from './support/letter.ts'
import { fetchMail, mailFor } from './support/mail.ts'
import { type TestHub, testHub } from './support/test-hub.ts'

// What people in charge do about a document, in a real browser against a real hub, and what becomes of it there.

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })
const it = itWithPrograms('chromium')
const why = 'Theo đề nghị của văn thư bên nhận'

let hub: TestHub
let database: TestDatabase
let browser: Browser

beforeAll(async () => {
  database = await testDatabase()
  hub = await testHub({ DOCAXIS_DATABASE_URL: database.connectionString })
  await hub.hub.firstLetters
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await hub?.stop()
  await database?.close()
})

it('offers a fetched document again once somebody has said why', async () => {
  const { id, deliveryId } = await fetched()
  await using seen = await open(id)
  const { page } = seen
  expect(await page.textContent('.track-now')).toContain('Đã tải về')

  await page.click('button:has-text("Giao lại")')
  expect(await page.textContent('dialog[open]')).toContain('hiện lại ngay trong hộp nhận')
  await page.click('dialog[open] button[type=submit]')
  expect(await page.isVisible('dialog[open]')).toBe(true)
  await confirm(page)

  await page.waitForSelector('.track-now:has-text("Chờ bên nhận lấy về")')
  expect(await transportOf(id)).toBe('available')
  expect(await reasonInAudit(deliveryId)).toEqual(['user:operator', 'delivery.offer-again', why])
  expect(seen.faults).toEqual([])
})

it('does nothing where the question is answered with no', async () => {
  const { id } = await fetched()
  await using seen = await open(id)
  const { page } = seen

  await page.click('button:has-text("Ngừng chuyển")')
  await page.fill('dialog[open] textarea', why)
  await page.keyboard.press('Escape')

  expect(await page.isVisible('dialog[open]')).toBe(false)
  expect(await transportOf(id)).toBe('fetched')
})

it('stops a delivery, and tells the sender why', async () => {
  const { id, deliveryId } = await fetched()
  await using seen = await open(id)
  const { page } = seen

  await page.click('button:has-text("Ngừng chuyển")')
  expect(await page.textContent('dialog[open]')).toContain('Không hoàn tác được')
  await confirm(page)

  await page.waitForSelector('.trouble.bad')
  expect(await page.textContent('.trouble.bad')).toContain(why)
  expect(await page.locator('button:has-text("Giao lại")').count()).toBe(0)
  expect(await transportOf(id)).toBe('failed')
  expect(await reasonInAudit(deliveryId)).toEqual(['user:operator', 'delivery.cancel', why])
  expect(seen.faults).toEqual([])
})

it('runs a step again that was given up', async () => {
  const { id } = await fetched()
  const letterId = await giveUpRoutingOf(id)
  await using seen = await open(id)
  const { page } = seen
  expect(await page.textContent('.page')).toContain('the disk was full')

  await page.click('button:has-text("Chạy lại")')
  expect(await page.textContent('dialog[open]')).toContain('không bị làm lần nữa')
  await confirm(page)

  await page.waitForSelector('button:has-text("Chạy lại")', { state: 'detached' })
  expect(await reasonInAudit(letterId)).toEqual(['user:operator', 'dead-letter.replay', why])
  expect(seen.faults).toEqual([])
})

it('is acted on with the keyboard alone, and its dialogs keep it and give it back', async () => {
  const { id } = await fetched()
  await using seen = await open(id)

  expect(await walkThrough(seen.page)).toEqual({ missed: [], outOfOrder: [], unseen: [], left: true })
  expect(await seen.page.locator('.page [aria-haspopup=dialog]').count()).toBeGreaterThan(1)
  expect(await dialogFaults(seen.page)).toEqual([])
})

it('shows more than eight receivers as a grid by level, the worst first', async () => {
  const { id, refusing } = await manyReceivers()
  await using seen = await open(id, { viewport: { width: 360, height: 740 } })
  const { page } = seen

  const communes = page.locator('.level:has(h3:has-text("Cấp xã")) .small-track')
  expect(await communes.count()).toBe(9)
  expect(await communes.first().textContent()).toContain(refusing)
  expect(await communes.first().textContent()).toMatch(/Thiếu phụ lục/)
  expect(await page.locator('.level > h3').allTextContents()).toEqual(['Cấp tỉnh (1)', 'Cấp xã (9)'])
  await communes.first().locator('summary').click()
  await page.waitForSelector('.small-track[open] .stations')
  expect(await barriers(page)).toEqual([])
  expect(await widerThanScreen(page)).toBe(false)
  expect(seen.faults).toEqual([])
})

it('leads from a document to its answer and to what replaces it, and back', async () => {
  const first = await send('G99', ['H99'])
  const answer = await send('H99', ['G99'], {
    repliesTo: [{ agencyCode: 'G99', code: '7816/VPCP-TTĐT', documentId: first.documentId }],
  })
  const other = await send('G99', ['H99'], {
    action: 'replace',
    reason: 'Sai phụ lục',
    replaces: [{ documentId: first.documentId, agencyCodes: [] }],
  })
  await using seen = await open(first.id)
  const { page } = seen

  expect(await page.textContent('.page')).toMatch(/Được thay thế bởi/)
  await page.click(`.files a[href="/documents/${answer.id}"]`)
  await page.waitForSelector(`.files a[href="/documents/${first.id}"]`)
  await page.goBack()
  await page.click(`.files a[href="/documents/${other.id}"]`)
  await page.waitForSelector('.pairs:has-text("Sai phụ lục")')
  expect(seen.faults).toEqual([])
})

async function open(id: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Visit> {
  const seen = await visit(browser, hub, { login: 'operator', path: `/documents/${id}`, browser: options })
  await seen.page.waitForSelector('.stations, .small-track')
  return seen
}

async function confirm(page: Page): Promise<void> {
  await page.fill('dialog[open] textarea', why)
  await page.click('dialog[open] button[type=submit]')
  await page.waitForSelector('dialog[open]', { state: 'detached' })
}

async function send(from: string, to: readonly string[], changes: Parameters<typeof letter>[3] = {}) {
  return hub.as(from).send(await sealed(hub, letter(hub, from, to, changes), from))
}

/** A document that its receiver has fetched, and not yet confirmed. */
async function fetched() {
  const { id, documentId } = await send('G99', ['H99'])
  const item = await mailFor(hub, 'H99', documentId)
  await fetchMail(hub, 'H99', item)
  return { id, deliveryId: item.deliveryId }
}

async function transportOf(id: string): Promise<string | undefined> {
  return (await hub.as('G99').document(id)).deliveries[0]?.transport
}

/** As if the router had given it up: its event, whole, among the dead letters. */
async function giveUpRoutingOf(id: string): Promise<string> {
  const { rows } = await database.query(
    "select topic, key, event from outbox_log where event ->> 'subject' = $1 limit 1",
    [id],
  )
  const [{ topic, key, event }] = rows
  const letterOf = { group: 'router', topic, key, event, code: 'INTERNAL', reason: 'the disk was full', attempts: 5 }
  await database.transaction(tx => insertDeadLetter(tx, letterOf))
  const found = await database.query('select id from dead_letter where event_id = $1', [event.id])
  return found.rows[0].id
}

async function reasonInAudit(object: string) {
  const { rows } = await database.query(
    "select actor, action, details ->> 'reason' as reason from audit_log where object = $1 and actor = 'user:operator'",
    [object],
  )
  return rows.flatMap(({ actor, action, reason }) => [actor, action, reason])
}

/** A province and nine communes, of which the last has refused. */
async function manyReceivers(): Promise<{ readonly id: string; readonly refusing: string }> {
  const codes = Array.from({ length: 9 }, (_, index) => `H99.32.${20 + index}`)
  const refusing = 'H99.32.28'
  const agencies = codes.map(code => ({ kind: 'agency', code, name: `Xã ${code}`, level: 'commune', parent: 'H99.32' }))
  const file = Buffer.from(JSON.stringify(agencies))
  await database.transaction(tx => importDirectory(tx, file, { format: 'json', mode: 'merge' }))
  for (const code of codes) await bindSystemAgency(database, hub.agency('H99.32').systemId, code)
  const { id, documentId } = await send('G99', ['H99', ...codes])
  const district = hub.as('H99.32')
  const item = await eventually('mail for the last commune', async () => {
    const items = await Array.fromAsync(district.inbox({ agency: refusing }))
    return items.find(one => one.documentId === documentId)
  })
  await district.status(item.deliveryId, { code: '02', reason: 'Thiếu phụ lục' })
  return { id, refusing }
}
