import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningHub, startHub } from '@docaxis/hub'
import { createLogger, readConfig } from '@docaxis/service'
import { type ReceivedWebhook, testWebhookReceiver, type WebhookReceiver } from '@docaxis/testkit'
import { Webhook as Verifier } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { type Client, createClient } from '../src/index.ts'
import { createRelayState, findRelayState, type RelayState } from '../src/relay/relay-state.ts'
import { type RelayOptions, runRelay } from '../src/relay/run-relay.ts'
import { createTransport } from '../src/transport.ts'
import { createRelayCalls } from '../src/webhooks.ts'
import { runCommand } from './run-command.ts'

// A whole hub, the command as a person runs it, and a receiver inside the office.

// Commands are processes of their own, and many tests share the machine.
vi.setConfig({ testTimeout: 120_000 })

let folder: string
let hub: RunningHub
let office: WebhookReceiver
let token: string
let client: Client
let sender: Client
let number = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docaxis-relay-'))
  // As root PostgreSQL runs as another user, which must be able to enter.
  await chmod(folder, 0o755)
  await writeFile(join(folder, 'phu-luc.txt'), 'Phụ lục')
  hub = await startHub({
    config: readConfig({
      DOCAXIS_DATA_DIR: join(folder, 'data'),
      DOCAXIS_HTTP_PORT: '0',
      DOCAXIS_PUSH_INSIDE_HOSTS: '127.0.0.1',
      DOCAXIS_PUSH_PLAIN_HOSTS: '127.0.0.1',
    }),
    logger: createLogger({ logLevel: 'warn' }),
  })
  await hub.firstLetters
  office = await testWebhookReceiver()
  const agencies = JSON.parse(await readFile(join(folder, 'data/demo/agencies.json'), 'utf8'))
  const tokenOf = (wanted: string) => agencies.find(({ code }: { code: string }) => code === wanted).token as string
  token = tokenOf('H99')
  client = createClient({ url: hub.url, token })
  sender = createClient({ url: hub.url, token: tokenOf('G99') })
})
afterAll(async () => {
  await office?.close()
  await hub?.stop()
  await rm(folder, { recursive: true, force: true })
})
beforeEach(() => {
  office.received.length = 0
  office.behave = () => ({ status: 204 })
})

const docaxis = (args: readonly string[]) =>
  runCommand(['--url', hub.url, ...args], { INIT_CWD: folder, DOCAXIS_DATA_DIR: join(folder, 'data') })

/** A relay that was registered, for deliveries alone. */
async function register(): Promise<{ readonly state: RelayState; readonly stateFile: string }> {
  number += 1
  const stateFile = join(folder, `relay-${number}.json`)
  const { id: webhookId, secret } = await client.webhooks.add({ url: null, types: ['delivery.available'] })
  return { stateFile, state: await createRelayState(stateFile, { url: hub.url, webhookId, secret, taken: [] }) }
}

/** A document of G99 to H99. @returns the delivery that the relay's webhook was told of */
async function send(webhookId: string) {
  number += 1
  const to = `letter-${number}.edxml`
  const party = ['--from', 'G99', '--to', 'H99', '--number', String(700 + number), '--notation', 'BSNCP-VP']
  const content = ['--subject', 'V/v', '--signer', 'Hải Yến', '--attach', 'phu-luc.txt']
  expect(await docaxis(['--as', 'G99', 'compose', ...party, ...content, '--sign', '-o', to])).toMatchObject({ code: 0 })
  const sent = await docaxis(['--as', 'G99', '--json', 'send', to])
  const documentId: string = JSON.parse(sent.out).id
  return await vi.waitFor(
    async () => {
      const deliveryId = (await sender.document(documentId)).deliveries[0]?.id ?? 'none yet'
      const waiting = await Array.fromAsync(client.webhooks.messages(webhookId, { state: 'waiting' }))
      const message = waiting.find(({ body }) => body.includes(deliveryId))
      expect(message).toBeDefined()
      return { messageId: message?.id ?? '', deliveryId, documentId, file: join(folder, to) }
    },
    { timeout: 20_000 },
  )
}

function pass({ state, stateFile }: { state: RelayState; stateFile: string }, changes: Partial<RelayOptions> = {}) {
  const transport = createTransport({ url: hub.url, token, maxAttempts: 1 })
  return runRelay({
    calls: createRelayCalls(transport),
    client,
    state,
    stateFile,
    to: `${office.url}/docaxis`,
    envelopes: false,
    pauseMs: 10,
    once: true,
    signal: new AbortController().signal,
    onOutcome: () => undefined,
    onTrouble: () => undefined,
    ...changes,
  })
}

const headersOf = (call: ReceivedWebhook | undefined) => call?.headers as Record<string, string>
/** Calls about one message; letters of the demo country may come in between. */
const callsOf = (messageId: string) =>
  office.received.filter(({ headers }) => String(headers['webhook-id']).startsWith(messageId))
const idsOf = (messageId: string) => callsOf(messageId).map(({ headers }) => headers['webhook-id'])

/** As if the minute had passed in which the relay says what became of a message. */
async function dueAgain(webhookId: string, messageId: string): Promise<void> {
  await client.webhooks.replayMessage(webhookId, messageId)
}

it('passes on what waits, as the reference verifier takes it, and settles it', async () => {
  const relay = await register()
  const { webhookId, secret } = relay.state.memory
  const { messageId } = await send(webhookId)

  await pass(relay)

  expect(idsOf(messageId)).toEqual([messageId])
  const [call] = callsOf(messageId)
  expect(new Verifier(secret).verify(call?.body.toString() ?? '', headersOf(call))).toMatchObject({
    type: 'delivery.available',
  })
  expect(await client.webhooks.message(webhookId, messageId)).toMatchObject({ state: 'delivered' })
  expect(relay.state.memory.taken).toEqual([])
})

it('settles nothing that the office did not take: it comes again under the same id', async () => {
  const relay = await register()
  const { webhookId } = relay.state.memory
  const { messageId } = await send(webhookId)
  office.behave = () => ({ status: 302, headers: { location: '/elsewhere' } })
  await pass(relay)
  expect(await client.webhooks.message(webhookId, messageId)).toMatchObject({
    state: 'waiting',
    lastAttempts: [{ status: 302 }],
  })

  office.behave = () => ({ status: 200 })
  await dueAgain(webhookId, messageId)
  await pass(relay)

  expect(idsOf(messageId)).toEqual([messageId, messageId])
  expect(await client.webhooks.message(webhookId, messageId)).toMatchObject({ state: 'delivered' })
})

it('posts nothing twice when the hub was away after the office took it, even when it was killed in between', async () => {
  const relay = await register()
  const { webhookId } = relay.state.memory
  const { messageId } = await send(webhookId)
  const calls = createRelayCalls(createTransport({ url: hub.url, token }))
  const cut = { ...calls, settle: () => Promise.reject(new Error('killed')) }
  await expect(pass(relay, { calls: cut })).rejects.toThrow('killed')

  const after = await findRelayState(relay.stateFile)
  await dueAgain(webhookId, messageId)
  await expireLease(webhookId, messageId)
  if (after) await pass({ ...relay, state: after })

  expect(idsOf(messageId)).toEqual([messageId])
  expect(await client.webhooks.message(webhookId, messageId)).toMatchObject({ state: 'delivered' })
  expect(after?.memory.taken).toEqual([])
})

/** The hub hears that the try came to nothing, as it assumes itself after a minute. */
async function expireLease(webhookId: string, messageId: string): Promise<void> {
  const calls = createRelayCalls(createTransport({ url: hub.url, token }))
  await calls.settle(webhookId, messageId, { durationMs: 0, failure: 'the lease ran out' })
  await dueAgain(webhookId, messageId)
}

it('posts envelopes too, byte for byte and signed, and acknowledges them only once they were taken', async () => {
  const relay = await register()
  const { webhookId, secret } = relay.state.memory
  const { messageId, deliveryId, documentId, file } = await send(webhookId)
  office.behave = ({ headers }) => ({ status: headers['content-type'] === 'application/xml' ? 503 : 200 })
  await pass(relay, { envelopes: true })
  const before = await sender.document(documentId)

  office.behave = () => ({ status: 200 })
  await dueAgain(webhookId, messageId)
  await pass(relay, { envelopes: true })

  expect(before.deliveries).toMatchObject([{ transport: 'fetched' }])
  expect(idsOf(messageId)).toEqual([messageId, `${messageId}-envelope`, `${messageId}-envelope`])
  const envelope = callsOf(messageId).at(-1)
  expect(envelope?.body).toEqual(await readFile(file))
  expect(headersOf(envelope)).toMatchObject({ 'content-type': 'application/xml', 'docaxis-delivery': deliveryId })
  const { body } = envelope ?? { body: Buffer.alloc(0) }
  const signed = () => new Verifier(secret).verify(body.toString(), headersOf(envelope))
  // The reference verifier reads JSON once the signature fits; XML is where it stops.
  expect(signed).toThrow(SyntaxError)
  expect((await sender.document(documentId)).deliveries).toMatchObject([{ transport: 'acknowledged' }])
  expect((await readdir(folder)).filter(name => name.startsWith(deliveryId))).toEqual([])
})

it('is one command, which keeps its secret to its user and needs no second registration', async () => {
  const args = ['--as', 'H99', 'relay', '--to', `${office.url}/in`, '--state', 'office.json', '--once']
  const first = await docaxis(args)
  const { webhookId } = JSON.parse(await readFile(join(folder, 'office.json'), 'utf8'))
  await client.webhooks.test(webhookId)

  const second = await docaxis(args)

  expect([first.code, second.code]).toEqual([0, 0])
  expect(office.received.map(({ path }) => path)).toEqual(['/in'])
  expect(JSON.parse(second.out)).toMatchObject({ type: 'webhook.test', status: 204 })
  const list = await docaxis(['--as', 'H99', 'webhook', 'list'])
  expect(list.out).toContain(webhookId)
})

it('webhooks of the hub itself are added, tried, listed, rotated and removed by command', async () => {
  const added = await docaxis([
    '--as',
    'H99',
    '--json',
    'webhook',
    'add',
    `${office.url}/hub`,
    '--type',
    'receipt.issued',
  ])
  const { id, secret } = JSON.parse(added.out)
  const tested = await docaxis(['--as', 'H99', 'webhook', 'test', id])
  await vi.waitFor(() => expect(office.received.map(({ path }) => path)).toEqual(['/hub']), { timeout: 20_000 })
  const messages = await docaxis(['--as', 'H99', '--json', 'webhook', 'messages', id])
  const rotated = await docaxis(['--as', 'H99', '--json', 'webhook', 'rotate', id])
  const vague = await docaxis(['--as', 'H99', 'webhook', 'replay', id])
  const operator = { DOCAXIS_TOKEN: (await readFile(join(folder, 'data/demo/operator-token'), 'utf8')).trim() }
  const system = 'demo-H99'
  const seen = await runCommand(['--url', hub.url, '--json', 'admin', 'webhook', 'list', '--system', system], operator)
  const removed = await docaxis(['--as', 'H99', 'webhook', 'remove', id])

  expect([added.code, tested.code, rotated.code, removed.code]).toEqual([0, 0, 0, 0])
  expect(secret).toMatch(/^whsec_/)
  expect(JSON.parse(messages.out)).toMatchObject([{ type: 'webhook.test' }])
  expect(JSON.parse(rotated.out).secret).not.toBe(secret)
  expect(vague.code).toBe(2)
  expect(JSON.parse(seen.out).map((webhook: { id: string }) => webhook.id)).toContain(id)
  await expect(client.webhooks.get(id)).rejects.toMatchObject({ status: 404 })
})
