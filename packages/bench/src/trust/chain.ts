import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writePem } from '@docaxis/pki'
import { createAuthority } from '@docaxis/pki/authority'

/** The moment at which everything is judged. */
export const judgedAt = new Date('2030-01-15T05:00:00Z')

const validity = { notBefore: new Date('2025-01-01T00:00:00Z'), notAfter: new Date('2040-01-01T00:00:00Z') }
const listTimes = { thisUpdate: new Date('2030-01-15T00:00:00Z'), nextUpdate: new Date('2030-01-16T00:00:00Z') }

/** Root, issuing authority, and a seal below it; a list of each authority. All as DER, and as files for openssl. */
export interface Chain {
  readonly root: Buffer
  readonly issuing: Buffer
  readonly seal: Buffer
  readonly rootList: Buffer
  readonly issuingList: Buffer
  readonly files: {
    readonly root: string
    readonly issuing: string
    readonly seal: string
    /** Both lists. */
    readonly lists: string
    readonly issuingList: string
  }
}

/** RSA all along, as the national authorities are. @param revoked entries in the list of the issuing authority */
export async function makeChain(folder: string, revoked: number): Promise<Chain> {
  const root = await createAuthority({ name: 'docaxis bench root', keyType: 'rsa', ...validity })
  const issuing = await root.issueAuthority({ name: 'docaxis bench CA', keyType: 'rsa', ...validity })
  const seal = await issuing.issueIdentity({
    subject: { commonName: 'Con dấu G99' },
    keyType: 'rsa',
    keyUsage: ['digitalSignature', 'nonRepudiation'],
    serial: 'fffffffffffffff1',
    ...validity,
  })
  const entries = Array.from({ length: revoked }, (_, index) => ({
    serial: (0x1000_0000_0000 + index * 7919).toString(16),
    at: new Date('2029-06-01T00:00:00Z'),
    reason: 'superseded' as const,
  }))
  const rootList = root.crl({ ...listTimes, revoked: [], number: 1 })
  const issuingList = issuing.crl({ ...listTimes, revoked: entries, number: 1 })
  const pem = (name: string, text: string) => write(folder, name, text)
  return {
    root: root.certificate.der,
    issuing: issuing.certificate.der,
    seal: seal.certificate.der,
    rootList,
    issuingList,
    files: {
      root: await pem('root.pem', root.certificatePem),
      issuing: await pem('issuing.pem', issuing.certificatePem),
      seal: await pem('seal.pem', seal.certificatePem),
      lists: await pem('lists.pem', writePem(rootList, 'X509 CRL') + writePem(issuingList, 'X509 CRL')),
      issuingList: await pem('issuing-list.pem', writePem(issuingList, 'X509 CRL')),
    },
  }
}

async function write(folder: string, name: string, text: string): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, text)
  return file
}
