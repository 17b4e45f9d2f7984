import { execFileSync, spawnSync } from 'node:child_process'
import { createPublicKey } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseTimeStampResponse } from '@docaxis/pki'
import { attribute, type Identity } from '@docaxis/pki/authority'
import { daysFromNoon, type TestAuthority } from '@docaxis/testkit'

/** Makes the CMS of a signature over the covered bytes. */
export type Signing = (covered: Buffer) => Buffer

/** openssl as a signer and as a time-stamping authority, in a folder of its own that the test removes. */
export function opensslSigners(authority: TestAuthority) {
  const folder = mkdtempSync(join(tmpdir(), 'docaxis-pdf-signers-'))
  const file = (name: string, content: string | Uint8Array): string => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }
  const openssl = (...args: readonly string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })

  /** A key of openssl's own, certified by the authority. */
  const signer = async (name: string, key: readonly string[], options: readonly string[] = []): Promise<Signing> => {
    openssl('genpkey', ...key, '-out', `${name}.key`)
    const publicKeyPem = createPublicKey(readFileSync(join(folder, `${name}.key`))).export({
      type: 'spki',
      format: 'pem',
    })
    const wish = {
      subject: { commonName: name, organization: name, country: 'VN' },
      keyUsage: ['digitalSignature', 'nonRepudiation'],
    } as const
    const dates = { notBefore: daysFromNoon(-365), notAfter: daysFromNoon(365) }
    const { certificatePem } = await authority.issue({ ...wish, ...dates, publicKeyPem: publicKeyPem.toString() })
    file(`${name}.pem`, certificatePem)
    return covered => {
      const parts = ['-in', file('content.bin', covered), '-signer', `${name}.pem`, '-inkey', `${name}.key`]
      openssl(
        'cms',
        '-sign',
        '-binary',
        '-cades',
        '-md',
        'sha256',
        '-outform',
        'DER',
        ...parts,
        ...options,
        '-out',
        'cms.der',
      )
      return readFileSync(join(folder, 'cms.der'))
    }
  }

  /** A token of `openssl ts` over these bytes, by the clock of the machine. */
  const stamper = (unit: Identity) => {
    file('tsa.key', unit.privateKeyPem)
    file('tsa.pem', unit.certificatePem)
    file(
      'ts.cnf',
      `[tsa]\ndefault_tsa=t\n[t]\ndir=${folder}\nserial=$dir/serial\nsigner_cert=$dir/tsa.pem\nsigner_key=$dir/tsa.key\nsigner_digest=sha256\ndefault_policy=1.2.3\ndigests=sha256\ness_cert_id_alg=sha256\n`,
    )
    return (bytes: Buffer): Buffer => {
      openssl('ts', '-query', '-data', file('stamped.bin', bytes), '-sha256', '-cert', '-out', 'query.tsq')
      openssl('ts', '-reply', '-config', 'ts.cnf', '-queryfile', 'query.tsq', '-out', 'reply.tsr')
      const { token } = parseTimeStampResponse(readFileSync(join(folder, 'reply.tsr')))
      if (!token) throw new Error('openssl gave no token')
      return token
    }
  }

  /** Whether openssl finds that the detached CMS is a signature over these bytes, whoever signed. */
  const accepts = (cms: Buffer, covered: Buffer): boolean => {
    const parts = ['-in', file('judged.der', cms), '-content', file('judged.bin', covered)]
    const args = ['cms', '-verify', '-binary', '-noverify', '-inform', 'DER', ...parts, '-out', join(folder, 'out.bin')]
    return spawnSync('openssl', args).status === 0
  }

  const pdfsig = (bytes: Buffer): string =>
    spawnSync('pdfsig', ['-nocert', file('judged.pdf', bytes)], { encoding: 'utf8' }).stdout

  return { folder, file, signer, stamper, accepts, pdfsig }
}

const signatureTimeStamp = '1.2.840.113549.1.9.16.2.14'

export function stampAttribute(token: Buffer): Buffer {
  return attribute(signatureTimeStamp, token)
}
