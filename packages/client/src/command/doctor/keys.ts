import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { KeyFault, type KeySource, openSigningKey } from '@docaxis/keys'
import { type Certificate, parseCertificate, parseCertificates } from '@docaxis/pki'
import type { KeySources } from '@docaxis/service'
import { type CheckResult, fault, note, ok, reasonOf, skipped } from './check.ts'

const dayMs = 86_400_000
const warnDays = 30

export interface HubKeySettings extends KeySources {
  /** Where the hub makes its key itself at its first start, if none is configured. */
  readonly made: { readonly keyFile: string; readonly certFile: string }
}

/** The keys that sign receipts, now and next: they open, are not open to others, and fit their certificates. */
export async function checkHubKeys(settings: HubKeySettings, now: Date): Promise<readonly CheckResult[]> {
  const { current, next, made } = settings
  if (!current && !(await stat(made.keyFile).catch(() => undefined))) {
    return [skipped('hub key', `${made.keyFile} is made at the first start`)]
  }
  return [
    ...(await checkKey('hub', current ?? { kind: 'file', ...made }, now)),
    ...(next ? await checkKey('next hub', next.source, next.from < now ? now : next.from) : []),
  ]
}

/** @param at when the key has to be usable */
async function checkKey(whose: string, source: KeySource, at: Date): Promise<readonly CheckResult[]> {
  const name = `${whose} key`
  try {
    const { certificate, close } = await openSigningKey(source)
    await close()
    return [
      ok(name, `${placeOf(source)} fits its certificate`),
      ...(await Promise.all(secretsOf(source).map(file => checkMode(name, file)))).flat(),
      checkDates(`${whose} certificate`, certificate, at),
    ]
  } catch (error) {
    if (error instanceof KeyFault) return [fault(name, `${error.place}: ${error.reason}`, error.fix)]
    throw error
  }
}

function placeOf(source: KeySource): string {
  return source.kind === 'file' ? source.keyFile : `${source.keyLabel} on token ${source.tokenLabel}`
}

function secretsOf(source: KeySource): readonly string[] {
  if (source.kind === 'pkcs11') return [source.pinFile]
  return [source.keyFile, ...(source.passwordFile === undefined ? [] : [source.passwordFile])]
}

async function checkMode(name: string, file: string): Promise<readonly CheckResult[]> {
  const { mode } = await stat(file)
  const open = process.platform !== 'win32' && (mode & 0o077) !== 0
  return open ? [note(name, `other users of this machine can read ${file}`, `chmod 600 ${file}`)] : []
}

function checkDates(name: string, certificate: Certificate, now: Date): CheckResult {
  const day = certificate.notAfter.toISOString().slice(0, 10)
  const days = Math.floor((certificate.notAfter.getTime() - now.getTime()) / dayMs)
  if (now < certificate.notBefore) {
    return fault(name, 'not valid yet', 'check the clock of this machine, or give another certificate')
  }
  if (days < 0) return fault(name, `ended on ${day}`, 'give the hub a new key and certificate')
  return days < warnDays
    ? note(name, `ends on ${day}, in ${days} days`, 'prepare a new key and certificate')
    : ok(name, `ends on ${day}`)
}

/** Trust anchors of the configuration: every file of the folder, and of its folders for one purpose, is a certificate. */
export async function checkAnchors(folder: string | undefined, demo: boolean): Promise<CheckResult> {
  if (folder === undefined) {
    return demo
      ? skipped('anchors', 'the demo brings its own')
      : note('anchors', 'none in files', 'import them by docaxis trust anchor add, or set DOCAXIS_ANCHORS_DIR')
  }
  try {
    const names = (await readdir(folder, { recursive: true })).filter(name => /\.(pem|crt|cer|der)$/i.test(name))
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
