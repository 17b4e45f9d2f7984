import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { TestHub } from './test-hub.ts'

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

export interface VisitWish {
  /** Login of `users.json`; nobody is signed in without. */
  readonly as?: string
  readonly path: string
  readonly language?: 'vi' | 'en'
  readonly options?: BrowserContextOptions
}

export interface Visit extends AsyncDisposable {
  readonly page: Page
  /** Console errors, exceptions, and requests to anybody else. */
  readonly faults: readonly string[]
}

export const screens = {
  desktop: { viewport: { width: 1200, height: 900 } },
  phone: { viewport: { width: 360, height: 740 } },
  dark: { viewport: { width: 1200, height: 900 }, colorScheme: 'dark' },
} as const satisfies Readonly<Record<string, BrowserContextOptions>>

interface Cookie {
  readonly name: string
  readonly value: string
  readonly url: string
}

/** People of the demo at the console, in a real browser. Each signs in once. */
export function consoleBrowser(browser: Browser, hub: TestHub) {
  const cookies = new Map<string, Promise<Cookie>>()

  const cookieOf = (login: string): Promise<Cookie> => {
    const known = cookies.get(login) ?? signIn(hub, login)
    cookies.set(login, known)
    return known
  }

  /** Opens an address and waits until what stands there is loaded. */
  async function visit({ as, path, language = 'vi', options = {} }: VisitWish): Promise<Visit> {
    const context = await browser.newContext({ ...options, locale: 'vi-VN' })
    if (as !== undefined) await context.addCookies([await cookieOf(as)])
    await context.addInitScript(`localStorage.setItem('docaxis.language', '${language}')`)
    const page = await context.newPage()
    const faults: string[] = []
    page.on('console', message => {
      if (message.type() === 'error') faults.push(message.text())
    })
    page.on('pageerror', error => faults.push(error.message))
    page.on('request', request => {
      if (!request.url().startsWith(hub.url)) faults.push(request.url())
    })
    await page.goto(`${hub.url}${path}`)
    await settled(page)
    return { page, faults, [Symbol.asyncDispose]: () => context.close() }
  }

  return { visit }
}

export async function passwordOf(hub: TestHub, login: string): Promise<string> {
  const rows = JSON.parse(await readFile(join(hub.demoFolder, 'users.json'), 'utf8')) as readonly DemoUser[]
  const found = rows.find(row => row.login === login)
  if (!found) throw new Error(`no demo user ${login}`)
  return found.password
}

interface DemoUser {
  readonly login: string
  readonly password: string
}

async function signIn(hub: TestHub, login: string): Promise<Cookie> {
  const response = await fetch(`${hub.url}/console/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password: await passwordOf(hub, login) }),
  })
  const [line = ''] = response.headers.getSetCookie()
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
  return { name, value, url: hub.url }
}

/** There is a heading or a notice, and nothing is still being loaded. */
export async function settled(page: Page): Promise<void> {
  await page.waitForSelector('h1, .notice-title')
  await page.waitForSelector('.skeleton', { state: 'detached' })
}

/** What axe finds that keeps people out. */
export async function barriers(page: Page): Promise<readonly string[]> {
  // The page's own policy lets no script in; axe comes through the debugger.
  await page.evaluate(await readFile(axe, 'utf8'))
  return page.evaluate(
    `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(node => node.html).join(' | ')))`,
  )
}

export function widerThanScreen(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')
}
