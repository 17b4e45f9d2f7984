import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type TestHub, testHub } from '../../../services/hub/test/support/test-hub.ts'
import { runCommand } from './run-command.ts'

// The first administrator of a hub, made by a command and signing in at its console.

// Every command is a process of its own.
vi.setConfig({ testTimeout: 120_000 })

let hub: TestHub
let token: string

beforeAll(async () => {
  hub = await testHub()
  token = (await readFile(join(hub.demoFolder, 'operator-token'), 'utf8')).trim()
})
afterAll(() => hub?.stop())

it('makes an administrator whose password is shown once and opens the console', async () => {
  const made = await account('create', 'first', '--name', 'Người Đầu', '--role', 'administrator', '--everything')

  expect(made.code).toBe(0)
  expect(await signIn('first', JSON.parse(made.out).password)).toBe(200)
  const { items } = JSON.parse((await account('list')).out)
  expect(items).toContainEqual(
    expect.objectContaining({
      login: 'first',
      role: 'administrator',
      scope: expect.objectContaining({ everything: true }),
    }),
  )
})

it('changes what somebody may, and leaves what was not said', async () => {
  await account('create', 'clerk', '--name', 'Văn Thư', '--below', 'H99', '--agency', 'H99')

  const changed = await account('change', 'clerk', '--role', 'auditor')

  expect(JSON.parse(changed.out)).toMatchObject({
    name: 'Văn Thư',
    role: 'auditor',
    scope: { subtrees: ['H99'] },
    agencies: ['H99'],
  })
})

it('gives a new password, and takes the account away', async () => {
  await account('create', 'leaving')
  const { password } = JSON.parse((await account('reset', 'leaving')).out)
  expect(await signIn('leaving', password)).toBe(200)

  await account('disable', 'leaving')

  expect(await signIn('leaving', password)).toBe(401)
})

function account(...args: readonly string[]) {
  const env = { INIT_CWD: tmpdir(), DOCAXIS_URL: hub.url, DOCAXIS_TOKEN: token }
  return runCommand(['--json', 'admin', 'account', ...args], env)
}

async function signIn(login: string, password: string): Promise<number> {
  const response = await fetch(`${hub.url}/console/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  })
  return response.status
}
