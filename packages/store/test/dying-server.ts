import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'

/** A server that dies while it lets somebody in: the same bytes say that it is ready and that it ends (protocol 3.0). */
export async function dyingServer() {
  const lastWords = Buffer.concat([
    message('R', Buffer.alloc(4)),
    message('Z', Buffer.from('I')),
    message('E', Buffer.from('SFATAL\0VFATAL\0C57P01\0Mterminating connection due to unexpected postmaster exit\0\0')),
  ])
  const server = createServer(socket => socket.once('data', () => socket.end(lastWords)))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return {
    connectionString: `postgres://anybody@127.0.0.1:${port}/anything`,
    close: () => void server.close(),
  }
}

function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.write(type)
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}
