import type { Identity } from '@docaxis/pki/authority'
import { createMetrics, createTrustSource } from '@docaxis/service'
import { addSources, bindCertificate, importDirectory, putAnchor } from '@docaxis/store'
import {
  type FileServer,
  noon,
  type TestAuthority,
  type TestBlobs,
  type TestDatabase,
  type TestServiceDeps,
  testBlobs,
  testDatabase,
  testFileServer,
  testServiceDeps,
} from '@docaxis/testkit'
import { createGuardedFetch } from '../src/fetch/guarded-fetch.ts'
import { trustMetrics } from '../src/metrics.ts'
import type { RefreshDeps } from '../src/refresh/refresh-deps.ts'

/** A database with a small directory, a server of lists, and what asking authorities takes; all on this machine. */
export interface TrustBench {
  readonly database: TestDatabase
  readonly blobs: TestBlobs
  readonly deps: TestServiceDeps
  readonly server: FileServer
  /** One instance; another call gives another that shares the database. */
  instance(): RefreshDeps
  close(): Promise<void>
}

export async function trustBench(): Promise<TrustBench> {
  const database = await testDatabase()
  const blobs = await testBlobs()
  const deps = testServiceDeps(database, blobs)
  const server = await testFileServer()
  await fillDirectory(database)
  return {
    database,
    blobs,
    deps,
    server,
    instance: () => ({
      database,
      logger: deps.logger,
      now: () => noon,
      trust: createTrustSource(database, {}),
      metrics: trustMetrics(createMetrics('trust')),
      fetch: createGuardedFetch({ insideHosts: ['127.0.0.1'], limits: { maxBytes: 1024 * 1024, timeoutMs: 500 } }),
      random: () => 0.5,
    }),
    close: async () => {
      await server.close()
      await deps.bus.stop()
      await blobs.close()
      await database.close()
    },
  }
}

/** Trusts an authority, and says where its list is. */
export async function registerList(database: TestDatabase, { certificate }: TestAuthority, url: string): Promise<void> {
  await trustAuthority(database, certificate)
  await addSources(database, [{ authority: certificate.sha256, kind: 'crl', url, givenBy: 'operator' }])
}

export async function trustAuthority(database: TestDatabase, certificate: Identity['certificate']): Promise<void> {
  const { sha256, der, subject, notAfter } = certificate
  const anchor = { sha256, der, subject: subject.text, notAfter }
  const limits = { purposes: ['seal'], permittedNames: [], excludedNames: [] } as const
  await putAnchor(database, { ...anchor, ...limits }, 'operator')
  await database.query(
    `insert into authority (sha256, der, subject, not_after, intermediate)
     values (decode($1, 'hex'), $2, $3, $4, false) on conflict do nothing`,
    [sha256, der, subject.text, notAfter],
  )
}

/** @param code G99 or H99 */
export async function bindSeal(database: TestDatabase, code: string, { certificate }: Identity): Promise<void> {
  const { sha256, der, subject, issuer, serial, notBefore, notAfter } = certificate
  const row = { sha256, der, subject: subject.text, issuer: issuer.text, serial, notBefore, notAfter }
  await bindCertificate(database, code, row)
}

/** Everything is due now. */
export async function everythingDue(database: TestDatabase): Promise<void> {
  await database.query('update revocation_source set due_at = now()')
  await database.query('update ocsp_answer set due_at = now()')
}

async function fillDirectory(database: TestDatabase): Promise<void> {
  const rows = ['G99', 'H99'].map(code => ({ code, kind: 'agency', level: 'province', name: `Cơ quan ${code}` }))
  const file = Buffer.from(JSON.stringify(rows))
  await database.transaction(tx => importDirectory(tx, file, { format: 'json', mode: 'merge' }))
}
