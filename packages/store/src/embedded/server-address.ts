import { randomBytes } from 'node:crypto'
import { chown, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ServerUser } from './server-user.ts'

/** Where the server listens, and who may come in. */
export interface ServerAddress {
  readonly settings: Readonly<Record<string, string>>
  readonly initdbArguments: readonly string[]
  connectionString(database: string): string
  /** Removes what was made for this run. */
  close(): Promise<void>
}

/** Nobody but this machine reaches the embedded server: a socket in a private folder, on Windows loopback. */
export async function serverAddress(dataDir: string, user: ServerUser): Promise<ServerAddress> {
  return process.platform === 'win32' ? await loopbackAddress(dataDir) : await socketAddress(dataDir, user)
}

/** The path of a socket ends at 107 bytes (sun_path; 103 on macOS), `/.s.PGSQL.5432` included. */
const longestSocketFolder = 80

async function socketAddress(dataDir: string, user: ServerUser): Promise<ServerAddress> {
  await rm(await lastSocketFolder(dataDir), { recursive: true, force: true })
  const base = Buffer.byteLength(tmpdir()) > longestSocketFolder ? '/tmp' : tmpdir()
  // mkdtemp makes it 0700: who cannot enter the folder cannot connect.
  const folder = await mkdtemp(join(base, 'docaxis-'))
  await writeFile(socketNote(dataDir), folder)
  if (user.account !== undefined) await chown(folder, user.account.uid, user.account.gid)

  return {
    settings: { listen_addresses: '', unix_socket_directories: folder, unix_socket_permissions: '0700' },
    initdbArguments: ['--auth=trust'],
    connectionString: database => `postgresql://docaxis@${encodeURIComponent(folder)}/${database}`,
    async close() {
      await rm(folder, { recursive: true, force: true })
      await rm(socketNote(dataDir), { force: true })
    },
  }
}

function socketNote(dataDir: string): string {
  return join(dataDir, 'postgres.socket')
}

/** Left by a hub that was killed. Only a folder of our own making is ever removed. */
async function lastSocketFolder(dataDir: string): Promise<string> {
  const noted = await readFile(socketNote(dataDir), 'utf8').catch(() => '')
  return /[/\\]docaxis-\w{6}$/.test(noted) ? noted : join(tmpdir(), 'docaxis-none')
}

async function loopbackAddress(dataDir: string): Promise<ServerAddress> {
  const passwordFile = join(dataDir, 'postgres.password')
  // Kept: initdb stores it once, every later start needs it.
  await writeFile(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600, flag: 'wx' }).catch(() => undefined)
  const password = await readFile(passwordFile, 'utf8')
  const port = await freePort()

  return {
    settings: { listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: '' },
    initdbArguments: ['--auth=scram-sha-256', `--pwfile=${passwordFile}`],
    connectionString: database => `postgresql://docaxis:${password}@127.0.0.1:${port}/${database}`,
    close: async () => undefined,
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('the system gave no free port')
  return address.port
}
