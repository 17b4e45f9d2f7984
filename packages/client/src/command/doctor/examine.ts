import { join } from 'node:path'
import { ConfigError, describeConfig, type HubConfig, keySourcesOf, readConfig } from '@docaxis/service'
import { type CheckResult, fault } from './check.ts'
import { checkBrokers, checkDatabase, checkHub, hubAt } from './connections.ts'
import { checkAnchors, checkHubKeys, type HubKeySettings } from './keys.ts'
import { checkDataDir, checkNode, checkPort } from './machine.ts'

export interface Examination {
  readonly settings: ReturnType<typeof describeConfig>
  readonly checks: readonly CheckResult[]
}

/** Everything that can be known about this machine and these settings without starting the hub. */
export async function examine(env: NodeJS.ProcessEnv, url: string): Promise<Examination> {
  const settings = describeConfig(env)
  const config = readSettings(env)
  if (config instanceof ConfigError) {
    const faults = config.faults.map(fact => fault('settings', fact, 'correct or remove the variable'))
    return { settings, checks: [checkNode(), ...faults] }
  }
  const now = () => new Date()
  const groups = await Promise.all([
    checkDataDir(config.dataDir),
    checkPort(config.httpHost, config.httpPort, () => hubAt(addressOf(config))),
    checkEnvironment(config),
    checkHub(url, now),
    checkDatabase(config.databaseUrl, now),
    checkBrokers(config.kafkaBrokers),
    checkHubKeys(hubKeySettings(config), now()),
    checkAnchors(config.anchorsDir, mayBeDemo(config)),
  ])
  return { settings, checks: [checkNode(), ...groups.flat()] }
}

function readSettings(env: NodeJS.ProcessEnv): HubConfig | ConfigError {
  try {
    return readConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error
    throw error
  }
}

/** Only the database knows for sure; without settings an embedded hub is a demo. */
const mayBeDemo = (config: HubConfig): boolean => config.demo ?? config.databaseUrl === undefined

/** Where a hub of these settings would answer from this machine. */
function addressOf({ httpHost, httpPort }: HubConfig): string {
  const host = httpHost === '0.0.0.0' || httpHost === '::' ? 'localhost' : httpHost
  return `http://${host.includes(':') ? `[${host}]` : host}:${httpPort}`
}

function checkEnvironment(config: HubConfig): readonly CheckResult[] {
  if (config.environment !== undefined || mayBeDemo(config)) return []
  return [fault('settings', 'DOCAXIS_ENVIRONMENT is not set', 'set it to test or production; it stands on receipts')]
}

function hubKeySettings(config: HubConfig): HubKeySettings {
  const file = (name: string) => join(config.dataDir, name)
  return { ...keySourcesOf(config), made: { keyFile: file('hub-key.pem'), certFile: file('hub-cert.pem') } }
}
