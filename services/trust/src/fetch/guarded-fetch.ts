import { type Answer, FetchFault, guardedExchange, type Resolve, withinTime } from '@docaxis/outbound'

export interface FetchLimits {
  readonly maxBytes: number
  /** From the look-up of the name to the last byte, redirects included. */
  readonly timeoutMs: number
}

/** V48. */
export const fetchLimits: FetchLimits = { maxBytes: 20 * 1024 * 1024, timeoutMs: 5_000 }

export interface FetchQuestion {
  readonly url: string
  /** Sent with POST; absent: GET. */
  readonly body?: { readonly bytes: Buffer; readonly type: string }
}

export type GuardedFetch = (question: FetchQuestion) => Promise<Buffer>

export interface FetchOptions {
  /** Names that may lead inside. */
  readonly insideHosts: readonly string[]
  readonly limits?: FetchLimits
  readonly resolve?: Resolve
  /** Ends what is under way. */
  readonly signal?: AbortSignal
}

const maxRedirects = 3

/**
 * Fetches what a certificate names, as V48 allows: plain http, bounded in size and time, no redirect to another host, no
 * address of the inside, the address looked up once and connected to as looked up.
 *
 * @throws FetchFault for whatever goes wrong
 */
export function createGuardedFetch(options: FetchOptions): GuardedFetch {
  const { limits = fetchLimits, signal } = options
  return question =>
    withinTime({ timeoutMs: limits.timeoutMs, signal }, ends =>
      followed(question, { ...options, limits, signal: ends }),
    )
}

type Bounds = FetchOptions & { readonly limits: FetchLimits; readonly signal: AbortSignal }

async function followed({ url: first, body }: FetchQuestion, bounds: Bounds): Promise<Buffer> {
  const question = body
    ? { method: 'POST' as const, headers: { 'content-type': body.type }, body: body.bytes }
    : { method: 'GET' as const }
  let url = plainHttp(first)
  for (let hop = 0; hop <= maxRedirects; hop += 1) {
    const answer = await guardedExchange(url, question, bounds, found => contentOrTarget(found, url, bounds.limits))
    if (Buffer.isBuffer(answer)) return answer
    if (answer.hostname !== url.hostname) throw new FetchFault(`redirects to another host, ${answer.hostname}`)
    url = plainHttp(answer.href)
  }
  throw new FetchFault(`more than ${maxRedirects} redirects`)
}

function plainHttp(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'http:') throw new FetchFault(`${text.slice(0, 200)} is no address of plain http`)
  if (url.username !== '' || url.password !== '') throw new FetchFault('the address carries a password')
  return url
}

/** The content, or where it is to be found. */
async function contentOrTarget({ status, headers, content }: Answer, url: URL, limits: FetchLimits) {
  if (status >= 300 && status < 400 && typeof headers.location === 'string') return target(headers.location, url.href)
  if (status !== 200) throw new FetchFault(`answers status ${status}`)
  return await content(limits.maxBytes)
}

function target(location: string, base: string): URL {
  if (!URL.canParse(location, base)) throw new FetchFault('redirects to no address')
  return new URL(location, base)
}
