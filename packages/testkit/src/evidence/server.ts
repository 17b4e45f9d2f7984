import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * What any server of revocation data or time stamps can do to its clients: take the question and never answer, hang up,
 * send without end, send elsewhere.
 */
export type HttpTrouble = 'slow' | 'down' | 'huge' | 'redirect-inside'

/** A real HTTP server on a free port of this machine, for one test file. */
export interface EvidenceServer<Trouble extends string = never> {
  /** Without a slash at the end. */
  readonly url: string
  /** What goes wrong from now on; undefined: nothing. */
  trouble: Trouble | HttpTrouble | undefined
  /** Paths asked for, in order. `/inside` was reached only by following the redirect. */
  readonly visits: readonly string[]
  close(): Promise<void>
}

export interface Question {
  readonly method: string
  readonly path: string
  readonly body: Buffer
}

export interface Reply {
  readonly type: string
  readonly body: Uint8Array
}

/** Starts a server that answers by `answer` (undefined: 404), unless there is trouble. */
export async function startEvidenceServer<Trouble extends string>(
  answer: (question: Question, trouble: Trouble | undefined) => Promise<Reply | undefined>,
): Promise<EvidenceServer<Trouble>> {
  const visits: string[] = []
  const server = createServer((request, response) => {
    handle(request, response).catch(error => response.destroy(error))
  })
  const url = await listen(server)
  const running: EvidenceServer<Trouble> = {
    url,
    trouble: undefined,
    visits,
    close: () => close(server),
  }
  return running

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/'
    visits.push(path)
    const body = Buffer.concat(await request.toArray())
    const { trouble } = running
    if (isHttpTrouble(trouble)) return troubles[trouble](response, url)
    const reply = await answer({ method: request.method ?? 'GET', path, body }, trouble)
    if (!reply) return void response.writeHead(404).end()
    response.writeHead(200, { 'content-type': reply.type, 'content-length': reply.body.length }).end(reply.body)
  }
}

const troubles: Readonly<Record<HttpTrouble, (response: ServerResponse, url: string) => void>> = {
  slow: () => undefined,
  down: response => void response.destroy(),
  huge: response => {
    response.writeHead(200, { 'content-type': 'application/octet-stream' })
    const chunk = Buffer.alloc(65_536, 0x30)
    const send = () => {
      while (!response.destroyed && response.write(chunk));
    }
    response.on('drain', send)
    send()
  },
  'redirect-inside': (response, url) => {
    response.writeHead(302, { location: `${url.replace('127.0.0.1', 'localhost')}/inside` }).end()
  },
}

function isHttpTrouble(trouble: string | undefined): trouble is HttpTrouble {
  return trouble !== undefined && trouble in troubles
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function close(server: Server): Promise<void> {
  const closed = new Promise(resolve => server.close(resolve))
  server.closeAllConnections()
  await closed
}
