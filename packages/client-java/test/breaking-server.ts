import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'

/**
 * A hub that takes a file at the second try only, and breaks off each download of it in the middle, once.
 *
 * @param file what is downloaded
 */
export async function breakingServer(file: string) {
  const sizeBytes = (await stat(file)).size
  const sha256 = await hashOf(createReadStream(file))
  const sent: string[] = []

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const sha256 = await hashOf(request)
    sent.push(sha256)
    response.statusCode = sent.length === 1 ? 503 : 202
    response.end(JSON.stringify({ sha256 }))
  }

  async function give(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
    response.writeHead(start === 0 ? 200 : 206, { 'content-length': sizeBytes - start })
    const end = start === 0 ? sizeBytes / 2 : sizeBytes - 1
    await pipeline(createReadStream(file, { start, end }), response, { end: start > 0 })
    if (start === 0) response.destroy()
  }

  const server = createServer((request, response) => {
    const answer = request.method === 'POST' ? take : give
    answer(request, response).catch(error => response.destroy(error))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sha256,
    /** SHA-256 of what was sent, at each try. */
    sent,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

async function hashOf(bytes: AsyncIterable<Buffer>): Promise<string> {
  const hash: Hash = createHash('sha256')
  for await (const chunk of bytes) hash.update(chunk)
  return hash.digest('hex')
}
