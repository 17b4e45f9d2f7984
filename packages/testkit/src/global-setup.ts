import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { type RunningTestServer, startTestServer } from './test-server.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A socket that answers with the run's PostgreSQL, and starts it when it is asked first. */
    testServerPath: string
  }
}

/**
 * Run by vitest before and after all files. Nothing is started until a test asks for a database: a run of pure tests
 * costs nothing.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let server: Promise<RunningTestServer> | undefined
  const folder = await mkdtemp(join(tmpdir(), 'docaxis-run-'))
  const path = process.platform === 'win32' ? `\\\\.\\pipe\\${folder}` : join(folder, 'ask')

  const answerer = createServer(socket => {
    server ??= startTestServer(process.env.DOCAXIS_TEST_DATABASE_URL)
    void answer(socket, server)
  })
  await new Promise<void>(resolve => answerer.listen(path, resolve))
  project.provide('testServerPath', path)

  return async () => {
    answerer.close()
    const running = await server?.catch(() => undefined)
    await running?.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function answer(socket: Socket, server: Promise<RunningTestServer>): Promise<void> {
  socket.on('error', () => undefined)
  try {
    const { serverUrl, template } = await server
    socket.end(JSON.stringify({ serverUrl, template }))
  } catch (error) {
    socket.end(JSON.stringify({ fault: String(error) }))
  }
}
