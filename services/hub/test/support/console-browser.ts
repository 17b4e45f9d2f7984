import type { Browser, BrowserContextOptions, ConsoleMessage, Page, Request } from 'playwright-core'
import { passwordOf, type Visit } from './console-visit.ts'
import type { TestHub } from './test-hub.ts'

export interface LookWish {
  /** Login of `users.json`; nobody is signed in without. */
  readonly as?: string
  readonly path: string
  readonly language?: 'vi' | 'en'
  readonly options?: BrowserContextOptions
}

type Looking = Omit<Visit, 'clicks'>

interface Cookie {
  readonly name: string
  readonly value: string
  readonly url: string
}

/** People of the demo at the console, in a real browser. Each signs in once. */
export function consoleBrowser(browser: Browser, hub: TestHub) {
  const cookies = new Map<string, Promise<Cookie>>()
  const idle = new Map<string, Page[]>()

  const cookieOf = (login: string): Promise<Cookie> => {
    const known = cookies.get(login) ?? signIn(hub, login)
    cookies.set(login, known)
    return known
  }

  /** Opens an address in a browser that is new, and waits until what stands there is loaded. */
  async function visit(wish: LookWish): Promise<Looking> {
    const page = await newPage(wish)
    const { faults } = await comeTo(page, wish)
    return { page, faults, [Symbol.asyncDispose]: () => page.context().close() }
  }

  /**
   * The same in a browser where others have been before, for a quarter of the processor's time. For those who only
   * look: what they change of the browser stays changed.
   */
  async function look(wish: LookWish): Promise<Looking> {
    const free = idleLike(wish)
    const page = free.pop() ?? (await newPage(wish))
    const { faults, unwatch } = await comeTo(page, wish)
    const leave = async () => {
      unwatch()
      await leaveTo(page, `${hub.url}/nowhere`)
      free.push(page)
    }
    return { page, faults, [Symbol.asyncDispose]: leave }
  }

  function idleLike({ language, options }: LookWish): Page[] {
    const kind = JSON.stringify([language, options])
    const pages = idle.get(kind) ?? []
    idle.set(kind, pages)
    return pages
  }

  async function newPage({ language = 'vi', options = {} }: LookWish): Promise<Page> {
    const context = await browser.newContext({ ...options, locale: 'vi-VN' })
    await context.addInitScript(`localStorage.setItem('docaxis.language', '${language}')`)
    return context.newPage()
  }

  async function comeTo(page: Page, { as, path }: LookWish) {
    await page.context().clearCookies()
    if (as !== undefined) await page.context().addCookies([await cookieOf(as)])
    const watch = watchFaults(page, hub.url)
    await page.goto(`${hub.url}${path}`)
    await settled(page)
    return watch
  }

  return { visit, look }
}

/** An empty page of the same site, so that the browser keeps its process; nothing of the page that is left goes on. */
async function leaveTo(page: Page, address: string): Promise<void> {
  const headers = { 'content-type': 'text/html', 'cross-origin-opener-policy': 'same-origin' }
  // With an icon of its own, or the browser would ask the hub for one.
  await page.route(address, route => route.fulfill({ headers, body: '<link rel="icon" href="data:,">' }))
  await page.goto(address)
  await page.unroute(address)
}

function watchFaults(page: Page, home: string) {
  const faults: string[] = []
  const onConsole = (message: ConsoleMessage) => {
    if (message.type() === 'error') faults.push(message.text())
  }
  const onError = (error: Error) => faults.push(error.message)
  const onRequest = (request: Request) => {
    if (!request.url().startsWith(home)) faults.push(request.url())
  }
  page.on('console', onConsole)
  page.on('pageerror', onError)
  page.on('request', onRequest)
  const unwatch = () => {
    page.off('console', onConsole)
    page.off('pageerror', onError)
    page.off('request', onRequest)
  }
  return { faults, unwatch }
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
