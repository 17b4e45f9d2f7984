import { createHash } from 'node:crypto'
import { createReadStream, openAsBlob } from 'node:fs'
import { type SignedParts, startSignature, webhookHeaders } from '@docaxis/outbound'
import type { RelayOutcome } from '../webhooks.ts'

const messageTimeoutMs = 30_000
/** Envelopes may be large. */
const envelopeTimeoutMs = 600_000

/** Posts a signed message as the hub made it. */
export function postMessage(
  to: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<RelayOutcome> {
  return post(to, { headers: { 'content-type': 'application/json', ...headers }, body }, messageTimeoutMs)
}

export interface EnvelopeToPost extends SignedParts {
  readonly file: string
  readonly deliveryId: string
  readonly secret: string
}

/** Posts the bytes of an envelope from disk, signed as messages are, over the bytes. */
export async function postEnvelope(to: string, envelope: EnvelopeToPost): Promise<RelayOutcome> {
  const { file, deliveryId, secret } = envelope
  const signature = startSignature(envelope, secret)
  const digest = createHash('sha256')
  for await (const chunk of createReadStream(file)) {
    signature.update(chunk as Buffer)
    digest.update(chunk as Buffer)
  }
  const headers = {
    'content-type': 'application/xml',
    'docaxis-delivery': deliveryId,
    // RFC 9530.
    'content-digest': `sha-256=:${digest.digest('base64')}:`,
    ...webhookHeaders(envelope, [signature]),
  }
  return post(to, { headers, body: await openAsBlob(file) }, envelopeTimeoutMs)
}

async function post(
  to: string,
  call: { readonly headers: Readonly<Record<string, string>>; readonly body: string | Blob },
  timeoutMs: number,
): Promise<RelayOutcome> {
  const startedAt = performance.now()
  const passed = () => Math.round(performance.now() - startedAt)
  try {
    const signal = AbortSignal.timeout(timeoutMs)
    const answer = await fetch(to, { method: 'POST', redirect: 'manual', signal, ...call })
    await answer.body?.cancel()
    return { durationMs: passed(), status: answer.status }
  } catch (error) {
    return { durationMs: passed(), failure: reasonOf(error) }
  }
}

export function isTaken({ status = 0, failure }: RelayOutcome): boolean {
  return failure === undefined && status >= 200 && status < 300
}

/** `fetch` hides the system's reason one level down. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer'
  const { cause } = error
  return (cause instanceof Error && cause.message ? cause.message : error.message).slice(0, 300)
}
