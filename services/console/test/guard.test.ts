import { createAccount, emptyScope, hashPassword } from '@docaxis/store/console'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signedIn, type TestConsole, testConsole } from './support/test-console.ts'

let hub: TestConsole

beforeAll(async () => {
  hub = await testConsole()
})
afterAll(() => hub?.close())

describe('signing in with a password', () => {
  it('gives a session that no script can read and no other site can use', async () => {
    await account('lan', 'mây trắng bay qua')

    const answer = await signIn('lan', 'mây trắng bay qua')

    expect(answer.json()).toEqual({ next: 'done' })
    expect(answer.cookies).toEqual([
      expect.objectContaining({ name: 'docaxis-session', httpOnly: true, sameSite: 'Lax', path: '/' }),
    ])
  })

  it.each([
    { what: 'a wrong password', login: 'minh', password: 'another password' },
    { what: 'an unknown login', login: 'nobody', password: 'the right password' },
  ])('refuses $what', async ({ login, password }) => {
    if (login === 'minh') await account('minh', 'the right password')

    const answer = await signIn(login, password)

    expect(answer.statusCode).toBe(401)
    expect(answer.cookies).toEqual([])
  })
})

describe('a request', () => {
  it('without a session is refused', async () => {
    const answer = await hub.app.inject({ method: 'DELETE', url: '/console/api/session' })

    expect(answer.statusCode).toBe(401)
  })

  it('that changes something is refused without the token of its page', async () => {
    const { headers } = await signedIn(hub)

    const answer = await hub.app.inject({
      method: 'DELETE',
      url: '/console/api/session',
      headers: { cookie: headers.cookie },
    })

    expect(answer.statusCode).toBe(403)
  })

  it('that changes something is refused when a page of another site asks for it', async () => {
    const { headers } = await signedIn(hub)

    const answer = await hub.app.inject({
      method: 'DELETE',
      url: '/console/api/session',
      headers: { ...headers, 'sec-fetch-site': 'cross-site' },
    })

    expect(answer.statusCode).toBe(403)
  })

  it('is refused after signing out', async () => {
    const person = await signedIn(hub)

    expect((await person.call('DELETE', '/session')).statusCode).toBe(204)

    expect((await person.call('DELETE', '/session')).statusCode).toBe(401)
  })
})

async function account(login: string, password: string): Promise<void> {
  await createAccount(hub.database, {
    login,
    name: login,
    role: 'viewer',
    scope: emptyScope,
    agencies: [],
    passwordHash: await hashPassword(password),
  })
}

function signIn(login: string, password: string) {
  return hub.app.inject({ method: 'POST', url: '/console/api/session', payload: { login, password } })
}
