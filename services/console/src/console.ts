import { HubError } from '@docaxis/errors'
import { createReceiptPrinter, type ReceiptPrinter } from '@docaxis/print'
import type { HubConfig, ServiceDeps } from '@docaxis/service'
import { openSecretBox, type SecretBox } from '@docaxis/store'

/** What the routes of the console need. */
export interface Console extends Pick<ServiceDeps, 'database' | 'blobs' | 'bus' | 'logger' | 'now'> {
  readonly config: HubConfig
  readonly printer: ReceiptPrinter
  /** Opens the secrets of second factors. @throws HubError `STORAGE_UNAVAILABLE` where the key is missing */
  readonly secretBox: () => Promise<SecretBox>
}

export function createConsole(config: HubConfig, deps: ServiceDeps): Console {
  let box: Promise<SecretBox> | undefined
  return {
    ...deps,
    config,
    printer: createReceiptPrinter(),
    secretBox() {
      if (config.secretsKeyFile === undefined) {
        throw new HubError('STORAGE_UNAVAILABLE', 'DOCAXIS_SECRETS_KEY_FILE is not set: second factors cannot be kept')
      }
      box ??= openSecretBox(config.secretsKeyFile)
      return box
    },
  }
}
