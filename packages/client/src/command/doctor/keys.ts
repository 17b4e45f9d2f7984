import { createPrivateKey, createPublicKey } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Certificate, parseCertificate, parseCertificates } from '@docaxis/pki'
import { type CheckResult, fault, note, ok, reasonOf, skipped } from './check.ts'

const dayMs = 86_400_000
const warnDays = 30

export interface KeyFiles {
  readonly keyFile: string
  readonly certFile: string
  /** The hub makes these itself at its first start. */
  readonly made: boolean
}

/** The hub's signing key: readable, not open to others, and the one its certificate speaks of. */
export async function checkHubKey(files: KeyFiles, now: Date): Promise<readonly CheckResult[]> {
  const present = await stat(files.keyFile).catch(() => undefined)
  if (!present) {
    return files.made
      ? [skipped('hub key', `${files.keyFile} is made at the first start`)]
      : [fault('hub key', `${files.keyFile} is not there`, 'set DOCAXIS_HUB_KEY_FILE to the key, PEM')]
  }
  try {
    const key = createPrivateKey(await readFile(files.keyFile))
    const [certificate] = parseCertificates(await readFile(files.certFile, 'utf8'))
    if (!certificate) return [fault('hub certificate', `${files.certFile} holds no certificate`, 'give a PEM file')]
    const open = process.platform !== 'win32' && (present.mode & 0o077) !== 0
    return [
      matches(createPublicKey(key).export({ format: 'der', type: 'spki' }), certificate)
        ? ok('hub key', `${files.keyFile} fits its certificate`)
        : fault('hub key', 'key and certificate do not belong together', `give the certificate of ${files.keyFile}`),
      ...(open ? [note('hub key', 'other users of this machine can read it', `chmod 600 ${files.keyFile}`)] : []),
      checkDates(certificate, now),
    ]
  } catch (error) {
    return [
      fault('hub key', reasonOf(error), `give readable PEM files in place of ${files.keyFile}, ${files.certFile}`),
    ]
  }
}

const matches = (spki: Buffer, certificate: Certificate): boolean =>
  spki.equals(certificate.publicKey.export({ format: 'der', type: 'spki' }))

function checkDates(certificate: Certificate, now: Date): CheckResult {
  const day = certificate.notAfter.toISOString().slice(0, 10)
  const days = Math.floor((certificate.notAfter.getTime() - now.getTime()) / dayMs)
  if (now < certificate.notBefore) {
    return fault('hub certificate', 'not valid yet', 'check the clock of this machine, or give another certificate')
  }
  if (days < 0) return fault('hub certificate', `ended on ${day}`, 'give the hub a new key and certificate')
  return days < warnDays
    ? note('hub certificate', `ends on ${day}, in ${days} days`, 'prepare a new key and certificate')
    : ok('hub certificate', `ends on ${day}`)
}

/** Trust anchors: every file of the folder is a certificate. */
export async function checkAnchors(folder: string | undefined, demo: boolean): Promise<CheckResult> {
  if (folder === undefined) {
    return demo
      ? skipped('anchors', 'the demo brings its own')
      : fault('anchors', 'no trust anchors are configured', 'set DOCAXIS_ANCHORS_DIR to a folder of CA certificates')
  }
  try {
    const names = (await readdir(folder)).filter(name => /\.(pem|crt|cer|der)$/i.test(name))
    for (const name of names) parseAnchor(name, await readFile(join(folder, name)))
    return names.length === 0
      ? fault('anchors', `${folder} holds no certificates`, 'put the CA certificates there, .pem or .cer')
      : ok('anchors', `${names.length} in ${folder}`)
  } catch (error) {
    return fault('anchors', `${folder}: ${reasonOf(error)}`, 'put readable CA certificates there, PEM or DER')
  }
}

function parseAnchor(name: string, bytes: Buffer): void {
  try {
    if (bytes.includes('-----BEGIN')) parseCertificates(bytes)
    else parseCertificate(bytes)
  } catch (error) {
    throw new Error(`${name} is no certificate: ${reasonOf(error)}`)
  }
}
