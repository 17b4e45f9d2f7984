import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { type Certificate, parseCertificate } from '@docaxis/pki'
import { ConfigError } from '@docaxis/service'
import type { ReceiptSigner } from '@docaxis/signature'

export interface HubKeyFiles {
  readonly hubKeyFile: string | undefined
  readonly hubCertFile: string | undefined
}

/**
 * Reads the hub's key and certificate, both PEM. Without them nothing can be evidenced, so the service does not start.
 *
 * @throws ConfigError that names the setting: a file is not set, not readable, or the two do not belong together
 */
export async function readHubKey({ hubKeyFile, hubCertFile }: HubKeyFiles): Promise<ReceiptSigner> {
  const privateKey = await readWith('DOCAXIS_HUB_KEY_FILE', hubKeyFile, createPrivateKey)
  const certificate = await readWith('DOCAXIS_HUB_CERT_FILE', hubCertFile, parseCertificate)
  if (!belongTogether(privateKey, certificate)) {
    throw new ConfigError(['DOCAXIS_HUB_CERT_FILE is not the certificate of the key in DOCAXIS_HUB_KEY_FILE'])
  }
  return { privateKey, certificate }
}

async function readWith<T>(setting: string, file: string | undefined, read: (bytes: Buffer) => T): Promise<T> {
  if (file === undefined) throw new ConfigError([`${setting} is not set: receipts cannot be signed without it`])
  try {
    return read(await readFile(file))
  } catch (error) {
    throw new ConfigError([`${setting}: ${file} cannot be used: ${error instanceof Error ? error.message : error}`])
  }
}

function belongTogether(privateKey: KeyObject, certificate: Certificate): boolean {
  return createPublicKey(privateKey).equals(certificate.publicKey)
}
