import type { LookupFunction } from 'node:net'
import { Agent, type Dispatcher, request } from 'undici'
import { FetchFault } from './fetch-fault.ts'
import { type Address, outsideAddresses, type Resolve, resolveByDns } from './resolve-host.ts'

export interface Question {
  readonly method: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Buffer
}

/** An answer whose headers are there. A redirect is an answer like any other: nobody follows it here. */
export interface Answer {
  readonly status: number
  readonly headers: Dispatcher.ResponseData['headers']
  /** @throws FetchFault when it is larger */
  content(maxBytes: number): Promise<Buffer>
}

export interface Guard {
  /** Names that may lead inside. */
  readonly insideHosts: readonly string[]
  readonly resolve?: Resolve
  /** PEM of the authorities that a server's TLS certificate may come from; those of Node unless given. */
  readonly ca?: readonly string[]
  readonly signal: AbortSignal
}

/**
 * One question to an address that somebody else named: looked up once, connected to as looked up, and to no address of
 * the inside unless an operator allowed its name.
 *
 * @param use reads what it wants of the answer; the connection is closed afterwards
 * @throws FetchFault when the name leads inside or nowhere; what the connection throws
 */
export async function guardedExchange<T>(
  url: URL,
  { method, headers, body }: Question,
  { insideHosts, resolve = resolveByDns, ca, signal }: Guard,
  use: (answer: Answer) => Promise<T>,
): Promise<T> {
  const addresses = await outsideAddresses(url.hostname, { resolve, insideHosts })
  const dispatcher = new Agent({ connect: { lookup: pinned(addresses), ...(ca && { ca: [...ca] }) } })
  try {
    const answer = await request(url, {
      dispatcher,
      signal,
      method,
      headers: { 'accept-encoding': 'identity', ...headers },
      ...(body && { body }),
    })
    return await use({
      status: answer.statusCode,
      headers: answer.headers,
      content: maxBytes => contentOf(answer, maxBytes),
    })
  } finally {
    await dispatcher.destroy()
  }
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
