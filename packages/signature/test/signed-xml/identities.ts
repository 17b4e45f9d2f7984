import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { Certificate } from '@docaxis/pki'
import { daysFromNoon, type TestAuthority } from '@docaxis/testkit'

export interface Signer {
  readonly key: KeyObject
  readonly certificate: Certificate
}

const kinds = {
  rsa: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  'rsa-3072': () => generateKeyPairSync('rsa', { modulusLength: 3072 }),
  'rsa-1024': () => generateKeyPairSync('rsa', { modulusLength: 1024 }),
  p256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  p384: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  p521: () => generateKeyPairSync('ec', { namedCurve: 'P-521' }),
  secp256k1: () => generateKeyPairSync('ec', { namedCurve: 'secp256k1' }),
  ed25519: () => generateKeyPairSync('ed25519'),
} as const

export type KeyKind = keyof typeof kinds

/** A new key of this kind with a certificate for signing documents. */
export async function signerWith(kind: KeyKind, authority: TestAuthority): Promise<Signer> {
  const { privateKey, publicKey } = kinds[kind]()
  const issued = await authority.issue({
    subject: { commonName: `${kind} signer` },
    publicKeyPem: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    keyUsage: ['digitalSignature'],
    notBefore: daysFromNoon(-365),
    notAfter: daysFromNoon(365),
  })
  return { key: privateKey, certificate: issued.certificate }
}
