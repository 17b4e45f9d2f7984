import { createHash, randomBytes } from 'node:crypto'
import {
  parseTimeStampResponse,
  parseTimeStampToken,
  type Trust,
  verifyTimeStamp,
  writeTimeStampRequest,
} from '@docaxis/pki'
import type { GrantedStamp } from '@docaxis/store'

export interface Tsa {
  readonly url: string
  /** Dotted object identifier; undefined: whichever policy the authority uses. */
  readonly policyId: string | undefined
  /** To the last byte of the answer. */
  readonly timeoutMs: number
}

/** A token takes 2 to 10 KB. */
const maxAnswerBytes = 65_536

/** No token could be had, and why. */
export class TsaFault extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'TsaFault'
  }
}

/**
 * Has data time-stamped (RFC 3161, section 3.4), and judges the token before it counts (V51): our data, our nonce, the
 * policy asked for, a unit under an anchor for time stamps, a time that is not ahead.
 *
 * @throws TsaFault for whatever goes wrong
 */
export async function askTsa(
  data: Buffer,
  { tsa, trust, now }: { readonly tsa: Tsa; readonly trust: Trust; readonly now: () => Date },
): Promise<GrantedStamp> {
  const nonce = randomBytes(16).toString('hex')
  const { policyId } = tsa
  const imprint = createHash('sha256').update(data).digest()
  const request = writeTimeStampRequest({ hash: 'sha256', imprint, nonce, ...(policyId && { policy: policyId }) })
  const der = tokenIn(await post(tsa, request))
  const token = parsed(() => parseTimeStampToken(der))
  const { verdict, code, detail, certificate } = verifyTimeStamp({
    token,
    imprintOf: hash => createHash(hash).update(data).digest(),
    trust,
    at: now(),
    nonce,
    revocation: 'if-available',
    ...(policyId && { policies: [policyId] }),
  })
  if (verdict !== 'VALID' || !certificate) throw new TsaFault(`its token is not good: ${code}, ${detail}`)
  checkAge(token.genTime, now())
  return { token: der, tsa: certificate.subject.text, genTime: token.genTime }
}

/** Beyond this the authority answers with an old token, or one of the clocks is wrong. */
const toleratedAgeMs = 5 * 60_000

function checkAge(genTime: Date, now: Date): void {
  if (now.getTime() - genTime.getTime() <= toleratedAgeMs) return
  throw new TsaFault(`it stamped ${genTime.toISOString()}, now it is ${now.toISOString()}`)
}

function tokenIn(answer: Buffer): Buffer {
  const { token, status, text } = parsed(() => parseTimeStampResponse(answer))
  if (!token) throw new TsaFault(`it refuses: status ${status}${text === undefined ? '' : `, ${text.slice(0, 200)}`}`)
  return token
}

function parsed<T>(parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    throw new TsaFault(`its answer cannot be read: ${messageOf(error)}`, error)
  }
}

async function post({ url, timeoutMs }: Tsa, body: Buffer<ArrayBuffer> | Buffer): Promise<Buffer> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query', 'accept-encoding': 'identity' },
      body: new Uint8Array(body),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (answer.status !== 200) throw new TsaFault(`answers status ${answer.status}`)
    return await contentOf(answer)
  } catch (error) {
    if (error instanceof TsaFault) throw error
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    throw new TsaFault(`no answer: ${messageOf(cause)}`, error)
  }
}

async function contentOf({ body }: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.length
    if (size > maxAnswerBytes) throw new TsaFault(`its answer is larger than ${maxAnswerBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
