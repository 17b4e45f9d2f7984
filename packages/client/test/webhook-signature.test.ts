import { newWebhookSecret, signWebhook } from '@docaxis/outbound'
import { noon } from '@docaxis/testkit'
import { Webhook } from 'standardwebhooks'
import { expect, it } from 'vitest'
import { verifyWebhook, WebhookRefused } from '../src/index.ts'

const secret = newWebhookSecret()
const body = '{"type":"webhook.test"}'
const headers = { ...signWebhook({ id: 'msg_1', at: noon }, body, [newWebhookSecret(), secret]) }

it('takes what the hub signed, with any of the secrets that count', () => {
  expect(verifyWebhook({ headers, body }, [newWebhookSecret(), secret], noon)).toBe('msg_1')
})

it('takes what the library of the standard signed', () => {
  const signature = new Webhook(secret).sign('msg_2', noon, body)
  const theirs = { ...headers, 'webhook-id': 'msg_2', 'webhook-signature': signature }

  expect(verifyWebhook({ headers: theirs, body }, [secret], noon)).toBe('msg_2')
})

const minutes = (count: number) => new Date(noon.getTime() + count * 60_000)

it.each([
  { fault: 'with another body', call: { headers, body: `${body} ` } },
  { fault: 'with another id', call: { headers: { ...headers, 'webhook-id': 'msg_3' }, body } },
  { fault: 'with a header missing', call: { headers: { ...headers, 'webhook-signature': undefined }, body } },
  { fault: 'with a time that is none', call: { headers: { ...headers, 'webhook-timestamp': 'now' }, body } },
  { fault: 'signed with another secret', call: { headers, body }, secrets: [newWebhookSecret()] },
  { fault: 'signed with no secret', call: { headers, body }, secrets: [] },
  { fault: 'older than five minutes', call: { headers, body }, now: minutes(6) },
  { fault: 'from further ahead than five minutes', call: { headers, body }, now: minutes(-6) },
])('refuses a message $fault', ({ call, secrets = [secret], now = noon }) => {
  expect(() => verifyWebhook(call, secrets, now)).toThrow(WebhookRefused)
})
