import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Resolve } from '@docaxis/outbound'
import { newWebhookSecret } from '@docaxis/outbound'
import { readConfig, type Service } from '@docaxis/service'
import {
  createWebhook,
  findWebhook,
  insertWebhookMessages,
  issueWebhookSecret,
  newSecretKey,
  openSecretBox,
  type Webhook,
} from '@docaxis/store'
import {
  addSystem,
  emptyTables,
  type TestDatabase,
  type TestServiceDeps,
  testBlobs,
  testDatabase,
  testServiceDeps,
} from '@docaxis/testkit'
import { createService, type PushSettings } from '../src/index.ts'

/** A name of the outside that leads to this machine. */
export const officeHost = 'office.example'
const loopback: Resolve = async () => [{ address: '127.0.0.1', family: 4 }]

export interface PushTest {
  readonly database: TestDatabase
  readonly deps: TestServiceDeps
  readonly secretsKeyFile: string
  /** A webhook of a system of its own, with a secret. */
  webhook(url: string, wish?: Partial<Webhook>): Promise<Webhook & { readonly secret: string }>
  now(webhook: Webhook): Promise<Webhook | undefined>
  /** @returns ids */
  tell(webhookId: string, count?: number): Promise<string[]>
  /** Another secret for it; the one before goes on signing. */
  rotate(webhookId: string): Promise<string>
  /** One instance of the service, running. */
  start(env?: Readonly<Record<string, string>>, settings?: Partial<PushSettings>): Promise<Service>
  /** Stops every instance, and forgets every webhook. */
  reset(): Promise<void>
  close(): Promise<void>
}

/** The service on a real database and bus. Its clock is real: the reference verifier asks it. */
export async function pushTest(): Promise<PushTest> {
  const database = await testDatabase()
  const blobs = await testBlobs()
  const folder = await mkdtemp(join(tmpdir(), 'docaxis-push-'))
  const secretsKeyFile = join(folder, 'secrets-key')
  await writeFile(secretsKeyFile, newSecretKey())
  const box = await openSecretBox(secretsKeyFile)
  const deps = { ...testServiceDeps(database, blobs), now: () => new Date() }
  const running: Service[] = []

  async function rotate(webhookId: string): Promise<string> {
    const secret = newWebhookSecret()
    await database.transaction(tx => issueWebhookSecret(tx, box, { webhookId, secret, overlapSeconds: 3_600 }))
    return secret
  }

  return {
    database,
    deps,
    secretsKeyFile,
    async webhook(url, { systemId = `s-${randomBytes(6).toString('hex')}`, types = [] } = {}) {
      await addSystem(database, systemId)
      const webhook = await createWebhook(database, { systemId, url, description: null, types })
      return { ...webhook, secret: await rotate(webhook.id) }
    },
    now: ({ id, systemId }) => findWebhook(database, id, systemId),
    tell: (webhookId, count = 1) =>
      insertWebhookMessages(
        database,
        Array.from({ length: count }, () => ({
          webhookId,
          eventId: randomBytes(6).toString('hex'),
          type: 'webhook.test',
          priority: 0,
          body: '{"type":"webhook.test"}',
        })),
      ),
    rotate,
    async start(env = {}, settings = {}) {
      const config = readConfig({
        DOCAXIS_ENVIRONMENT: 'test',
        DOCAXIS_SECRETS_KEY_FILE: secretsKeyFile,
        DOCAXIS_PUSH_INSIDE_HOSTS: `127.0.0.1,${officeHost}`,
        DOCAXIS_PUSH_PLAIN_HOSTS: `127.0.0.1,${officeHost}`,
        ...env,
      })
      deps.metrics.clear()
      const service = createService(config, deps, { everyMs: 20, timeoutMs: 1_000, resolve: loopback, ...settings })
      running.push(service)
      await service.start()
      return service
    },
    async reset() {
      for (const service of running.splice(0)) await service.stop()
      await emptyTables(database, 'webhook', 'document', 'outbox', 'outbox_batch')
    },
    async close() {
      await deps.bus.stop()
      await database.close()
      await blobs.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
