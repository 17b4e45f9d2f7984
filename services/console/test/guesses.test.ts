import { createAccount, emptyScope, hashPassword } from '@docaxis/store/console'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { networkOf } from '../src/sign-in/guesses.ts'
import { type TestConsole, testConsole } from './support/test-console.ts'

// Guesses spread over many accounts lock none of them: they are counted by where they come from.

let hub: TestConsole
const proxy = '10.0.0.1'
const freeTries = 30

beforeAll(async () => {
  hub = await testConsole({ DOCAXIS_TRUSTED_PROXIES: proxy })
  const passwordHash = await hashPassword('mây trắng bay qua')
  await createAccount(hub.database, {
    login: 'lan',
    name: 'lan',
    role: 'viewer',
    scope: emptyScope,
    agencies: [],
    passwordHash,
  })
}, 400_000)
afterAll(() => hub?.close())

it('an address that guessed too often waits, even with the right password, and is told how long', async () => {
  for (let tried = 0; tried < freeTries; tried += 1) {
    expect((await signIn('192.0.2.7', `nobody-${tried}`, 'guess')).statusCode).toBe(401)
  }

  const answer = await signIn('192.0.2.7', 'lan', 'mây trắng bay qua')

  expect([answer.statusCode, answer.json().code]).toEqual([429, 'RATE_LIMITED'])
  const seconds = Number(answer.headers['retry-after'])
  expect(seconds).toBeGreaterThan(0)
  expect(seconds).toBeLessThanOrEqual(300)
}, 400_000)

it('others are not made to wait for it', async () => {
  expect((await signIn('192.0.2.8', 'lan', 'mây trắng bay qua')).json()).toEqual({ next: 'done' })
})

it('behind the proxy that is trusted, what it says is the address', async () => {
  const waits = await signIn(proxy, 'lan', 'mây trắng bay qua', '192.0.2.7')
  const goes = await signIn(proxy, 'lan', 'mây trắng bay qua', '192.0.2.9')

  expect([waits.statusCode, goes.statusCode]).toEqual([429, 200])
})

it('what a stranger writes into X-Forwarded-For counts for nothing', async () => {
  const answer = await signIn('192.0.2.7', 'lan', 'mây trắng bay qua', '192.0.2.9')

  expect(answer.statusCode).toBe(429)
})

it.each([
  { address: '192.0.2.7', network: '192.0.2.7' },
  { address: '::ffff:192.0.2.7', network: '::ffff:192.0.2.7' },
  { address: '2001:db8:1:2:3:4:5:6', network: '2001:db8:1:2' },
  { address: '2001:db8::6', network: '2001:db8:0:0' },
  { address: '::1', network: '0:0:0:0' },
])('$address counts as $network', ({ address, network }) => {
  expect(networkOf(address)).toBe(network)
})

function signIn(remoteAddress: string, login: string, password: string, forwardedFor?: string) {
  return hub.app.inject({
    method: 'POST',
    url: '/console/api/session',
    remoteAddress,
    headers: forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor },
    payload: { login, password },
  })
}
