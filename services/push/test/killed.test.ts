import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testWebhookReceiver, type WebhookReceiver } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type PushTest, pushTest } from './harness.ts'

let push: PushTest
let receiver: WebhookReceiver
let folder: string
const children: ChildProcess[] = []

beforeAll(async () => {
  push = await pushTest()
  receiver = await testWebhookReceiver()
  folder = await mkdtemp(join(tmpdir(), 'docaxis-push-killed-'))
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await push.reset()
  await receiver.close()
  await push.close()
  await rm(folder, { recursive: true, force: true })
})

/** The service as it is run, in a process of its own. */
function startProcess(): ChildProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../src/main.ts')], {
    stdio: 'ignore',
    env: {
      PATH: process.env.PATH,
      DOCAXIS_ENVIRONMENT: 'test',
      DOCAXIS_HTTP_PORT: '0',
      DOCAXIS_DATA_DIR: folder,
      DOCAXIS_DATABASE_URL: push.database.connectionString,
      DOCAXIS_SECRETS_KEY_FILE: push.secretsKeyFile,
      DOCAXIS_PUSH_INSIDE_HOSTS: '127.0.0.1',
      DOCAXIS_PUSH_PLAIN_HOSTS: '127.0.0.1',
    },
  })
  children.push(child)
  return child
}

const idsReceived = () => receiver.received.map(({ headers }) => headers['webhook-id'])

it('killed while the receiver answers, it loses nothing: what comes twice has the same id', async () => {
  const webhook = await push.webhook(receiver.url)
  const ids = await push.tell(webhook.id, 12)
  const first = startProcess()
  receiver.behave = () => {
    if (receiver.received.length === 5) first.kill('SIGKILL')
    return { status: 200 }
  }
  await vi.waitFor(() => expect(first.signalCode).toBe('SIGKILL'), { timeout: 60_000 })

  await push.database.query("update webhook_message set leased_until = clock_timestamp() - interval '1 second'")
  startProcess()
  await vi.waitFor(async () => expect(await push.now(webhook)).toMatchObject({ waiting: 0, failed: 0 }), {
    timeout: 60_000,
  })

  expect(new Set(idsReceived())).toEqual(new Set(ids))
  expect(idsReceived().length).toBeGreaterThanOrEqual(ids.length)
}, 150_000)
