import { Agent, type IncomingMessage, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { Header } from './kit-headers.ts'

export interface KitRequest {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly headers: readonly Header[]
  readonly body?: Uint8Array
  /** Waits for 100 Continue before the body goes out. */
  readonly expectContinue?: boolean
  /** Address of this machine to call from, such as 127.0.0.2. */
  readonly localAddress?: string
}

export interface KitAnswer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly bytes: Buffer
}

export interface KitConnection {
  send(call: KitRequest): Promise<KitAnswer>
  close(): void
}

/** Plain HTTP/1.1 with headers exactly as given: doubled ones, and ones that differ by case only, stay apart. */
export function openKitConnection(): KitConnection {
  const agent = new Agent({ keepAlive: true })
  return {
    send: call => send(agent, call),
    close: () => agent.destroy(),
  }
}

function send(agent: Agent, call: KitRequest): Promise<KitAnswer> {
  const { method, body, expectContinue = false, localAddress } = call
  const { host } = new URL(call.url)
  const headers: Header[] = [['Host', host], ...call.headers]
  if (body) headers.push(['Content-Length', String(body.length)])
  if (expectContinue) headers.push(['Expect', '100-continue'])
  return new Promise((resolve, reject) => {
    const outgoing = request(call.url, {
      method,
      agent,
      headers: headers.flat(),
      ...(localAddress !== undefined && { localAddress }),
    })
    outgoing.once('error', reject)
    outgoing.once('response', response => {
      buffer(response).then(
        bytes => resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes }),
        reject,
      )
    })
    if (expectContinue) {
      outgoing.flushHeaders()
      outgoing.once('continue', () => outgoing.end(body))
    } else outgoing.end(body)
  })
}
