import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject, sign } from 'node:crypto'
import { promisify } from 'node:util'
import { objectId, sequence } from '../der-writer.ts'
import type { KeyType } from './types.ts'

const generate = promisify(generateKeyPair)

export interface KeyPair {
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

/** RSA of 2048 bits or EC P-256, made off the event loop. */
export function generateKeys(type: KeyType): Promise<KeyPair> {
  return type === 'rsa' ? generate('rsa', { modulusLength: 2048 }) : generate('ec', { namedCurve: 'P-256' })
}

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

/** AlgorithmIdentifier of SHA-256 with this key. */
export function signatureAlgorithm(key: KeyObject): Buffer {
  return key.asymmetricKeyType === 'ec'
    ? sequence(objectId('1.2.840.10045.4.3.2'))
    : sequence(objectId('1.2.840.113549.1.1.11'), nullParameters)
}

export function signDer(tbs: Buffer, key: KeyObject): Buffer {
  return sign('sha256', tbs, key)
}
