import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAccount, emptyScope } from '@docaxis/store/console'
import { itWithPrograms, type TestDatabase, testDatabase } from '@docaxis/testkit'
import Provider from 'oidc-provider'
import { Secret, TOTP } from 'otpauth'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, vi } from 'vitest'
import { barriers, passwordOf, visit } from './support/console-visit.ts'
import { launchChromium } from './support/launch-chromium.ts'
import { type TestHub, testHub } from './support/test-hub.ts'

// Second factors and OpenID Connect as people meet them: in a real browser, against a real hub and a real provider.

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })
const it = itWithPrograms('chromium')
const clientSecret = 'a secret of the two of us'

let provider: Server
let hub: TestHub
let database: TestDatabase
let browser: Browser

beforeAll(async () => {
  provider = await listening()
  // Both name the other's address before either answers there.
  const place = await listening()
  const port = portOf(place)
  await closed(place)
  database = await testDatabase()
  hub = await testHub({
    DOCAXIS_DATABASE_URL: database.connectionString,
    DOCAXIS_HTTP_PORT: String(port),
    DOCAXIS_PUBLIC_URL: `http://127.0.0.1:${port}`,
    DOCAXIS_OIDC_ISSUER: urlOf(provider),
    DOCAXIS_OIDC_CLIENT_ID: 'docaxis',
    DOCAXIS_OIDC_CLIENT_SECRET: clientSecret,
  })
  provider.on('request', openProvider(urlOf(provider), hub.url).callback())
  await createAccount(database, { login: 'lan', name: 'Lan', role: 'auditor', scope: emptyScope, agencies: [] })
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await hub?.stop()
  await database?.close()
  provider?.closeAllConnections()
  if (provider) await closed(provider)
})

it('is given a second factor, and from then on asks for it at the sign-in', async () => {
  const login = 'viewer-g99'
  await using seen = await visit(browser, hub, { login, path: '/settings/account' })
  const { page } = seen
  const password = await passwordOf(hub, login)
  const part = page.locator('.part:has(h2:has-text("Mã xác thực"))')

  await part.getByLabel('Mật khẩu hiện tại').fill(password)
  await part.getByRole('button', { name: 'Bật mã xác thực' }).click()
  const secret = (await part.locator('.secret').textContent()) ?? ''
  expect(await part.getByRole('img', { name: 'Mã QR' }).isVisible()).toBe(true)
  expect(await barriers(page)).toEqual([])
  await part.getByLabel('Mã 6 số').fill(wrong(codeOf(secret)))
  await part.getByRole('button', { name: 'Xác nhận và bật' }).click()
  await part.locator('.fault, [role=alert]').getByText('Mã không đúng').waitFor()
  await part.getByLabel('Mã 6 số').fill(codeOf(secret))
  await part.getByRole('button', { name: 'Xác nhận và bật' }).click()
  await part.getByText('Đang bật').waitFor()

  await page.click('button[title="Đăng xuất"]')
  await page.fill('input[autocomplete=username]', login)
  await page.fill('input[autocomplete=current-password]', password)
  await page.keyboard.press('Enter')
  await page.waitForSelector('input[autocomplete=one-time-code]')
  expect(await barriers(page)).toEqual([])
  expect(await page.locator('.rail').count()).toBe(0)
  // A code counts once, so the next one is taken: clocks may be a step apart.
  await page.fill('input[autocomplete=one-time-code]', codeOf(secret, 1))
  await page.keyboard.press('Enter')
  await page.waitForSelector('.rail')
})

it('lets somebody in whom the provider of their agency proves, where they wanted to go', async () => {
  await using seen = await atSignIn('/audit')
  const { page } = seen

  await atProvider(page, 'lan')

  await page.waitForSelector('.rail')
  expect(new URL(page.url()).pathname).toBe('/audit')
  expect(await page.textContent('.me-name')).toBe('Lan')
})

it('says what to do to somebody whom the provider knows and the hub does not', async () => {
  await using seen = await atSignIn('/')
  const { page } = seen

  await atProvider(page, 'stranger')

  await page.waitForSelector('.sign-in-box [role=alert]')
  expect(await page.textContent('.sign-in-box [role=alert]')).toMatch(/chưa được mở trên trục.*Liên hệ quản trị trục/)
  expect(await page.locator('.rail').count()).toBe(0)
})

interface AtSignIn extends AsyncDisposable {
  readonly page: Page
}

async function atSignIn(path: string): Promise<AtSignIn> {
  const context = await browser.newContext({ locale: 'vi-VN' })
  const page = await context.newPage()
  await page.goto(hub.url + path)
  return { page, [Symbol.asyncDispose]: () => context.close() }
}

/** Fills in the provider's own pages: who it is, and that the hub may know it. */
async function atProvider(page: Page, login: string): Promise<void> {
  await page.click('text=Đăng nhập bằng tài khoản cơ quan')
  await page.fill('input[name=login]', login)
  await page.fill('input[name=password]', 'any')
  await page.click('button[type=submit]')
  await page.click('button[type=submit]:has-text("Continue")')
}

function openProvider(issuer: string, consoleUrl: string): Provider {
  return new Provider(issuer, {
    clients: [
      {
        client_id: 'docaxis',
        client_secret: clientSecret,
        redirect_uris: [`${consoleUrl}/console/api/oidc/return`],
      },
    ],
    claims: { openid: ['sub'], profile: ['preferred_username'] },
    conformIdTokenClaims: false,
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub, preferred_username: sub }) }),
    features: { devInteractions: { enabled: true } },
    pkce: { required: () => true },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
    cookies: { keys: ['signs the cookies of the provider'] },
  })
}

/** What the telephone shows, so many steps of half a minute from now. */
function codeOf(secret: string, stepsAhead = 0): string {
  const totp = new TOTP({ secret: Secret.fromBase32(secret) })
  return totp.generate({ timestamp: Date.now() + stepsAhead * totp.period * 1000 })
}

const wrong = (code: string): string => String((Number(code) + 500_000) % 1_000_000).padStart(6, '0')

async function listening(): Promise<Server> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return server
}

const closed = (server: Server): Promise<unknown> => new Promise(resolve => server.close(resolve))
const portOf = (server: Server): number => (server.address() as AddressInfo).port
const urlOf = (server: Server): string => `http://127.0.0.1:${portOf(server)}`
