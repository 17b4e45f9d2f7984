import { addAccount, emptyScope, type Manager } from '@docaxis/store/console'
import { noon } from '@docaxis/testkit'
import { TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cookieOf, signedIn, type TestConsole, testConsole } from './support/test-console.ts'

let hub: TestConsole
const manager: Manager = { actor: 'system:operator', scope: { ...emptyScope, everything: true } }

beforeAll(async () => {
  hub = await testConsole()
})
afterAll(() => hub?.close())

describe('a password that somebody else gave', () => {
  it('opens nothing but the place where it is changed', async () => {
    const { login, password } = await newcomer()
    const session = await browser(login, password)

    expect((await session.call('GET', '/people')).statusCode).toBe(403)
    const changed = await session.call('PUT', '/account/password', { password, wanted: 'one that I chose myself' })
    expect(changed.statusCode).toBe(204)

    const after = await browser(login, 'one that I chose myself')
    expect((await after.call('GET', '/people')).statusCode).toBe(200)
  })

  it('ends every session when it is changed', async () => {
    const { login, password } = await newcomer()
    const [here, elsewhere] = [await browser(login, password), await browser(login, password)]

    await here.call('PUT', '/account/password', { password, wanted: 'one that I chose myself' })

    expect((await elsewhere.call('DELETE', '/session')).statusCode).toBe(401)
  })

  it('is not changed by whoever finds the browser open', async () => {
    const { login, password } = await newcomer()
    const session = await browser(login, password)

    const changed = await session.call('PUT', '/account/password', { password: 'guessed', wanted: 'one that I chose' })

    expect(changed.statusCode).toBe(403)
    expect((await signIn({ login, password })).statusCode).toBe(200)
  })
})

describe('the lock', () => {
  it('closes after five wrong passwords in a row, to the right one too', async () => {
    const { login, password } = await newcomer()
    for (let tries = 0; tries < 5; tries += 1) await signIn({ login, password: 'wrong' })

    expect((await signIn({ login, password })).statusCode).toBe(401)

    await hub.database.query("update account set locked_until = now() - interval '1 second' where login = $1", [login])
    expect((await signIn({ login, password })).statusCode).toBe(200)
  })

  it('counts guesses that are made at the same moment', async () => {
    const { login, password } = await newcomer()

    await Promise.all(Array.from({ length: 6 }, () => signIn({ login, password: 'wrong' })))

    expect((await signIn({ login, password })).statusCode).toBe(401)
  })

  it('is opened by an administrator, with a new password', async () => {
    const { login, account } = await newcomer()
    for (let tries = 0; tries < 5; tries += 1) await signIn({ login, password: 'wrong' })
    const administrator = await signedIn(hub, { role: 'administrator', scope: { everything: true } })

    const reset = await administrator.post(`/people/${account.id}/reset`)

    expect((await signIn({ login, password: reset.json().password })).statusCode).toBe(200)
  })
})

describe('the second factor', () => {
  it('is asked for once it is set up, and each code counts once', async () => {
    const { login, password } = await newcomer()
    const session = await browser(login, password)
    const setup = (await session.call('POST', '/account/totp', { password })).json()
    const [first, second] = [codeAt(setup.text, 0), codeAt(setup.text, 30_000)]
    const on = await session.call('PUT', '/account/totp', { sealed: setup.sealed, code: first })
    expect(on.statusCode).toBe(204)

    const withoutCode = await signIn({ login, password })
    const withUsedCode = await signIn({ login, password, code: first })
    const withCode = await signIn({ login, password, code: second })

    expect(withoutCode.json()).toEqual({ next: 'code' })
    expect(withoutCode.cookies).toEqual([])
    expect(withUsedCode.statusCode).toBe(401)
    expect(withCode.json()).toEqual({ next: 'done' })
  })

  it('is not asked for when the password is wrong', async () => {
    const { login, password } = await newcomer()
    const session = await browser(login, password)
    const setup = (await session.call('POST', '/account/totp', { password })).json()
    await session.call('PUT', '/account/totp', { sealed: setup.sealed, code: codeAt(setup.text, 0) })

    expect((await signIn({ login, password: 'wrong' })).statusCode).toBe(401)
  })

  it('is not set up with a secret that was given to another account', async () => {
    const [one, other] = [await newcomer(), await newcomer()]
    const session = await browser(one.login, one.password)
    const setup = (await session.call('POST', '/account/totp', { password: one.password })).json()
    const others = await browser(other.login, other.password)

    const stolen = await others.call('PUT', '/account/totp', { sealed: setup.sealed, code: codeAt(setup.text, 0) })

    expect(stolen.statusCode).toBe(400)
  })
})

describe('a session', () => {
  it('gets a new token at every sign-in, and the one before ends', async () => {
    const { login, password } = await newcomer()
    const first = await signIn({ login, password })
    const second = await signIn({ login, password }, cookieOf(first))

    expect(cookieOf(second)).not.toBe(cookieOf(first))
    expect(await personOf(cookieOf(first))).toBeUndefined()
    expect(await personOf(cookieOf(second))).toBe(login)
  })

  it.each([
    { what: 'after an hour without a request', change: "seen_at = now() - interval '61 minutes'" },
    { what: 'after a working day', change: "ends_at = now() - interval '1 second'" },
  ])('ends $what', async ({ change }) => {
    const person = await signedIn(hub)

    await hub.database.query(`update account_session set ${change} where account_id = $1`, [person.accountId])

    expect((await person.call('DELETE', '/session')).statusCode).toBe(401)
  })

  it('ends everywhere when the person says so', async () => {
    const { login, password } = await newcomer()
    const cookies = [cookieOf(await signIn({ login, password })), cookieOf(await signIn({ login, password }))]
    const session = await browser(login, password)
    await session.call('PUT', '/account/password', { password, wanted: 'one that I chose myself' })
    const here = await browser(login, 'one that I chose myself')

    expect((await here.call('DELETE', '/sessions')).statusCode).toBe(204)

    expect(await Promise.all(cookies.map(personOf))).toEqual([undefined, undefined])
    expect((await here.call('DELETE', '/session')).statusCode).toBe(401)
  })

  it('ends at once when its account is disabled', async () => {
    const person = await signedIn(hub)
    const administrator = await signedIn(hub, { role: 'administrator', scope: { everything: true } })

    await administrator.post(`/people/${person.accountId}/disable`)

    expect((await person.call('DELETE', '/session')).statusCode).toBe(401)
  })
})

it('keeps the last administrator', async () => {
  const own = await testConsole()
  const administrator = await signedIn(own, { role: 'administrator', scope: { everything: true } })

  const answer = await administrator.post(`/people/${administrator.accountId}/disable`)
  await own.close()

  expect(answer.statusCode).toBe(409)
})

it('writes into the audit log who viewed what, who was refused, and what was changed', async () => {
  const administrator = await signedIn(hub, { role: 'administrator', scope: { everything: true } })
  const viewer = await signedIn(hub)
  await viewer.get('/people')

  await administrator.post('/people', {
    login: 'logged',
    name: 'Logged',
    role: 'viewer',
    scope: emptyScope,
    agencies: [],
    withPassword: false,
  })

  const answer = await administrator.get(`/audit?actor=user:${administrator.login}`)
  expect(answer.json().items.map(({ action, object }: Row) => ({ action, object }))).toEqual([
    { action: 'console.view' },
    { action: 'account.create', object: 'logged' },
    { action: 'console.ask' },
  ])
  const refused = await administrator.get(`/audit?actor=user:${viewer.login}`)
  expect(refused.json().items).toEqual([expect.objectContaining({ action: 'console.view', outcome: 'refused' })])
})

interface Row {
  readonly action: string
  readonly object?: string
}

let people = 0

async function newcomer() {
  people += 1
  const login = `newcomer${people}`
  const rights = { role: 'administrator', scope: { ...emptyScope, everything: true }, agencies: [] } as const
  const { account, password = '' } = await addAccount(hub.database, manager, {
    ...rights,
    login,
    name: 'Newcomer',
    withPassword: true,
  })
  return { login, password, account }
}

function signIn(payload: { readonly login: string; readonly password: string; readonly code?: string }, cookie = '') {
  return hub.app.inject({ method: 'POST', url: '/console/api/session', payload, headers: { cookie } })
}

/** A browser in which somebody signed in with a password. */
async function browser(login: string, password: string) {
  const cookie = cookieOf(await signIn({ login, password }))
  const session = await hub.app.inject({ url: '/console/api/session', headers: { cookie } })
  const headers = { cookie, 'x-csrf-token': session.json().csrfToken as string }
  return {
    call: (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object) =>
      hub.app.inject({ method, url: `/console/api${path}`, headers, ...(body && { payload: body }) }),
  }
}

async function personOf(cookie: string): Promise<string | undefined> {
  const session = await hub.app.inject({ url: '/console/api/session', headers: { cookie } })
  return session.json().person?.login
}

function codeAt(secret: string, afterMs: number): string {
  return new TOTP({ secret }).generate({ timestamp: noon.getTime() + afterMs })
}
