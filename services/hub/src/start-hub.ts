import { mkdir } from 'node:fs/promises'
import { createService as createConsole } from '@docaxis/console'
import { createService as createDelivery } from '@docaxis/delivery'
import { createService as createGateway } from '@docaxis/gateway'
import { createService as createNotary } from '@docaxis/notary'
import { createService as createPush } from '@docaxis/push'
import { createService as createRouter } from '@docaxis/router'
import { composeServices, type HubConfig, type Logger, type Resources } from '@docaxis/service'
import { createService as createTrust } from '@docaxis/trust'
import { prepareDemo, sendFirstLetters } from './demo/start-demo.ts'
import { ensureHubKey, hubCertificatePem } from './hub-key.ts'
import { markHub } from './hub-mark.ts'
import { openStore } from './open-store.ts'
import { ensureOperator } from './operator.ts'
import { requirePort } from './port.ts'
import { refuseDemoKeys } from './refuse-demo-keys.ts'
import { ensureSecretsKey } from './secrets-key.ts'

export interface HubOptions {
  readonly config: HubConfig
  readonly logger: Logger
  readonly now?: () => Date
}

export interface RunningHub {
  /** Where it listens, `http://127.0.0.1:8080`. */
  readonly url: string
  readonly demo: boolean
  readonly demoFolder: string | undefined
  /** Written now, at the first start of a hub that is no demo. */
  readonly operatorTokenFile: string | undefined
  /** Resolves when the first letters of the demo are exchanged, or could not be. Never rejects. */
  readonly firstLetters: Promise<void>
  /** HTTP first, then services, bus, database, and PostgreSQL last. */
  stop(): Promise<void>
}

/**
 * Every service in one process. Ready once it resolves.
 *
 * @throws StartRefused with what to do; whatever was started is stopped again
 */
export async function startHub(options: HubOptions): Promise<RunningHub> {
  await using opened = new AsyncDisposableStack()
  const hub = await startAll(options, opened)
  const running = opened.move()
  let stopping: Promise<void> | undefined
  return {
    ...hub,
    stop() {
      stopping ??= running.disposeAsync()
      return stopping
    },
  }
}

// Resources are given up in the reverse of this order.
async function startAll(options: HubOptions, opened: AsyncDisposableStack): Promise<Omit<RunningHub, 'stop'>> {
  const { config: given, logger, now = () => new Date() } = options
  await requirePort(given.httpHost, given.httpPort)
  await mkdir(given.dataDir, { recursive: true })
  const resources = await openStore({ config: given, logger, now }, opened)
  const { database } = resources
  const demo = await markHub(database, given)
  const secretsKeyFile = await ensureSecretsKey(given)
  const config = { ...(await ensureHubKey(given, now())), secretsKeyFile, demo }
  const deps = { config, database, logger, now }

  const prepared = demo ? await prepareDemo(deps, await hubCertificatePem(config, now()), opened) : undefined
  if (!demo) await refuseDemoKeys(database, config.anchorsDir)
  const operatorTokenFile = demo ? undefined : await ensureOperator(database, config.dataDir)

  const url = await startServices(config, resources, opened)
  const letters = new AbortController()
  const firstLetters = prepared ? sendFirstLetters(deps, prepared, url, letters.signal) : Promise.resolve()
  opened.defer(async () => {
    letters.abort()
    await firstLetters
  })
  return { url, demo, demoFolder: prepared?.folder, operatorTokenFile, firstLetters }
}

async function startServices(config: HubConfig, resources: Resources, opened: AsyncDisposableStack): Promise<string> {
  const composition = await composeServices(config, resources, {
    gateway: createGateway,
    router: createRouter,
    delivery: createDelivery,
    notary: createNotary,
    push: createPush,
    trust: createTrust,
    console: createConsole,
  })
  opened.defer(() => composition.stop())
  return composition.start()
}
