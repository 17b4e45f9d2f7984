import { readFile } from 'node:fs/promises'
import { type Certificate, parseCertificate, parseCertificates } from '@docaxis/pki'
import { KeyFault } from './key-fault.ts'

/** @throws KeyFault when the file is not there or may not be read */
export async function readKeyFile(file: string, fix: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw new KeyFault(file, missing ? 'is not there' : `cannot be read: ${messageOf(error)}`, fix, error)
  }
}

/** The first line of a file that holds a password or a PIN; editors add a line end. */
export async function readSecret(file: string): Promise<string> {
  const text = (await readKeyFile(file, 'write the password into that file')).toString('utf8')
  const secret = text.split(/\r?\n/, 1)[0] ?? ''
  if (secret === '') throw new KeyFault(file, 'holds no password', 'write the password into its first line')
  return secret
}

/** The certificate of a file, PEM or DER; the first of several. */
export async function readCertificate(file: string): Promise<Certificate> {
  const bytes = await readKeyFile(file, 'give the certificate of the key, PEM or DER')
  try {
    const [certificate] = bytes.includes('-----BEGIN') ? parseCertificates(bytes) : [parseCertificate(bytes)]
    if (certificate) return certificate
  } catch (error) {
    throw new KeyFault(file, `is no certificate: ${messageOf(error)}`, 'give the certificate of the key', error)
  }
  throw new KeyFault(file, 'holds no certificate', 'give the certificate of the key, PEM or DER')
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
