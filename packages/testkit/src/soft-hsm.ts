import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Where Debian puts it. */
export const softHsmModule =
  ['/usr/lib/softhsm/libsofthsm2.so', '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so'].find(existsSync) ??
  '/usr/lib/softhsm/libsofthsm2.so'

export interface SoftToken {
  readonly label: string
  readonly pin: string
  readonly pinFile: string
  /** Puts a private key on the token, PKCS #8 in PEM. */
  importKey(label: string, privateKeyPem: string): Promise<void>
  close(): Promise<void>
}

/**
 * A token of SoftHSM2 in a folder of its own. The library reads its settings once a process, when it is first loaded, so
 * a test file makes its token before anything is signed.
 */
export async function testSoftToken(label = 'hub'): Promise<SoftToken> {
  const folder = await mkdtemp(join(tmpdir(), 'docaxis-softhsm-'))
  const conf = join(folder, 'softhsm2.conf')
  const tokens = join(folder, 'tokens')
  await mkdir(tokens)
  await writeFile(conf, `directories.tokendir = ${tokens}\nobjectstore.backend = file\nlog.level = ERROR\n`)
  process.env.SOFTHSM2_CONF = conf
  const pin = '246810'
  const pinFile = join(folder, 'pin')
  await writeFile(pinFile, `${pin}\n`)
  await run('softhsm2-util', ['--init-token', '--free', '--label', label, '--pin', pin, '--so-pin', '13579'])

  let keys = 0
  return {
    label,
    pin,
    pinFile,
    async importKey(keyLabel, privateKeyPem) {
      keys += 1
      const file = join(folder, `${keys}.pem`)
      await writeFile(file, privateKeyPem)
      const id = keys.toString(16).padStart(2, '0')
      await run('softhsm2-util', ['--import', file, '--token', label, '--label', keyLabel, '--id', id, '--pin', pin])
    },
    close: () => rm(folder, { recursive: true, force: true }),
  }
}
