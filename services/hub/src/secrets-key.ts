import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { HubConfig } from '@docaxis/service'
import { newSecretKey } from '@docaxis/store'
import { writeSecret } from './demo/pem-files.ts'

/**
 * The key that encrypts secrets in the database: the file that is configured, else `secrets-key` in the data folder, made
 * at the first start. Without it every VXP system needs a new secret, so it belongs in the backup, apart from the database.
 *
 * @returns path of the file
 */
export async function ensureSecretsKey(config: Pick<HubConfig, 'secretsKeyFile' | 'dataDir'>): Promise<string> {
  if (config.secretsKeyFile !== undefined) return config.secretsKeyFile
  const path = join(config.dataDir, 'secrets-key')
  const exists = await stat(path).then(
    () => true,
    () => false,
  )
  if (!exists) await writeSecret(path, newSecretKey())
  return path
}
