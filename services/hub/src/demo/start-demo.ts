import { join } from 'node:path'
import type { HubConfig, Logger } from '@docaxis/service'
import { type Database, openSecretBox } from '@docaxis/store'
import { correspondenceDone, markCorrespondenceDone } from '../hub-mark.ts'
import { writeDemoAlerts } from './alerts.ts'
import { exchangeLetters } from './correspondence.ts'
import { type DemoAgencyRow, writeDemoFolder } from './folder.ts'
import { type DemoKeyring, openKeyring } from './keyring.ts'
import { writeDemoPeople } from './people.ts'
import { registerCountry } from './register.ts'
import { enterRegisters } from './registers.ts'
import { publishRevocationList, refreshRevocationList } from './revocation-list.ts'
import { askForChanges } from './wishes.ts'

export interface DemoDeps {
  readonly config: HubConfig & { readonly secretsKeyFile: string }
  readonly database: Database
  readonly logger: Logger
  readonly now: () => Date
}

export interface Demo {
  readonly folder: string
  readonly keyring: DemoKeyring
  readonly agencies: readonly DemoAgencyRow[]
}

/** The fictional country: keys, directory, a fresh revocation list, and the folder that tells people about it. */
export async function prepareDemo(
  deps: DemoDeps,
  hubCertificatePem: string,
  resources: AsyncDisposableStack,
): Promise<Demo> {
  const { database, logger, now } = deps
  const folder = join(deps.config.dataDir, 'demo')
  const keyring = await openKeyring(folder, now())
  await registerCountry(database, keyring, now())
  await askForChanges(database, now())

  const publish = () => publishRevocationList(database, keyring, now())
  await publish()
  const endRefresh = refreshRevocationList(publish, error =>
    logger.error({ err: error }, 'the demo revocation list was not renewed'),
  )
  resources.defer(endRefresh)
  const secretBox = await openSecretBox(deps.config.secretsKeyFile)
  const agencies = await writeDemoFolder(folder, { database, secretBox, keyring, hubCertificatePem })
  await writeDemoPeople(folder, database)
  // Whoever removes them finds them gone after the next start, too.
  if (!(await correspondenceDone(database))) await writeDemoAlerts(database, secretBox)
  return { folder, keyring, agencies }
}

/**
 * Sends the first letters, once in the life of the hub. The hub is of use before they are all there, so a failure is
 * logged and tried again at the next start.
 */
export async function sendFirstLetters(deps: DemoDeps, demo: Demo, url: string, signal: AbortSignal): Promise<void> {
  if (await correspondenceDone(deps.database)) return
  try {
    await exchangeLetters({ url, agencies: demo.agencies, keyring: demo.keyring, now: deps.now, signal })
    await enterRegisters(deps.database, deps.now())
    await markCorrespondenceDone(deps.database)
    deps.logger.info('the first letters of the demo country are exchanged')
  } catch (error) {
    if (!signal.aborted) deps.logger.error({ err: error }, 'the first letters of the demo country were not exchanged')
  }
}
