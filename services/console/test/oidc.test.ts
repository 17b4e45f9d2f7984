import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAccount, emptyScope } from '@docaxis/store/console'
import Provider from 'oidc-provider'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { cookieOf, type TestConsole, testConsole } from './support/test-console.ts'

// A real OpenID provider on this machine, and the test in the place of the browser between it and the console.

const publicUrl = 'http://console.example'
let provider: Server
let issuer: string
let hub: TestConsole

beforeAll(async () => {
  provider = createServer()
  await new Promise<void>(resolve => provider.listen(0, '127.0.0.1', resolve))
  issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`
  provider.on('request', openProvider(issuer).callback())
  hub = await testConsole({
    DOCAXIS_PUBLIC_URL: publicUrl,
    DOCAXIS_OIDC_ISSUER: issuer,
    DOCAXIS_OIDC_CLIENT_ID: 'docaxis',
    DOCAXIS_OIDC_CLIENT_SECRET: 'a secret of the two of us',
  })
})
afterAll(async () => {
  await hub?.close()
  provider?.closeAllConnections()
  provider?.close()
})

it('signs in whom the provider proves, and leads them where they wanted to go', async () => {
  await account('lan')

  const { back } = await journey('lan', '/documents?q=7816')

  expect(back.headers.location).toBe('/documents?q=7816')
  expect(await whoIs(cookieOf(back))).toBe('lan')
})

it('knows the person by the subject from then on, and nobody else by the login', async () => {
  await account('minh')
  await journey('minh')
  await hub.database.query("update account set oidc_subject = 'another' where login = 'minh'")

  const { back } = await journey('minh')

  expect(back.headers.location).toBe('/?sign-in=refused')
  expect(await whoIs(cookieOf(back))).toBeUndefined()
})

it.each([
  { who: 'somebody without an account', login: 'stranger' },
  { who: 'somebody whose account is disabled', login: 'gone' },
])('refuses $who', async ({ login }) => {
  if (login === 'gone') {
    await account(login)
    await hub.database.query('update account set disabled_at = now() where login = $1', [login])
  }

  const { back } = await journey(login)

  expect(back.headers.location).toBe('/?sign-in=refused')
})

it('refuses an answer that another browser began', async () => {
  await account('hoa')
  const { answer } = await journey('hoa')
  const other = await hub.app.inject({ url: '/console/api/oidc' })

  const back = await hub.app.inject({ url: answer, headers: { cookie: cookieOf(other) } })

  expect(back.headers.location).toBe('/?sign-in=refused')
})

it('refuses an answer a second time', async () => {
  await account('mai')
  const { answer, cookie } = await journey('mai')

  const again = await hub.app.inject({ url: answer, headers: { cookie } })

  expect(again.headers.location).toBe('/?sign-in=refused')
})

it.each(['//evil.example', '/\\evil.example', 'https://evil.example/'])('leads to no other host: %s', async to => {
  await account(`to-${Buffer.from(to).toString('hex')}`)

  const { back } = await journey(`to-${Buffer.from(to).toString('hex')}`, to)

  expect(back.headers.location).toBe('/')
})

function openProvider(at: string): Provider {
  const open = new Provider(at, {
    clients: [
      {
        client_id: 'docaxis',
        client_secret: 'a secret of the two of us',
        redirect_uris: [`${publicUrl}/console/api/oidc/return`],
      },
    ],
    claims: { openid: ['sub'], profile: ['preferred_username'] },
    conformIdTokenClaims: false,
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ sub, preferred_username: sub.replace('subject of ', '') }),
    }),
    features: { devInteractions: { enabled: true } },
    pkce: { required: () => true },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
    cookies: { keys: ['signs the cookies of the provider'] },
  })
  return open
}

/** There and back: what a person does at the provider is its own form, filled in by hand here. */
async function journey(login: string, to?: string) {
  const start = await hub.app.inject({ url: `/console/api/oidc${to ? `?to=${encodeURIComponent(to)}` : ''}` })
  const answer = await atProvider(String(start.headers.location), `subject of ${login}`)
  const cookie = cookieOf(start)
  const back = await hub.app.inject({ url: answer, headers: { cookie } })
  return { answer, cookie, back }
}

/** Follows the provider's pages until it sends the browser back. @returns path and question of that address */
async function atProvider(first: string, subject: string): Promise<string> {
  const jar = new Map<string, string>()
  let url = first
  let form: URLSearchParams | undefined
  for (let steps = 0; steps < 12; steps += 1) {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: form }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s)
      jar.set(name, value)
    }
    const next = response.headers.get('location')
    if (next?.startsWith(publicUrl)) return next.slice(publicUrl.length)
    if (next) {
      url = new URL(next, issuer).href
      form = undefined
    } else {
      const prompt = /name="prompt" value="(\w+)"/.exec(await response.text())?.[1] ?? ''
      form = new URLSearchParams({ prompt, ...(prompt === 'login' && { login: subject, password: 'any' }) })
    }
  }
  throw new Error('the provider does not send the browser back')
}

async function account(login: string): Promise<void> {
  await createAccount(hub.database, { login, name: login, role: 'viewer', scope: emptyScope, agencies: [] })
}

async function whoIs(cookie: string): Promise<string | undefined> {
  const session = await hub.app.inject({ url: '/console/api/session', headers: { cookie } })
  return session.json().person?.login
}
