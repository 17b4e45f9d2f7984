import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject, sign } from 'node:crypto'
import { promisify } from 'node:util'
import { objectId, sequence } from '../der-writer.ts'
import type { KeyType } from './types.ts'

const generate = promisify(generateKeyPair)

export interface KeyPair {
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

/** Made off the event loop. */
export function generateKeys(type: KeyType): Promise<KeyPair> {
  switch (type) {
    case 'rsa':
      return generate('rsa', { modulusLength: 2048 })
    case 'ed25519':
      return generate('ed25519')
    default:
      return generate('ec', { namedCurve: curves[type] })
  }
}

const curves = { ec: 'P-256', p384: 'P-384', p521: 'P-521' } as const

export function keysOfPem(pem: string): KeyPair {
  const privateKey = createPrivateKey(pem)
  return { privateKey, publicKey: createPublicKey(privateKey) }
}

/** PKCS#8. */
export function privateKeyPem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** SubjectPublicKeyInfo, DER. */
export function publicKeyDer(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' })
}

const nullParameters = Buffer.of(0x05, 0x00)

/** AlgorithmIdentifier of what `signDer` signs with this key: SHA-256, or what the key brings itself. */
export function signatureAlgorithm(key: KeyObject): Buffer {
  switch (key.asymmetricKeyType) {
    case 'ec':
      return sequence(objectId('1.2.840.10045.4.3.2'))
    case 'ed25519':
      return sequence(objectId('1.3.101.112'))
    default:
      return sequence(objectId('1.2.840.113549.1.1.11'), nullParameters)
  }
}

export function signDer(tbs: Buffer, key: KeyObject): Buffer {
  return sign(key.asymmetricKeyType === 'ed25519' ? null : 'sha256', tbs, key)
}
