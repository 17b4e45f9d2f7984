import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { passwordOf, type Visit } from './console-visit.ts'
import type { TestHub } from './test-hub.ts'

export interface LookWish {
  /** Login of `users.json`; nobody is signed in without. */
  readonly as?: string
  readonly path: string
  readonly language?: 'vi' | 'en'
  readonly options?: BrowserContextOptions
}

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
  async function visit({ as, path, language = 'vi', options = {} }: LookWish): Promise<Omit<Visit, 'clicks'>> {
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
