import type { Certificate } from '@docaxis/pki'
import { ConfigError, type HubConfig } from '@docaxis/service'
import type { ReceiptEnvironment } from '@docaxis/signature'
import type { Issuer } from './receipt-of.ts'

/**
 * What stands on every receipt about who issued it. The name is the common name in the hub's certificate.
 *
 * @throws ConfigError outside the demo without an environment
 */
export function issuerOf(config: Pick<HubConfig, 'demo' | 'environment'>, certificate: Certificate): Issuer {
  const commonName = certificate.subject.attributes.find(attribute => attribute.type === 'CN')
  return { hub: commonName?.value ?? certificate.subject.text, environment: environmentOf(config) }
}

function environmentOf({ demo, environment }: Pick<HubConfig, 'demo' | 'environment'>): ReceiptEnvironment {
  if (demo) return 'demo'
  if (environment) return environment
  throw new ConfigError(['DOCAXIS_ENVIRONMENT is not set: it stands on every receipt'])
}
