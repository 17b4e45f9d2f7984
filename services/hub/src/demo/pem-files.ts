import { createPrivateKey, type KeyObject } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Certificate, parseCertificate } from '@docaxis/pki'
import type { Identity } from '@docaxis/pki/authority'

/** A key with its certificate, kept as `<stem>-key.pem` and `<stem>-cert.pem`. */
export interface KeptIdentity {
  readonly privateKey: KeyObject
  readonly certificate: Certificate
  readonly keyFile: string
  readonly certFile: string
  /** Made by this start. */
  readonly isNew: boolean
}

/**
 * Reads an identity from `folder`, or makes it when it is gone, broken or issued by another authority than `issuer`.
 *
 * @param issuer subject key id of the demo authority in use
 */
export async function keepIdentity(
  folder: string,
  stem: string,
  issuer: string | undefined,
  make: () => Promise<Identity>,
): Promise<KeptIdentity> {
  const keyFile = `${stem}-key.pem`
  const certFile = `${stem}-cert.pem`
  const kept = await readIdentity(join(folder, keyFile), join(folder, certFile))
  if (kept && kept.certificate.authorityKeyId === issuer) return { ...kept, keyFile, certFile, isNew: false }

  const made = await make()
  await writeSecret(join(folder, keyFile), made.privateKeyPem)
  await writeFile(join(folder, certFile), made.certificatePem)
  return { privateKey: made.privateKey, certificate: made.certificate, keyFile, certFile, isNew: true }
}

async function readIdentity(
  keyPath: string,
  certPath: string,
): Promise<Pick<KeptIdentity, 'privateKey' | 'certificate'> | undefined> {
  try {
    const [key, cert] = await Promise.all([readFile(keyPath), readFile(certPath, 'utf8')])
    return { privateKey: createPrivateKey(key), certificate: parseCertificate(cert) }
  } catch {
    return undefined
  }
}

/** For this user alone. */
export async function writeSecret(path: string, text: string | Uint8Array): Promise<void> {
  await writeFile(path, text, { mode: 0o600 })
}
