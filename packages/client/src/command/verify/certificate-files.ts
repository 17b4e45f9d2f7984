import { readFile } from 'node:fs/promises'
import { type Certificate, type Crl, DerError, parseCertificate, parseCertificates, parseCrl } from '@docaxis/pki'

/** Reads certificates and lists, each file once: a batch names the same ones on every line. */
export interface CertificateFiles {
  /** @throws a file error, or DerError for a file without a readable certificate */
  certificates(file: string): Promise<readonly Certificate[]>
  /** @throws a file error, or DerError */
  crl(file: string): Promise<Crl>
}

/** A batch may name a great many; the oldest are read again. */
const maxFiles = 1_000

export function certificateFiles(): CertificateFiles {
  return { certificates: remembered(readCertificates), crl: remembered(readCrl) }
}

/** DER, or PEM with one certificate or more. */
async function readCertificates(file: string): Promise<readonly Certificate[]> {
  const bytes = await readFile(file)
  if (!bytes.includes('-----BEGIN')) return [parseCertificate(bytes)]
  const certificates = parseCertificates(bytes)
  if (certificates.length > 0) return certificates
  throw new DerError(`${file} holds no certificate`)
}

async function readCrl(file: string): Promise<Crl> {
  return parseCrl(await readFile(file))
}

function remembered<T>(read: (file: string) => Promise<T>): (file: string) => Promise<T> {
  const known = new Map<string, Promise<T>>()
  return file => {
    const answer = known.get(file) ?? read(file)
    known.delete(file)
    known.set(file, answer)
    for (const oldest of known.keys()) {
      if (known.size <= maxFiles) break
      known.delete(oldest)
    }
    return answer
  }
}
