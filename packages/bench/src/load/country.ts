import { createPrivateKey, type KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'

/** One agency of the demo country, able to seal and to call. */
export interface DemoAgency {
  readonly code: string
  readonly name: string
  readonly level: string
  readonly token: string
  readonly key: KeyObject
  readonly certificatePem: string
}

interface Row {
  readonly code: string
  readonly name: string
  readonly level: string
  readonly token: string
  readonly sealKeyFile?: string
  readonly sealCertFile?: string
}

/** Agencies of `<data>/demo/agencies.json` that have a seal of their own, by code. */
export async function readCountry(dataDir: string): Promise<ReadonlyMap<string, DemoAgency>> {
  const folder = join(dataDir, 'demo')
  const rows = JSON.parse(await readFile(join(folder, 'agencies.json'), 'utf8')) as Row[]
  const country = new Map<string, DemoAgency>()
  for (const { code, name, level, token, sealKeyFile, sealCertFile } of rows) {
    if (!sealKeyFile || !sealCertFile) continue
    const key = createPrivateKey(await readFile(inFolder(folder, sealKeyFile)))
    const certificatePem = await readFile(inFolder(folder, sealCertFile), 'utf8')
    country.set(code, { code, name, level, token, key, certificatePem })
  }
  return country
}

export function agencyOf(country: ReadonlyMap<string, DemoAgency>, code: string): DemoAgency {
  const agency = country.get(code)
  if (agency === undefined) throw new Error(`the demo has no agency ${code} with a seal`)
  return agency
}

function inFolder(folder: string, file: string): string {
  return isAbsolute(file) ? file : join(folder, file)
}
