import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'

export interface CuttingProxy {
  readonly connectionString: string
  close(): Promise<void>
}

/** Stands before PostgreSQL, and cuts the connection as soon as a statement with this word has been passed on. */
export async function proxyThatCutsAfter(word: string, target: string): Promise<CuttingProxy> {
  const { host, port, user, password, database } = new pg.Client({ connectionString: target })
  const server = createServer(client => {
    const upstream = host.startsWith('/') ? connect(join(host, `.s.PGSQL.${port}`)) : connect(port, host)
    upstream.on('error', () => client.destroy())
    client.on('error', () => upstream.destroy())
    upstream.pipe(client)
    client.on('data', data => {
      if (data.includes(word)) upstream.unpipe(client)
      upstream.write(data, () => {
        if (data.includes(word)) client.destroy()
      })
    })
    client.on('close', () => upstream.end())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port: ownPort } = server.address() as AddressInfo
  const secret = password ? `:${encodeURIComponent(password)}` : ''
  return {
    connectionString: `postgres://${user}${secret}@127.0.0.1:${ownPort}/${database}`,
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
}
