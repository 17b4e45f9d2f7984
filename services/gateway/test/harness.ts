import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Identity } from '@docaxis/pki/authority'
import { buildServer, type HubConfig, readConfig, storedCrl } from '@docaxis/service'
import {
  addDemoAnchor,
  bindCertificate,
  bindSystemAgency,
  createSystem,
  importDirectory,
  issueToken,
  issueVxpSecret,
  type NewSystem,
  newSecretKey,
  openSecretBox,
  putCrl,
} from '@docaxis/store'
import {
  type EnvelopeWish,
  envelopeXml,
  noon,
  sealedEnvelope,
  type TestAuthority,
  type TestBlobs,
  type TestDatabase,
  type TestServiceDeps,
  testAuthority,
  testBlobs,
  testDatabase,
  testServiceDeps,
} from '@docaxis/testkit'
import type { FastifyInstance, RouteOptions } from 'fastify'
import { Registry } from 'prom-client'
import { createService } from '../src/service.ts'
import { usualPace } from '../src/vxp/pace.ts'

/** A small country: a ministry, a province, a district that was closed, two communes, and another ministry. */
const agencies = [
  { code: 'G99', code2016: '000.00.00.G99', level: 'central' },
  { code: 'G98', level: 'central' },
  { code: 'H99', level: 'province' },
  { code: 'H99.32', level: 'district', parent: 'H99', validTo: '2025-07-01', successor: 'H99.05' },
  { code: 'H99.33', level: 'district', parent: 'H99', validTo: '2025-07-01' },
  { code: 'H99.05', level: 'commune', parent: 'H99', groups: ['communes-h99'] },
  { code: 'H99.06', level: 'commune', parent: 'H99', groups: ['communes-h99'] },
  // Known, but no system fetches for it.
  { code: 'H99.07', level: 'commune', parent: 'H99' },
]

export interface TestSystem {
  readonly id: string
  readonly token: string
}

export interface TestGateway {
  readonly app: FastifyInstance
  /** Another instance on the same database and the same blob folder. */
  readonly another: () => Promise<{ readonly app: FastifyInstance; close(): Promise<void> }>
  readonly routes: readonly RouteOptions[]
  readonly database: TestDatabase
  readonly blobs: TestBlobs
  readonly deps: TestServiceDeps
  readonly authority: TestAuthority
  /** One system per connected agency, named by the agency in lower case; strict, `require-valid`. */
  readonly systems: Readonly<Record<string, TestSystem>>
  readonly operator: TestSystem
  readonly seals: Readonly<Record<string, Identity>>
  /** A document sealed by its sender, or by the agency named. */
  sealed(wish: EnvelopeWish, by?: string): Buffer
  unsealed(wish: EnvelopeWish): Buffer
  addSystem(system: Partial<NewSystem> & { id: string }, agencies?: readonly string[]): Promise<TestSystem>
  /** A new VXP secret of a system. */
  vxpSecret(systemId: string): Promise<string>
  /** Listens on any free port. @returns its address, without a slash at the end */
  listen(): Promise<string>
  /** Authorization header of a system. */
  as(system: TestSystem | string): { authorization: string }
  post(xml: Buffer, system: TestSystem | string): Promise<Answer>
  get(path: string, system: TestSystem | string): Promise<Answer>
  postJson(path: string, body: unknown, system: TestSystem | string, headers?: Record<string, string>): Promise<Answer>
  close(): Promise<void>
}

export type Answer = Awaited<ReturnType<FastifyInstance['inject']>>

export interface GatewayWish {
  readonly crl?: boolean
  /** Environment variables. */
  readonly env?: Readonly<Record<string, string>>
}

/**
 * A whole gateway on a database and a blob folder of its own, with the test authority as its only anchor.
 *
 * @param crl whether the hub holds the authority's revocation list
 */
export async function testGateway({ crl = true, env = {} }: GatewayWish = {}): Promise<TestGateway> {
  const database = await testDatabase()
  const blobs = await testBlobs()
  const authority = await testAuthority()
  const seals = await fillDirectory(database, authority)
  if (crl) await publishCrl(database, authority)
  const deps = testServiceDeps(database, blobs)

  const folder = await mkdtemp(join(tmpdir(), 'docaxis-gateway-'))
  const secretsKeyFile = join(folder, 'secrets-key')
  await writeFile(secretsKeyFile, newSecretKey())
  const secretBox = await openSecretBox(secretsKeyFile)
  const config = readConfig({
    DOCAXIS_ENVIRONMENT: 'test',
    DOCAXIS_SECRETS_KEY_FILE: secretsKeyFile,
    DOCAXIS_VXP_BASES: '/XrdAdapter,/XrdAdapter/adapter',
    ...env,
  })
  const routes: RouteOptions[] = []
  const { app, close } = await startGateway(config, deps, route => routes.push(route))

  const systems: Record<string, TestSystem> = {}
  async function addSystem(system: Partial<NewSystem> & { id: string }, bound: readonly string[] = []) {
    await createSystem(database, { name: system.id, ...system })
    for (const code of bound) await bindSystemAgency(database, system.id, code)
    // The tests' clock stands at noon; a system last seen years before would be called silent.
    await database.query('update system set created_at = $2, last_called_at = $2 where id = $1', [system.id, noon])
    const { token } = await issueToken(database, system.id)
    systems[system.id] = { id: system.id, token }
    return { id: system.id, token }
  }
  for (const code of Object.keys(seals)) await addSystem({ id: code.toLowerCase(), profile: 'strict' }, [code])
  const operator = await addSystem({ id: 'operator', roles: ['operator'] })

  const as = (system: TestSystem | string) => {
    const known = typeof system === 'string' ? systems[system] : system
    return { authorization: `Bearer ${known?.token}` }
  }
  const sealed = (wish: EnvelopeWish, by = wish.sender) => {
    const seal = seals[by]
    if (!seal) throw new Error(`${by} has no seal`)
    return sealedEnvelope(wish, seal)
  }

  return {
    app,
    another: () => startGateway(config, { ...deps, metrics: new Registry() }),
    routes,
    database,
    blobs,
    deps,
    authority,
    systems,
    operator,
    seals,
    sealed,
    unsealed: envelopeXml,
    addSystem,
    vxpSecret: async systemId => (await database.transaction(tx => issueVxpSecret(tx, secretBox, systemId))).secret,
    listen: () => app.listen({ host: '127.0.0.1', port: 0 }),
    as,
    post: (xml, system) =>
      app.inject({
        method: 'POST',
        url: '/api/v1/documents',
        headers: { ...as(system), 'content-type': 'application/xml' },
        payload: xml,
      }),
    get: (path, system) => app.inject({ method: 'GET', url: path, headers: as(system) }),
    postJson: (path, body, system, headers = {}) =>
      app.inject({ method: 'POST', url: path, headers: { ...as(system), ...headers }, payload: body as object }),
    close: async () => {
      await close()
      await deps.bus.stop()
      await blobs.close()
      await database.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function startGateway(
  config: HubConfig,
  deps: TestServiceDeps,
  onRoute: (route: RouteOptions) => void = () => undefined,
) {
  const { app } = buildServer({ config, logger: deps.logger, metrics: deps.metrics })
  app.addHook('onRoute', onRoute)
  const service = createService(config, deps, { ...usualPace, firstHoldMs: 0, longestHoldMs: 0 })
  if (service.routes) await app.register(service.routes)
  await service.start()
  await app.ready()
  return {
    app,
    async close() {
      await app.close()
      await service.stop()
    },
  }
}

/** Agencies with directory names as the envelopes write them, the anchor, its list, and a bound seal for each. */
async function fillDirectory(database: TestDatabase, authority: TestAuthority): Promise<Record<string, Identity>> {
  const rows = agencies.map(agency => ({ kind: 'agency', ...agency, name: `Cơ quan ${agency.code}` }))
  await database.transaction(tx =>
    importDirectory(tx, Buffer.from(JSON.stringify(rows)), { format: 'json', mode: 'merge' }),
  )
  await addDemoAnchor(database, authority.certificate)

  const seals: Record<string, Identity> = {}
  for (const code of ['G99', 'G98', 'H99', 'H99.05', 'H99.06']) {
    const seal = await authority.seal(code, { keyType: 'ec' })
    seals[code] = seal
    await bindSeal(database, code, seal)
  }
  return seals
}

export async function bindSeal(database: TestDatabase, code: string, { certificate }: Identity): Promise<void> {
  const { sha256, der, subject, issuer, serial, notBefore, notAfter } = certificate
  const row = { sha256, der, subject: subject.text, issuer: issuer.text, serial, notBefore, notAfter }
  await bindCertificate(database, code, row)
}

export async function publishCrl(
  database: TestDatabase,
  authority: TestAuthority,
  revoked: readonly Identity[] = [],
): Promise<void> {
  const crl = authority.list(revoked)
  await putCrl(database, storedCrl(crl))
}
