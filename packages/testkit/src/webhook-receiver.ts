import type { ServerResponse } from 'node:http'
import { createServer as createHttpServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'

/** What a receiver of webhooks can do to whoever calls it. */
export type WebhookBehaviour =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | 'hang'
  | 'reset'
  | 'endless-body'
  | 'endless-headers'
  | 'endless-informational'

export interface ReceivedWebhook {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** A real server that receives webhooks on a free port of this machine, for one test file. */
export interface WebhookReceiver {
  /** Without a slash at the end; the host is 127.0.0.1, or `localhost` over TLS. */
  readonly url: string
  readonly port: number
  readonly received: ReceivedWebhook[]
  /** What happens to a call; changed by tests at any time. */
  behave: (received: ReceivedWebhook) => WebhookBehaviour
  /** Connections that are open now. */
  readonly connections: () => number
  close(): Promise<void>
}

/** @param tls PEM; absent: plain HTTP */
export async function testWebhookReceiver(tls?: {
  readonly key: string
  readonly cert: string
}): Promise<WebhookReceiver> {
  const sockets = new Set<Socket>()
  const listener: RequestListener = async (request, response) => {
    const body = Buffer.concat(await request.toArray())
    const call = { path: request.url ?? '/', headers: request.headers, body }
    receiver.received.push(call)
    answer(response, receiver.behave(call))
  }
  const server = tls ? createHttpsServer({ ...tls }, listener) : createHttpServer(listener)
  server.on('connection', socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const receiver: WebhookReceiver = {
    url: tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`,
    port,
    received: [],
    behave: () => ({ status: 204 }),
    connections: () => sockets.size,
    async close() {
      const closed = new Promise(resolve => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
  return receiver
}

function answer(response: ServerResponse, behaviour: WebhookBehaviour): void {
  if (typeof behaviour === 'object') {
    response.writeHead(behaviour.status, behaviour.headers).end()
    return
  }
  const { socket } = response
  switch (behaviour) {
    case 'hang':
      return
    case 'reset':
      socket?.resetAndDestroy()
      return
    case 'endless-body':
      response.writeHead(200)
      pour(response, 'x'.repeat(65_536))
      return
    case 'endless-headers':
      socket?.write('HTTP/1.1 200 OK\r\n')
      if (socket) pour(socket, `x-more: ${'x'.repeat(1_024)}\r\n`)
      return
    case 'endless-informational':
      if (socket) pour(socket, 'HTTP/1.1 103 Early Hints\r\n\r\n')
      return
  }
}

/** As much as the other side takes, for as long as it is there. */
function pour(sink: ServerResponse | Socket, chunk: string): void {
  const send = () => {
    while (!sink.destroyed && sink.write(chunk));
  }
  sink.on('error', () => undefined)
  sink.on('drain', send)
  send()
}
