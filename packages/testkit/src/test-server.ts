import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Database, migrate, openDatabase } from '@docaxis/store'
import { startEmbedded } from '@docaxis/store/embedded'

/** What a test file needs to make a database of its own. */
export interface TestServer {
  readonly serverUrl: string
  /** Name of the migrated database to copy; the copies' names begin with it. */
  readonly template: string
}

export interface RunningTestServer extends TestServer {
  stop(): Promise<void>
}

/** One server for one run of vitest: the one at `url`, or an embedded one of its own. */
export async function startTestServer(url: string | undefined): Promise<RunningTestServer> {
  const server = url === undefined ? await startOwn() : { serverUrl: url, stop: async () => undefined }
  const template = `docaxis_test_${randomBytes(4).toString('hex')}`
  await makeTemplate(server.serverUrl, template)
  return {
    serverUrl: server.serverUrl,
    template,
    async stop() {
      await dropAll(server.serverUrl, template)
      await server.stop()
    },
  }
}

async function startOwn(): Promise<{ serverUrl: string; stop(): Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'docaxis-test-'))
  // As root the server runs as another user, which must be able to enter.
  await chmod(dataDir, 0o755)
  const guard = guardAgainstKill(dataDir)
  const server = await startEmbedded({ dataDir, log: quiet, maxConnections: 200, fsync: false })
  return {
    serverUrl: server.connectionString,
    async stop() {
      await server.stop()
      guard()
    },
  }
}

/**
 * A shell that waits for the end of its input, which comes when vitest ends in whatever way. It then stops what vitest
 * could not stop any more, and removes the folder.
 *
 * @returns ends the wait
 */
function guardAgainstKill(dataDir: string): () => void {
  if (process.platform === 'win32') return () => undefined
  const script = `
    cat > /dev/null
    if [ -f "$1/postgres/postmaster.pid" ]; then
      kill -QUIT "$(head -n 1 "$1/postgres/postmaster.pid")"
      rm -rf "$(cat "$1/postgres.socket")"
    fi
    rm -rf "$1" || { sleep 1; rm -rf "$1"; }`
  const shell = spawn('sh', ['-c', script, 'sh', dataDir], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  shell.unref()
  return () => shell.stdin.end()
}

async function makeTemplate(serverUrl: string, template: string): Promise<void> {
  await onServer(serverUrl, server => server.query(`create database ${template}`))
  await onServer(otherDatabase(serverUrl, template), migrate)
}

async function dropAll(serverUrl: string, template: string): Promise<void> {
  await onServer(serverUrl, async server => {
    const { rows } = await server.query<{ datname: string }>(
      'select datname from pg_database where starts_with(datname, $1)',
      [template],
    )
    for (const { datname } of rows) await server.query(`drop database if exists ${datname} with (force)`)
  })
}

/** Runs `work` with one connection, and closes it. */
export async function onServer(connectionString: string, work: (server: Database) => Promise<unknown>): Promise<void> {
  const server = openDatabase({ connectionString, maxConnections: 1 })
  await work(server).finally(() => server.close())
}

/** The same server, another database. A socket folder stands percent-encoded as the host, which `URL` cannot hold. */
export function otherDatabase(connectionString: string, name: string): string {
  return connectionString.replace(/^(\w+:\/\/[^/]*)\/[^?]*/, `$1/${name}`)
}

export const quiet = { info: ignore, warn: ignore, error: ignore }

function ignore(): void {}
