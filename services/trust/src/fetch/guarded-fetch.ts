import type { LookupFunction } from 'node:net'
import { Agent, type Dispatcher, request } from 'undici'
import { FetchFault } from './fetch-fault.ts'
import { type Address, outsideAddresses, type Resolve, resolveByDns } from './resolve-host.ts'

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
  return async question => {
    const timeout = AbortSignal.timeout(limits.timeoutMs)
    const ends = signal ? AbortSignal.any([signal, timeout]) : timeout
    try {
      return await aborted(ends, followed(question, { ...options, limits, signal: ends }))
    } catch (error) {
      if (error instanceof FetchFault) throw error
      if (timeout.aborted) throw new FetchFault(`no whole answer within ${limits.timeoutMs / 1000} s`, error)
      throw new FetchFault(`no answer: ${error instanceof Error ? error.message : String(error)}`, error)
    }
  }
}

type Bounds = FetchOptions & { readonly limits: FetchLimits; readonly signal: AbortSignal }

async function followed(question: FetchQuestion, bounds: Bounds): Promise<Buffer> {
  let url = plainHttp(question.url)
  for (let hop = 0; hop <= maxRedirects; hop += 1) {
    const answer = await ask(url, question, bounds)
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
async function ask(url: URL, question: FetchQuestion, bounds: Bounds): Promise<Buffer | URL> {
  const { resolve = resolveByDns, insideHosts } = bounds
  const addresses = await outsideAddresses(url.hostname, { resolve, insideHosts })
  const dispatcher = new Agent({ connect: { lookup: pinned(addresses) } })
  try {
    return await askThrough(dispatcher, url, question, bounds)
  } finally {
    await dispatcher.destroy()
  }
}

async function askThrough(
  dispatcher: Dispatcher,
  url: URL,
  { body }: FetchQuestion,
  { limits, signal }: Bounds,
): Promise<Buffer | URL> {
  const answer = await request(url, {
    dispatcher,
    signal,
    method: body ? 'POST' : 'GET',
    headers: { 'accept-encoding': 'identity', ...(body && { 'content-type': body.type }) },
    ...(body && { body: body.bytes }),
  })
  const { statusCode, headers } = answer
  if (statusCode >= 300 && statusCode < 400 && typeof headers.location === 'string') {
    return target(headers.location, url.href)
  }
  if (statusCode !== 200) throw new FetchFault(`answers status ${statusCode}`)
  return await contentOf(answer, limits.maxBytes)
}

function target(location: string, base: string): URL {
  if (!URL.canParse(location, base)) throw new FetchFault('redirects to no address')
  return new URL(location, base)
}

async function contentOf({ body, headers }: Dispatcher.ResponseData, maxBytes: number): Promise<Buffer> {
  const tooLarge = () => new FetchFault(`larger than ${Math.floor(maxBytes / 1024 / 1024)} MiB`)
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge()
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Connects to what was looked up and checked, whatever the name says by now. */
function pinned(addresses: readonly Address[]): LookupFunction {
  return (_hostname, options, callback) => {
    const [first] = addresses
    if (options.all || !first) callback(null, [...addresses])
    else callback(null, first.address, first.family)
  }
}

/** A look-up of a name cannot be interrupted, but nobody waits for it longer. */
async function aborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const onAbort = () => reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([work, promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
    work.catch(() => undefined)
  }
}
