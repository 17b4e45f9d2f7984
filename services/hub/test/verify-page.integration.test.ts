import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { deflateSync, inflateSync } from 'node:zlib'
import { itWithPrograms } from '@docaxis/testkit'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { eventually } from './support/eventually.ts'
import { launchChromium } from './support/launch-chromium.ts'
import { signedLetter } from './support/signed-letter.ts'
import { strangersCertificates } from './support/stranger.ts'
import { type TestHub, testHub } from './support/test-hub.ts'

// The page on which anybody has a file checked, in a real browser against a real hub.

const it = itWithPrograms('chromium')
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

let hub: TestHub
let browser: Browser

beforeAll(async () => {
  hub = await testHub()
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await hub?.stop()
})

const screens = [
  { screen: 'desktop', options: { viewport: { width: 1200, height: 900 } } },
  { screen: 'phone', options: { viewport: { width: 360, height: 740 } } },
  { screen: 'dark', options: { viewport: { width: 1200, height: 900 }, colorScheme: 'dark' } },
] as const satisfies readonly { screen: string; options: BrowserContextOptions }[]

describe.each(screens)('on $screen', ({ options }) => {
  it('says of a good certificate that it can be used, to everybody alike', async () => {
    await using visit = await open(options)

    await check(visit.page, demoFile('G99-seal-cert.pem'))

    const verdict = await visit.page.textContent('.verdict')
    expect(verdict).toMatch(/Hợp lệ.*Bộ Sông ngòi và Cầu phà dùng được/)
    expect(await barriers(visit.page)).toEqual([])
    expect(await widerThanScreen(visit.page)).toBe(false)
    expect(visit.faults).toEqual([])
  })

  it('says of a revoked one that it cannot, and what to do', async () => {
    await using visit = await open(options)

    await check(visit.page, demoFile('G97-revoked-seal-cert.pem'))

    expect(await visit.page.textContent('.verdict')).toMatch(/Không hợp lệ.*thu hồi.*liên hệ người ký/)
    expect(await barriers(visit.page)).toEqual([])
    expect(visit.faults).toEqual([])
  })
})

it("checks a PDF's signature in two clicks from the sign-in page", async () => {
  await using visit = await open()
  const { page } = visit
  await page.addInitScript(`addEventListener('click', event => {
    if (event.isTrusted) sessionStorage.setItem('clicks', Number(sessionStorage.getItem('clicks')) + 1)
  }, true)`)
  await page.goto(hub.url)
  const chooser = page.waitForEvent('filechooser')

  await page.click('text=Kiểm tra chữ ký số')
  await page.click('.drop')
  await (await chooser).setFiles({ name: 'cong-van.pdf', mimeType: 'application/pdf', buffer: await signedLetter(hub) })
  await page.waitForSelector('.verdict')

  expect(await page.textContent('.verdict')).toMatch(/Chữ ký số hợp lệ|Hợp lệ/)
  expect(await page.evaluate("Number(sessionStorage.getItem('clicks'))")).toBe(2)
  expect(visit.faults).toEqual([])
})

it('is used with the keyboard alone, in English', async () => {
  await using visit = await open()
  const { page } = visit
  // Awaited from the beginning: the browser must know of it before the key is pressed.
  const chooser = page.waitForEvent('filechooser')

  await tabTo(page, 'button[lang=en]')
  await page.keyboard.press('Enter')
  await tabTo(page, 'input[type=file]')
  await page.keyboard.press('Space')
  await (await chooser).setFiles(demoFile('G99-seal-cert.pem'))
  await page.waitForSelector('.verdict')

  expect(await page.textContent('h2')).toBe('Valid')
  expect(await page.getAttribute('html', 'lang')).toBe('en')
  expect(await page.evaluate('document.activeElement.className')).toBe('result')
})

it('shows a hostile name as the text it is', async () => {
  await using visit = await open()
  const name = '<img src=x onerror=alert(1)>\u202e\u200bfdp.pem'
  const content = await readFile(demoFile('G99-seal-cert.pem'))

  await check(visit.page, { name, mimeType: 'text/plain', buffer: content })

  expect(await visit.page.textContent('.facts')).toContain('<img src=x onerror=alert(1)>')
  expect(await visit.page.locator('.result img').count()).toBe(0)
  expect(visit.faults).toEqual([])
})

describe.each([
  { form: 'XML', name: 'bien-nhan.xml', format: 'xml', change: changeXml },
  { form: 'PDF with the XML inside', name: 'bien-nhan.pdf', format: 'pdf', change: changeAttached },
] as const)('a receipt that is dropped as $form', ({ name, format, change }) => {
  it('is genuine, and is read from what was signed', async () => {
    const { id, bytes } = await receipt(format)
    await using visit = await open()

    await drop(visit.page, name, bytes)

    expect(await visit.page.textContent('.verdict')).toMatch(/Hợp lệ.*do chính trục ký và không bị sửa đổi/)
    expect(await visit.page.textContent('.facts')).toContain(id)
    expect(visit.faults).toEqual([])
  })

  it('is not to be relied on when one digit of it was changed', async () => {
    const { id, bytes } = await receipt(format)
    await using visit = await open()

    await drop(visit.page, name, change(bytes))

    expect(await visit.page.textContent('.verdict')).toMatch(/Không hợp lệ.*KHÔNG nên tin biên nhận này/)
    expect(await visit.page.textContent('.facts')).not.toContain(id)
    expect(visit.faults).toEqual([])
  })
})

it('is where a refusal leads whoever reads it: to the page that explains its code', async () => {
  const answer = await fetch(`${hub.url}/api/v1/documents`)
  const { help, code } = (await answer.json()) as { readonly help: string; readonly code: string }
  await using visit = await open()

  await visit.page.goto(new URL(help, answer.url).href)

  expect(answer.status).toBe(401)
  await visit.page.waitForSelector(`code:has-text("${code}")`)
  expect(visit.faults).toEqual([])
})

it('calls nobody trusted whom the hub does not trust, and keeps codes out of its sentences', async () => {
  await using visit = await open()
  const { authority } = await strangersCertificates()

  await check(visit.page, { name: 'la.cer', mimeType: 'application/pkix-cert', buffer: authority })

  expect(await visit.page.locator('.path li').count()).toBe(1)
  expect(await visit.page.locator('.path .mark').count()).toBe(0)
  expect(await visit.page.textContent('.verdict code')).toMatch(/^[A-Z_]+$/)
  expect(await visit.page.textContent('.verdict')).not.toContain('[')
})

it('says what it takes when a file is something else', async () => {
  await using visit = await open()

  await check(visit.page, { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('ffd8ffe000104a46', 'hex') })

  expect(await visit.page.textContent('.verdict')).toMatch(/Không nhận ra loại tệp này/)
})

it('is small: its scripts and styles come in under 150 KB', async () => {
  await using visit = await open()

  const sizes: readonly number[] = await visit.page.evaluate(
    "performance.getEntriesByType('resource').map(entry => entry.encodedBodySize)",
  )
  const bytes = sizes.reduce((sum, size) => sum + size, 0)

  expect(bytes).toBeGreaterThan(0)
  expect(bytes).toBeLessThan(150 * 1024)
})

interface Visit extends AsyncDisposable {
  readonly page: Page
  /** Console errors, exceptions, and requests to anybody else. */
  readonly faults: readonly string[]
}

async function open(options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ ...options, locale: 'vi-VN' })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('console', message => {
    if (message.type() === 'error') faults.push(message.text())
  })
  page.on('pageerror', error => faults.push(error.message))
  page.on('request', request => {
    if (!request.url().startsWith(hub.url)) faults.push(request.url())
  })
  await page.goto(`${hub.url}/verify`)
  return { page, faults, [Symbol.asyncDispose]: () => context.close() }
}

/** With the Tab key, as far as a person would have the patience. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let tabs = 0; tabs < 12; tabs += 1) {
    await page.keyboard.press('Tab')
    if (await page.evaluate(`document.activeElement.matches('${selector}')`)) return
  }
  throw new Error(`the Tab key does not lead to ${selector}`)
}

async function check(page: Page, file: Parameters<Page['setInputFiles']>[1]): Promise<void> {
  await page.setInputFiles('input[type=file]', file)
  await page.waitForSelector('.verdict')
}

/** As somebody drops a file on the page with the mouse. */
async function drop(page: Page, name: string, bytes: Buffer): Promise<void> {
  const dataTransfer = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer()
    const content = Uint8Array.from(atob('${bytes.toString('base64')}'), letter => letter.charCodeAt(0))
    transfer.items.add(new File([content], '${name}'))
    return transfer
  })()`)
  await page.dispatchEvent('.drop', 'drop', { dataTransfer })
  await page.waitForSelector('.verdict')
}

/** One that the hub signed for the ministry of the demo. */
async function receipt(format: 'xml' | 'pdf'): Promise<{ readonly id: string; readonly bytes: Buffer }> {
  const { id } = await eventually('a receipt', async () => {
    for await (const known of hub.as('G99').receipts()) return known
    return undefined
  })
  const authorization = `Bearer ${hub.agency('G99').token}`
  const answer = await fetch(`${hub.url}/api/v1/receipts/${id}?format=${format}`, { headers: { authorization } })
  return { id, bytes: Buffer.from(await answer.arrayBuffer()) }
}

/** Digits that people read: in the text of an element. */
const digits = /(?<=>[^<]*)\d/g

function changeXml(xml: Buffer): Buffer {
  const text = xml.toString()
  return withOtherDigit(text, text.search(digits))
}

/** The same in the file that lies in a PDF: of its digits the first that takes as many bytes when it is packed again. */
function changeAttached(pdf: Buffer): Buffer {
  for (const { index, 0: head } of pdf.toString('latin1').matchAll(/\/Length (\d+)[^>]*>>\s*stream\r?\n/g)) {
    const start = index + head.length
    const packed = pdf.subarray(start, start + Number(/\/Length (\d+)/.exec(head)?.[1]))
    const text = unpacked(packed)?.toString()
    if (!text?.includes('urn:docaxis:receipt:1')) continue
    for (const { index: place } of text.matchAll(digits)) {
      const again = deflateSync(withOtherDigit(text, place))
      if (again.length === packed.length)
        return Buffer.concat([pdf.subarray(0, start), again, pdf.subarray(start + again.length)])
    }
  }
  throw new Error('no receipt lies in the PDF')
}

function unpacked(bytes: Buffer): Buffer | undefined {
  try {
    return inflateSync(bytes)
  } catch {
    return undefined
  }
}

function withOtherDigit(text: string, place: number): Buffer {
  const other = (Number(text[place]) + 1) % 10
  return Buffer.from(`${text.slice(0, place)}${other}${text.slice(place + 1)}`)
}

/** What axe finds that keeps people out. */
async function barriers(page: Page): Promise<readonly string[]> {
  // The page's own policy lets no script in; axe comes through the debugger.
  await page.evaluate(await readFile(axe, 'utf8'))
  return page.evaluate('axe.run().then(({ violations }) => violations.map(({ id }) => id))')
}

function widerThanScreen(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')
}

function demoFile(name: string): string {
  return join(hub.demoFolder, name)
}
