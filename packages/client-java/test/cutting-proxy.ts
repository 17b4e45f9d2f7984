import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Stands before a hub, notes what is uploaded through it, and cuts the connection of the second part, once. */
export async function cuttingProxy(hub: string) {
  const seen: string[] = []
  let isCut = false

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const offset = request.headers['upload-offset']
    if (request.method === 'POST') seen.push(offset === undefined ? 'open' : `part ${offset}`)
    if (!isCut && offset !== undefined && offset !== '0') {
      isCut = true
      request.destroy()
      return
    }
    const { host: _host, connection: _connection, ...headers } = request.headers
    const answer = await fetch(new URL(request.url ?? '', hub), {
      method: request.method ?? '',
      headers: headers as Record<string, string>,
      ...(request.method === 'POST' && { body: Buffer.concat(await Array.fromAsync(request)) }),
    })
    response.writeHead(answer.status, Object.fromEntries(answer.headers))
    response.end(Buffer.from(await answer.arrayBuffer()))
  }

  const server = createServer((request, response) => {
    pass(request, response).catch(error => response.destroy(error))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
