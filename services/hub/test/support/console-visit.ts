import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { TestHub } from './test-hub.ts'

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** Somebody of the demo in front of the console. */
export interface Visit extends AsyncDisposable {
  readonly page: Page
  /** Console errors, exceptions, and requests to anybody else. */
  readonly faults: readonly string[]
  /** How often something was pressed since the sign-in page was shown. */
  clicks(): Promise<number>
}

export interface VisitWish {
  readonly login: string
  readonly path?: string
  readonly language?: 'vi' | 'en'
  readonly browser?: BrowserContextOptions
}

/** Signs in as people do: at the address where they want to go. */
export async function visit(browser: Browser, hub: TestHub, wish: VisitWish): Promise<Visit> {
  const { login, path = '/', language = 'vi' } = wish
  const context = await browser.newContext({ locale: 'vi-VN', ...wish.browser })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('console', message => {
    if (message.type() === 'error') faults.push(message.text())
  })
  page.on('pageerror', error => faults.push(error.message))
  page.on('request', request => {
    if (!request.url().startsWith(hub.url)) faults.push(request.url())
  })
  // The browser's own reader of PDFs, in which it runs too, may have no storage.
  await page.addInitScript(`
    localStorage?.setItem('docaxis.language', '${language}')
    addEventListener('click', event => {
      if (event.isTrusted) sessionStorage.setItem('clicks', Number(sessionStorage.getItem('clicks')) + 1)
    }, true)`)
  await page.goto(hub.url + path)
  await page.fill('input[autocomplete=username]', login)
  await page.fill('input[autocomplete=current-password]', await passwordOf(hub, login))
  await page.click('button[type=submit]')
  await page.waitForSelector('.rail')
  return {
    page,
    faults,
    clicks: () => page.evaluate<number>("Number(sessionStorage.getItem('clicks'))"),
    [Symbol.asyncDispose]: () => context.close(),
  }
}

export async function passwordOf(hub: TestHub, login: string): Promise<string> {
  const text = await readFile(join(hub.demoFolder, 'users.json'), 'utf8')
  const people = JSON.parse(text) as readonly { readonly login: string; readonly password: string }[]
  const found = people.find(person => person.login === login)
  if (!found) throw new Error(`nobody of the demo is called ${login}`)
  return found.password
}

/** What axe finds that keeps people out. */
export async function barriers(page: Page): Promise<readonly string[]> {
  // The page's own policy lets no script in; axe comes through the debugger.
  await page.evaluate(await readFile(axe, 'utf8'))
  return page.evaluate(`axe.run().then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 120)).join(' | ')))`)
}

export function widerThanScreen(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')
}

/** With the Tab key, as far as a person would have the patience. */
export async function tabTo(page: Page, selector: string, patience = 40): Promise<void> {
  for (let tabs = 0; tabs < patience; tabs += 1) {
    await page.keyboard.press('Tab')
    if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return
  }
  throw new Error(`the Tab key does not lead to ${selector}`)
}
