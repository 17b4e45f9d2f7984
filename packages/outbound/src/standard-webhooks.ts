import { createHmac, type Hmac, randomBytes } from 'node:crypto'

// Standard Webhooks 1.0.0, symmetric signatures.

const secretPrefix = 'whsec_'
/** Between 24 and 64 bytes by the standard. */
const secretBytes = 32

export interface WebhookHeaders {
  readonly 'webhook-id': string
  /** Seconds since 1970. */
  readonly 'webhook-timestamp': string
  /** One `v1,…` per secret, a blank between them. */
  readonly 'webhook-signature': string
}

export interface SignedParts {
  /** The same at every try, so that a receiver knows a repeat. */
  readonly id: string
  /** When it is sent, not when it happened: receivers refuse what is old. */
  readonly at: Date
}

/** `whsec_` and 32 random bytes in Base64. */
export function newWebhookSecret(): string {
  return `${secretPrefix}${randomBytes(secretBytes).toString('base64')}`
}

/** @param secrets more than one while a receiver changes over: it accepts any signature that fits */
export function signWebhook(parts: SignedParts, body: string, secrets: readonly string[]): WebhookHeaders {
  return webhookHeaders(
    parts,
    secrets.map(secret => startSignature(parts, secret).update(body)),
  )
}

/** A signature whose body is still to be fed, where that is too large to be held. */
export function startSignature(parts: SignedParts, secret: string): Hmac {
  const key = Buffer.from(secret.slice(secret.startsWith(secretPrefix) ? secretPrefix.length : 0), 'base64')
  return createHmac('sha256', key).update(`${parts.id}.${secondsOf(parts.at)}.`)
}

export function webhookHeaders(parts: SignedParts, signatures: readonly Hmac[]): WebhookHeaders {
  return {
    'webhook-id': parts.id,
    'webhook-timestamp': secondsOf(parts.at),
    'webhook-signature': signatures.map(signature => `v1,${signature.digest('base64')}`).join(' '),
  }
}

function secondsOf(at: Date): string {
  return String(Math.floor(at.getTime() / 1000))
}
