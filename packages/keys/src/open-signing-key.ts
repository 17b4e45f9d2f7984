import { openFileKey } from './file-key.ts'
import { openTokenKey } from './pkcs11/token-key.ts'
import type { KeySource, SigningKey } from './types.ts'

/**
 * Opens a key with its certificate, and proves that they belong together.
 *
 * @throws KeyFault that names place, reason and fix
 */
export function openSigningKey(source: KeySource): Promise<SigningKey> {
  return source.kind === 'file' ? openFileKey(source) : openTokenKey(source)
}
