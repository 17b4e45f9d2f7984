import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

export interface TestClamd {
  /** As `DOCAXIS_CLAMD_URL` takes it. */
  readonly url: string
  /** Ends it and removes its folder. */
  close(): Promise<void>
}

/** The test file that every scanner knows (EICAR, 68 bytes), in two parts so that no scanner takes this source for it. */
export const eicar = Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''))

/** What `testClamd` calls it. */
export const eicarName = 'Eicar.Test.UNOFFICIAL'

const patienceMs = 30_000

/**
 * A real clamd on a socket of its own, whose only signature is that of the EICAR file: the official database is neither
 * needed nor asked for.
 */
export async function testClamd({ maxStreamBytes = 100 * 1024 * 1024 } = {}): Promise<TestClamd> {
  const folder = await mkdtemp(join(tmpdir(), 'docaxis-clamd-'))
  const socket = join(folder, 'clamd.sock')
  await mkdir(join(folder, 'database'))
  await writeFile(join(folder, 'database', 'test.ndb'), `Eicar.Test:0:*:${eicar.toString('hex')}\n`)
  const settings = {
    LocalSocket: socket,
    DatabaseDirectory: join(folder, 'database'),
    TemporaryDirectory: folder,
    PidFile: join(folder, 'clamd.pid'),
    LogFile: join(folder, 'clamd.log'),
    Foreground: 'yes',
    SelfCheck: '0',
    StreamMaxLength: String(maxStreamBytes),
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name} ${value}\n`)
  await writeFile(join(folder, 'clamd.conf'), lines.join(''))

  const child = spawn('clamd', [`--config-file=${join(folder, 'clamd.conf')}`], { stdio: 'ignore' })
  const exited = once(child, 'exit')
  const close = async () => {
    child.kill('SIGKILL')
    await exited
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await answering(socket)
  } catch (error) {
    await close()
    throw error
  }
  return { url: `unix:${socket}`, close }
}

async function answering(path: string): Promise<void> {
  const until = performance.now() + patienceMs
  for (;;) {
    const socket = connect(path)
    try {
      await once(socket, 'connect')
      return
    } catch (error) {
      if (performance.now() > until) throw error
      await pause(50)
    } finally {
      socket.destroy()
    }
  }
}
