import { Webhook, WebhookVerificationError } from 'standardwebhooks'
import { expect, it } from 'vitest'
import { newWebhookSecret, type SignedParts, signWebhook, startSignature, webhookHeaders } from '../src/index.ts'

// The judge is the reference verifier of the standard's authors. It asks the clock, so messages are of now.

const body = '{"type":"delivery.available","data":{"receiver":"H99.05","reason":"Không có"}}'
const parts = (): SignedParts => ({ id: '0123456789abcdef01234567', at: new Date() })

it('signs so that the reference verifier takes it', () => {
  const secret = newWebhookSecret()

  const headers = signWebhook(parts(), body, [secret])

  expect(new Webhook(secret).verify(body, { ...headers })).toEqual(JSON.parse(body))
})

it('signs with both secrets while a receiver changes over', () => {
  const [before, after] = [newWebhookSecret(), newWebhookSecret()]

  const headers = signWebhook(parts(), body, [after, before])

  for (const secret of [before, after]) expect(() => new Webhook(secret).verify(body, { ...headers })).not.toThrow()
})

it('signs a body in pieces as it signs the whole', () => {
  const secret = newWebhookSecret()
  const same = parts()
  const signature = startSignature(same, secret).update(body.slice(0, 10)).update(body.slice(10))

  expect(webhookHeaders(same, [signature])).toEqual(signWebhook(same, body, [secret]))
})

it.each([
  { change: 'another body', body: body.replace('H99.05', 'H99.06') },
  { change: 'another id', headers: { 'webhook-id': '1123456789abcdef01234567' } },
  { change: 'another moment', headers: { 'webhook-timestamp': String(Math.floor(Date.now() / 1000) - 10) } },
  { change: 'the secret of somebody else', secret: newWebhookSecret() },
])('is refused with $change', ({ body: changed = body, headers: other = {}, secret }) => {
  const own = newWebhookSecret()

  const headers = { ...signWebhook(parts(), body, [own]), ...other }

  expect(() => new Webhook(secret ?? own).verify(changed, headers)).toThrow(WebhookVerificationError)
})
