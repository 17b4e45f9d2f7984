import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildServer, type HubServer, readConfig } from '@docaxis/service'
import { importDirectory, newSecretKey } from '@docaxis/store'
import { beginSession, createAccount, emptyScope, type Role, type Scope } from '@docaxis/store/console'
import { type TestDatabase, type TestServiceDeps, testBlobs, testDatabase, testServiceDeps } from '@docaxis/testkit'
import type { LightMyRequestResponse, RouteOptions } from 'fastify'
import { csrfTokenOf } from '../../src/access/session-cookie.ts'
import { apiRoutes } from '../../src/api.ts'
import { createConsole } from '../../src/console.ts'
import { createLive, type Live } from '../../src/now/live.ts'

/** The interface of the console over a real database, without its pages. */
export interface TestConsole {
  readonly app: HubServer['app']
  readonly database: TestDatabase
  readonly deps: TestServiceDeps
  /** The key that seals what is kept encrypted. */
  readonly secretsKeyFile: string
  readonly routes: readonly RouteOptions[]
  /** Takes its turns as soon as somebody watches, and then when a test lets it. */
  readonly live: Live
  close(): Promise<void>
}

/** A ministry, two provinces, communes below them. */
const agencies = [
  { code: 'G99', level: 'central' },
  { code: 'G98', level: 'central' },
  { code: 'H99', level: 'province', locality: 'Mây Trắng' },
  { code: 'H99.05', level: 'commune', parent: 'H99', locality: 'Mây Trắng', groups: ['communes-h99'] },
  { code: 'H99.06', level: 'commune', parent: 'H99', locality: 'Mây Trắng', groups: ['communes-h99'] },
  { code: 'H98', level: 'province', locality: 'Đồi Thông' },
  // Below H98 by the directory, whatever its code looks like.
  { code: 'K01', level: 'commune', parent: 'H98', locality: 'Đồi Thông' },
] as const

export async function testConsole(settings: Readonly<Record<string, string>> = {}): Promise<TestConsole> {
  const database = await testDatabase()
  const blobs = await testBlobs()
  const deps = testServiceDeps(database, blobs)
  const secretsKeyFile = join(blobs.folder, 'secrets-key')
  await writeFile(secretsKeyFile, newSecretKey())
  const config = readConfig({ DOCAXIS_LOG_LEVEL: 'silent', DOCAXIS_SECRETS_KEY_FILE: secretsKeyFile, ...settings })
  const rows = agencies.map(agency => ({ kind: 'agency', name: `Agency ${agency.code}`, ...agency }))
  const file = Buffer.from(JSON.stringify(rows))
  await database.transaction(tx => importDirectory(tx, file, { format: 'json', mode: 'replace' }))
  const { app } = buildServer({ config, logger: deps.logger, metrics: deps.metrics })
  const routes: RouteOptions[] = []
  app.addHook('onRoute', route => {
    routes.push(route)
  })
  const console = createConsole(config, deps)
  const live = createLive(console, { everyMs: 50, restingMs: 60_000 })
  await app.register(apiRoutes, { prefix: '/console/api', console, live })
  await app.ready()
  return {
    app,
    database,
    deps,
    secretsKeyFile,
    routes,
    live,
    async close() {
      await live.stop()
      await console.printer.close()
      await app.close()
      await deps.bus.stop()
      await database.close()
      await blobs.close()
    },
  }
}

export interface PersonWish {
  readonly role?: Role
  readonly scope?: Partial<Scope>
  readonly agencies?: readonly string[]
  readonly login?: string
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Somebody with a session, calling as the page does. */
export interface SignedIn {
  readonly accountId: string
  readonly login: string
  readonly scope: Scope
  readonly headers: Readonly<Record<string, string>>
  call(method: Method, path: string, body?: unknown): Promise<LightMyRequestResponse>
  /** @param path below `/console/api` */
  get(path: string): Promise<LightMyRequestResponse>
  post(path: string, body?: unknown): Promise<LightMyRequestResponse>
}

let people = 0

export async function signedIn({ app, database }: TestConsole, wish: PersonWish = {}): Promise<SignedIn> {
  people += 1
  const login = wish.login ?? `person${people}`
  const scope = { ...emptyScope, ...wish.scope }
  const account = await createAccount(database, {
    login,
    name: `Person ${people}`,
    role: wish.role ?? 'viewer',
    scope,
    agencies: wish.agencies ?? [],
  })
  const token = await beginSession(database, account.id)
  const headers = { cookie: `docaxis-session=${token}`, 'x-csrf-token': csrfTokenOf(token) }
  const call: SignedIn['call'] = (method, path, body) =>
    app.inject({ method, url: `/console/api${path}`, headers, ...(body !== undefined && { payload: body as object }) })
  return {
    accountId: account.id,
    login,
    scope,
    headers,
    call,
    get: path => call('GET', path),
    post: (path, body) => call('POST', path, body),
  }
}

/** The cookie of an answer, as a browser would send it back. */
export function cookieOf({ cookies }: Pick<LightMyRequestResponse, 'cookies'>): string {
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
}
