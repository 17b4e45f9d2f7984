import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient } from '@docaxis/client'
import { createLogger, readConfig } from '@docaxis/service'
import { type DemoAgencyRow, type RunningHub, startHub } from '../../src/index.ts'

export interface TestHub {
  readonly hub: RunningHub
  readonly url: string
  readonly dataDir: string
  readonly demoFolder: string
  readonly agencies: readonly DemoAgencyRow[]
  agency(code: string): DemoAgencyRow
  /** The SDK with the token of a demo agency. */
  as(code: string): Client
  /** A file in a folder of this test's own. */
  file(name: string): string
  stop(): Promise<void>
}

/** A demo hub on any free port. Without settings it is embedded, on a data folder of its own. */
export async function testHub(settings: Readonly<Record<string, string>> = {}): Promise<TestHub> {
  const folder = await mkdtemp(join(tmpdir(), 'docaxis-hub-'))
  // As root PostgreSQL runs as another user, which must be able to enter.
  await chmod(folder, 0o755)
  const dataDir = join(folder, 'data')
  const hub = await startHub({
    config: readConfig({
      DOCAXIS_DATA_DIR: dataDir,
      DOCAXIS_HTTP_PORT: '0',
      DOCAXIS_DEMO: 'on',
      DOCAXIS_LOG_LEVEL: 'warn',
      ...settings,
    }),
    logger: createLogger({ logLevel: 'warn' }),
  })
  const demoFolder = join(dataDir, 'demo')
  const agencies = JSON.parse(await readFile(join(demoFolder, 'agencies.json'), 'utf8')) as readonly DemoAgencyRow[]
  const agency = (code: string): DemoAgencyRow => {
    const found = agencies.find(candidate => candidate.code === code)
    if (!found) throw new Error(`no demo agency ${code}`)
    return found
  }
  return {
    hub,
    url: hub.url,
    dataDir,
    demoFolder,
    agencies,
    agency,
    as: code => createClient({ url: hub.url, token: agency(code).token, maxAttempts: 3 }),
    file: name => join(folder, name),
    async stop() {
      await hub.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
