import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type DemoAgency, readCountry } from '../load/country.ts'
import { freePort, repositoryRoot, startProgram, stopProgram, untilReady } from '../processes.ts'

const run = promisify(execFile)

/** An embedded hub with the demo country, and the `docaxis` command in the hands of its operator. */
export interface DemoHub {
  readonly url: string
  readonly country: ReadonlyMap<string, DemoAgency>
  /** Files for the command may stand here. */
  readonly folder: string
  operate(...args: readonly string[]): Promise<void>
}

/** Starts a hub in a folder of its own, and removes both afterwards. */
export async function withHub<T>(
  env: Readonly<Record<string, string>>,
  work: (hub: DemoHub) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'docaxis-bench-'))
  const dataDir = join(folder, 'data')
  const settings = { DOCAXIS_DATA_DIR: dataDir, DOCAXIS_LOG_LEVEL: 'error', DOCAXIS_DEMO: 'on', ...env }
  const hub = startProgram({ program: 'hub', port: await freePort(), logFile: join(folder, 'hub.log'), env: settings })
  try {
    await untilReady(() => hub)
    const token = (await readFile(join(dataDir, 'demo/operator-token'), 'utf8')).trim()
    const command = join(repositoryRoot, 'packages/client/src/command/main.ts')
    const asOperator = { PATH: process.env.PATH, DOCAXIS_URL: hub.url, DOCAXIS_TOKEN: token, INIT_CWD: folder }
    return await work({
      url: hub.url,
      country: await readCountry(dataDir),
      folder,
      operate: async (...args) => {
        await run(process.execPath, [command, ...args], { cwd: folder, env: asOperator })
      },
    })
  } finally {
    await stopProgram(hub)
    await rm(folder, { recursive: true, force: true })
  }
}
