import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'

/** Encrypts small secrets with the hub's own key (AES-256-GCM, NIST SP 800-38D). */
export interface SecretBox {
  /** Names the key without telling it: 16 hex digits. */
  readonly keyId: string
  /** @param context what the secret belongs to; it opens in no other */
  seal(secret: Buffer, context: string): Buffer
  /** @throws Error when key, context or bytes are others than those it was sealed with */
  open(sealed: Uint8Array, context: string): Buffer
}

const nonceBytes = 12
const tagBytes = 16
const keyText = /^[0-9a-f]{64}$/i

/** Text of a new key file. */
export function newSecretKey(): string {
  return `${randomBytes(32).toString('hex')}\n`
}

/**
 * @param path file with 64 hex digits, as `newSecretKey` or `openssl rand -hex 32` writes them
 * @throws Error that names the file and what it should hold, never what it holds
 */
export async function openSecretBox(path: string): Promise<SecretBox> {
  const text = (await readFile(path, 'utf8')).trim()
  if (!keyText.test(text)) throw new Error(`${path} must hold 64 hex digits, as openssl rand -hex 32 writes them`)
  return createSecretBox(Buffer.from(text, 'hex'))
}

/** @param key 32 bytes */
export function createSecretBox(key: Buffer): SecretBox {
  return {
    keyId: createHash('sha256').update('docaxis secret key\0').update(key).digest('hex').slice(0, 16),
    seal(secret, context) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))
      return Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()])
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed)
      if (bytes.length < nonceBytes + tagBytes) throw new Error('what was sealed is cut short')
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
      decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(-tagBytes))
      return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()])
    },
  }
}
