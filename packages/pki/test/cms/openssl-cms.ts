import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HashName } from '../../src/index.ts'

/** A folder of one test file in which openssl signs. Remove it afterwards. */
export function opensslFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'docaxis-cms-'))
  const file = (name: string, content: string | Uint8Array): string => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }
  const openssl = (...args: readonly string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })

  /** DER of what `openssl cms -sign` makes of the content by one signer; `more` adds options. */
  const sign = (content: Uint8Array, signer: PemSigner, more: readonly string[] = []): Buffer => {
    const options = ['-signer', file('signer.pem', signer.certificatePem), '-inkey', file('key.pem', signer.keyPem)]
    const input = ['-in', file('content.bin', content)]
    openssl('cms', '-sign', '-binary', '-outform', 'DER', ...input, ...options, ...more, '-out', 'signed.der')
    return readFileSync(join(folder, 'signed.der'))
  }
  return { folder, file, openssl, sign }
}

export interface PemSigner {
  readonly certificatePem: string
  readonly keyPem: string
}

export function digestOf(content: Uint8Array): (hash: HashName) => Buffer {
  return hash => createHash(hash).update(content).digest()
}
