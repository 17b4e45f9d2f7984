import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writePem } from '@docaxis/pki'
import { selfSigned } from '@docaxis/pki/authority'
import { type HubConfig, keySourcesOf, openHubKeys } from '@docaxis/service'
import { writeSecret } from './demo/pem-files.ts'

const dayMs = 86_400_000
const lifeMs = 10 * 365 * dayMs

/**
 * Settings with a key that signs receipts: the one that is configured, else `hub-key.pem` and `hub-cert.pem` in the data
 * folder, made at the first start. ECDSA P-256, because RSA costs 0.45 ms a receipt.
 */
export async function ensureHubKey(config: HubConfig, now: Date): Promise<HubConfig> {
  if (keySourcesOf(config).current) return config
  const files = { hubKeyFile: join(config.dataDir, 'hub-key.pem'), hubCertFile: join(config.dataDir, 'hub-cert.pem') }
  if ((await exists(files.hubKeyFile)) && (await exists(files.hubCertFile))) return { ...config, ...files }

  const identity = await selfSigned({
    subject: { commonName: 'docaxis hub', organization: 'docaxis' },
    keyType: 'ec',
    keyUsage: ['digitalSignature', 'nonRepudiation'],
    notBefore: new Date(now.getTime() - dayMs),
    notAfter: new Date(now.getTime() + lifeMs),
  })
  await writeSecret(files.hubKeyFile, identity.privateKeyPem)
  await writeFile(files.hubCertFile, identity.certificatePem)
  return { ...config, ...files }
}

/** The certificate that signs now, for whoever verifies receipts. */
export async function hubCertificatePem(config: HubConfig, now: Date): Promise<string> {
  const keys = await openHubKeys(config, now)
  await keys.close()
  return writePem(keys.current.certificate.der, 'CERTIFICATE')
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
