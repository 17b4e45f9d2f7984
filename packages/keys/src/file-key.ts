import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { promisify } from 'node:util'
import type { Certificate } from '@docaxis/pki'
import { readPkcs12 } from '@docaxis/pki/authority'
import { KeyFault } from './key-fault.ts'
import { messageOf, readCertificate, readKeyFile, readSecret } from './read-files.ts'
import type { FileSource, SigningKey } from './types.ts'

const signAsync = promisify(sign)

interface Pair {
  readonly privateKey: KeyObject
  readonly certificate: Certificate
}

/** Reads a key from PEM or PKCS#12. */
export async function openFileKey(source: FileSource): Promise<SigningKey> {
  const bytes = await readKeyFile(source.keyFile, 'give the key as PEM or PKCS#12')
  const password = source.passwordFile === undefined ? undefined : await readSecret(source.passwordFile)
  const { privateKey, certificate } = bytes.includes('-----BEGIN')
    ? await readPem(bytes, password, source)
    : await readContainer(bytes, password, source)
  checkPair(privateKey, certificate, source)
  const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const
  return { certificate, sign: data => signAsync('sha256', data, key), close: async () => undefined }
}

async function readPem(pem: Buffer, password: string | undefined, source: FileSource): Promise<Pair> {
  if (source.certFile === undefined) {
    throw new KeyFault(source.keyFile, 'comes without its certificate', 'set DOCAXIS_HUB_CERT_FILE')
  }
  try {
    const privateKey = createPrivateKey({ key: pem, ...(password !== undefined && { passphrase: password }) })
    return { privateKey, certificate: await readCertificate(source.certFile) }
  } catch (error) {
    throw error instanceof KeyFault ? error : unreadable(error, source, pem.includes('ENCRYPTED'))
  }
}

async function readContainer(bytes: Buffer, password: string | undefined, source: FileSource): Promise<Pair> {
  try {
    const { privateKey, certificates } = readPkcs12(bytes, password ?? '')
    const [own] = certificates
    if (source.certFile === undefined && own) return { privateKey, certificate: own }
    return { privateKey, certificate: await readCertificate(source.certFile ?? source.keyFile) }
  } catch (error) {
    throw error instanceof KeyFault ? error : unreadable(error, source, /mac|password|decrypt/i.test(messageOf(error)))
  }
}

function unreadable(error: unknown, { keyFile, passwordFile }: FileSource, encrypted: boolean): KeyFault {
  if (!encrypted) return new KeyFault(keyFile, 'is no private key that can be read', 'give PEM or PKCS#12', error)
  return passwordFile === undefined
    ? new KeyFault(keyFile, 'is protected by a password', 'name a file with it in DOCAXIS_HUB_KEY_PASSWORD_FILE', error)
    : new KeyFault(keyFile, 'the password does not open it', `put the right one into ${passwordFile}`, error)
}

function checkPair(privateKey: KeyObject, certificate: Certificate, { keyFile, certFile }: FileSource): void {
  if (!['ec', 'rsa'].includes(privateKey.asymmetricKeyType ?? '')) {
    throw new KeyFault(keyFile, `is a key of kind ${privateKey.asymmetricKeyType}`, 'give an ECDSA or RSA key')
  }
  if (createPublicKey(privateKey).equals(certificate.publicKey)) return
  throw new KeyFault(certFile ?? keyFile, `is not the certificate of the key in ${keyFile}`, 'give the one that is')
}
