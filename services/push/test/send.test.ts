import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findWebhookMessage, type Webhook } from '@docaxis/store'
import { testAuthority, testWebhookReceiver, type WebhookBehaviour, type WebhookReceiver } from '@docaxis/testkit'
import { Webhook as Verifier } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { officeHost, type PushTest, pushTest } from './harness.ts'

let push: PushTest
let receiver: WebhookReceiver

beforeAll(async () => {
  push = await pushTest()
  receiver = await testWebhookReceiver()
})
afterAll(async () => {
  await receiver.close()
  await push.close()
})
beforeEach(() => {
  receiver.received.length = 0
  receiver.behave = () => ({ status: 204 })
})
afterEach(() => push.reset())

const messageOf = (webhook: Webhook, id: string) => findWebhookMessage(push.database, webhook.id, id)

async function tried(webhook: Webhook, id: string) {
  return await vi.waitFor(
    async () => {
      const message = await messageOf(webhook, id)
      expect(message?.lastAttempts.length).toBeGreaterThan(0)
      return message
    },
    { timeout: 15_000 },
  )
}

it('sends a message that the reference verifier takes, and writes down that it was taken', async () => {
  const webhook = await push.webhook(`${receiver.url}/hook?office=1`)
  const [id = ''] = await push.tell(webhook.id)

  await push.start()
  const message = await tried(webhook, id)

  const [call] = receiver.received
  expect(call?.path).toBe('/hook?office=1')
  expect(call?.headers).toMatchObject({ 'webhook-id': id, 'content-type': 'application/json' })
  const headers = call?.headers as Record<string, string>
  expect(new Verifier(webhook.secret).verify(call?.body.toString() ?? '', headers)).toEqual({ type: 'webhook.test' })
  expect(message).toMatchObject({ state: 'delivered', attempts: 1, lastAttempts: [{ status: 204, failure: null }] })
})

it('signs with both secrets during a rotation', async () => {
  const webhook = await push.webhook(receiver.url)
  const after = await push.rotate(webhook.id)
  const [id = ''] = await push.tell(webhook.id)

  await push.start()
  await tried(webhook, id)

  const headers = receiver.received[0]?.headers as Record<string, string>
  const body = receiver.received[0]?.body.toString() ?? ''
  expect(headers['webhook-signature']?.split(' ')).toHaveLength(2)
  for (const secret of [webhook.secret, after]) expect(() => new Verifier(secret).verify(body, headers)).not.toThrow()
})

it('sends again what was not taken, under the same id and with the same bytes', async () => {
  const webhook = await push.webhook(receiver.url)
  const [id = ''] = await push.tell(webhook.id)
  receiver.behave = () => ({ status: receiver.received.length === 1 ? 500 : 200 })
  await push.start()
  await tried(webhook, id)

  await push.database.query('update webhook_message set due_at = now()')
  await vi.waitFor(async () => expect(await messageOf(webhook, id)).toMatchObject({ state: 'delivered', attempts: 2 }))

  const [first, second] = receiver.received
  expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id'])
  expect(second?.body).toEqual(first?.body)
  expect((await messageOf(webhook, id))?.lastAttempts).toMatchObject([{ status: 200 }, { status: 500 }])
})

describe('a receiver that', () => {
  const hostile: readonly { readonly does: string; readonly behaviour: WebhookBehaviour; readonly failure: RegExp }[] =
    [
      { does: 'never answers', behaviour: 'hang', failure: /no whole answer within 1 s/ },
      { does: 'hangs up', behaviour: 'reset', failure: /no answer/ },
      { does: 'sends headers without end', behaviour: 'endless-headers', failure: /no answer/ },
      { does: 'sends early hints without end', behaviour: 'endless-informational', failure: /no (whole )?answer/ },
      { does: 'answers 500', behaviour: { status: 500 }, failure: /answers status 500/ },
      { does: 'redirects', behaviour: { status: 307, headers: { location: '/inside' } }, failure: /redirects \(307\)/ },
    ]

  it.each(hostile)('$does has not taken it', async ({ behaviour, failure }) => {
    const webhook = await push.webhook(receiver.url)
    const [id = ''] = await push.tell(webhook.id)
    receiver.behave = () => behaviour

    await push.start()
    const message = await tried(webhook, id)

    expect(message).toMatchObject({ state: 'waiting', lastAttempts: [{ failure: expect.stringMatching(failure) }] })
    expect(receiver.received.map(({ path }) => path)).toEqual(['/'])
    await vi.waitFor(() => expect(receiver.connections()).toBe(0))
  })

  it('answers 200 and then sends without end has taken it, and is hung up on', async () => {
    const webhook = await push.webhook(receiver.url)
    const [id = ''] = await push.tell(webhook.id)
    receiver.behave = () => 'endless-body'

    await push.start()

    expect(await tried(webhook, id)).toMatchObject({ state: 'delivered' })
    await vi.waitFor(() => expect(receiver.connections()).toBe(0))
  })

  it('says it is gone is not called any more', async () => {
    const webhook = await push.webhook(receiver.url)
    const [id = ''] = await push.tell(webhook.id, 6)
    receiver.behave = () => ({ status: 410 })

    await push.start({}, { perWebhook: 1 })
    await tried(webhook, id)

    expect(await push.now(webhook)).toMatchObject({
      state: 'disabled',
      disabledReason: 'answers status 410',
      waiting: 6,
    })
  })
})

describe('an address', () => {
  it.each([
    { of: 'the inside', env: { DOCAXIS_PUSH_INSIDE_HOSTS: '' }, failure: 'inside' },
    { of: 'plain http', env: { DOCAXIS_PUSH_PLAIN_HOSTS: '' }, failure: 'https only' },
  ] as readonly { of: string; env: Record<string, string>; failure: string }[])(
    'of $of is not called unless its host is allowed by name',
    async ({ env, failure }) => {
      for (const host of ['127.0.0.1', officeHost]) {
        const webhook = await push.webhook(`http://${host}:${receiver.port}/`)
        const [id = ''] = await push.tell(webhook.id)
        const service = await push.start(env)

        expect((await tried(webhook, id))?.lastAttempts[0]?.failure).toContain(failure)
        await service.stop()
      }
      expect(receiver.received).toEqual([])
    },
  )

  it('is looked up once, so that it cannot lead elsewhere a moment later', async () => {
    const webhook = await push.webhook(`http://${officeHost}:${receiver.port}/`)
    const [id = ''] = await push.tell(webhook.id)
    let asked = 0
    const resolve = async () => [{ address: asked++ === 0 ? '127.0.0.1' : '127.0.0.2', family: 4 }]

    await push.start({}, { resolve })

    expect(await tried(webhook, id)).toMatchObject({ state: 'delivered' })
    expect(asked).toBe(1)
  })
})

describe('over TLS', () => {
  const dayMs = 86_400_000
  const fromNow = (days: number) => new Date(Date.now() + days * dayMs)

  async function attempt(certificate: { commonName?: string; endsInDays?: number; known?: boolean }) {
    const { commonName = officeHost, endsInDays = 1, known = true } = certificate
    const dates = { notBefore: fromNow(-10), notAfter: fromNow(10) }
    const authority = await testAuthority(dates)
    const server = await authority.issueIdentity({
      subject: { commonName },
      keyType: 'ec',
      notBefore: fromNow(-9),
      notAfter: fromNow(endsInDays),
    })
    const tls = await testWebhookReceiver({ key: server.privateKeyPem, cert: server.certificatePem })
    const file = join(push.secretsKeyFile, '../ca.pem')
    await writeFile(file, authority.certificatePem)
    const webhook = await push.webhook(`https://${officeHost}:${tls.port}/`)
    const [id = ''] = await push.tell(webhook.id)

    await push.start({ DOCAXIS_PUSH_PLAIN_HOSTS: '', ...(known && { DOCAXIS_PUSH_CA_FILE: file }) })
    const message = await tried(webhook, id)
    const reached = tls.received.length
    await tls.close()
    return { state: message?.state, failure: message?.lastAttempts[0]?.failure, reached }
  }

  it('a receiver with a good certificate is told', async () => {
    expect(await attempt({})).toEqual({ state: 'delivered', failure: null, reached: 1 })
  })

  it.each([
    { of: 'another host', certificate: { commonName: 'elsewhere.example' } },
    { of: 'the past', certificate: { endsInDays: -1 } },
    { of: 'an authority that nobody named', certificate: { known: false } },
  ])('a certificate of $of is not trusted, and nothing is sent', async ({ certificate }) => {
    expect(await attempt(certificate)).toMatchObject({ state: 'waiting', reached: 0 })
  })
})

it('one receiver that hangs holds up no other', async () => {
  const hanging = await push.webhook(`${receiver.url}/hanging`)
  const quick = await push.webhook(`${receiver.url}/quick`)
  receiver.behave = ({ path }) => (path === '/hanging' ? 'hang' : { status: 200 })
  await push.tell(hanging.id, 50)
  await push.tell(quick.id, 200)

  // A hanging receiver would keep one message for ten minutes.
  await push.start({}, { concurrency: 8, perWebhook: 2, timeoutMs: 600_000 })
  await vi.waitFor(async () => expect(await push.now(quick)).toMatchObject({ waiting: 0 }), { timeout: 30_000 })

  expect(receiver.received.filter(({ path }) => path === '/hanging')).toHaveLength(2)
  expect(await push.now(hanging)).toMatchObject({ waiting: 50 })
  await receiver.close()
  receiver = await testWebhookReceiver()
})

it('leaves a receiver alone after five failures, and shows that it does', async () => {
  const webhook = await push.webhook(receiver.url)
  receiver.behave = () => ({ status: 503 })
  await push.tell(webhook.id, 20)

  const service = await push.start({}, { perWebhook: 1 })
  await vi.waitFor(async () => expect(await push.now(webhook)).toMatchObject({ breaker: 'open' }), { timeout: 15_000 })

  expect(receiver.received).toHaveLength(5)
  expect(await service.ready?.()).toContainEqual(
    expect.objectContaining({ name: 'webhooks', ok: false, advisory: true }),
  )
})

it('two instances share the work: nothing is sent twice, nothing is forgotten', async () => {
  const webhooks = await Promise.all(Array.from({ length: 10 }, (_, n) => push.webhook(`${receiver.url}/${n}`)))
  const ids = (await Promise.all(webhooks.map(({ id }) => push.tell(id, 30)))).flat()

  await push.start()
  await push.start()
  await vi.waitFor(() => expect(receiver.received.length).toBeGreaterThanOrEqual(ids.length), { timeout: 30_000 })

  expect(receiver.received.map(({ headers }) => headers['webhook-id']).sort()).toEqual(ids.sort())
})

it('keeps no answer, and no secret in its log', async () => {
  const webhook = await push.webhook(receiver.url)
  const [id = ''] = await push.tell(webhook.id)
  receiver.behave = () => ({ status: 400, headers: { 'x-marker': 'MARKER' } })

  await push.start()
  await tried(webhook, id)

  const { rows } = await push.database.query('select * from webhook_attempt')
  const kept = JSON.stringify([rows, push.deps.lines])
  expect(kept).not.toContain('MARKER')
  expect(kept).not.toContain(webhook.secret.slice(6))
})
