import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface SeenRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

export type Step = (response: ServerResponse, request: SeenRequest) => void

/**
 * An HTTP server that answers each request by the next step, the last one for ever: hubs that are down or cut off.
 *
 * @param port any free one unless told
 */
export async function scriptedServer(steps: readonly Step[], port = 0) {
  const seen: SeenRequest[] = []
  const server = createServer(async (request, response) => {
    const chunks = await Array.fromAsync(request)
    const step = steps[Math.min(seen.length, steps.length - 1)]
    const entry = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks),
    }
    seen.push(entry)
    step?.(response, entry)
  })
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  const address = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${address.port}`,
    seen,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

export const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Step =>
  response => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  }

export const cutOff: Step = response => {
  response.destroy()
}
