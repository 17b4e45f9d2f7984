import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Certificate } from '@docaxis/pki'
import { toPkcs12 } from '@docaxis/pki/authority'
import { type Database, findSystemByToken, issueToken, type SecretBox } from '@docaxis/store'
import { type DemoPlace, openPlaces, systemIdOf } from './country.ts'
import type { DemoKeyring } from './keyring.ts'
import { type KeptIdentity, writeSecret } from './pem-files.ts'
import { operatorSystemId } from './register.ts'
import { workingVxpSecret } from './vxp-secret.ts'

/** One row of `agencies.json`; files lie beside it. */
export interface DemoAgencyRow {
  readonly code: string
  readonly code2016: string
  readonly name: string
  readonly level: string
  readonly parent: string | null
  readonly systemId: string
  readonly token: string
  /** For the VXP kit, whose `systemid` is the system's id or the agency's code. */
  readonly vxpSecret: string
  /** For an agency without a seal of its own: key and certificate of the agency named in `sealedBy`. */
  readonly sealKeyFile: string
  readonly sealCertFile: string
  readonly sealedBy?: string
  readonly officialP12File: string
  readonly p12Password: string
}

const p12Password = 'docaxis-demo'

export interface DemoFolderDeps {
  readonly database: Database
  readonly secretBox: SecretBox
  readonly keyring: DemoKeyring
  readonly hubCertificatePem: string
}

/** Writes all that a person or a program needs to act for a demo agency. Tokens and secrets that still work are kept. */
export async function writeDemoFolder(folder: string, deps: DemoFolderDeps): Promise<readonly DemoAgencyRow[]> {
  const before = await keptRows(folder)
  const rows = await Promise.all(openPlaces.map(place => rowOf(folder, deps, place, before.get(place.code))))
  const { database, hubCertificatePem } = deps
  const operatorToken = await workingToken(database, operatorSystemId, await textOf(join(folder, 'operator-token')))
  await writeSecret(join(folder, 'agencies.json'), `${JSON.stringify(rows, null, 2)}\n`)
  await writeSecret(join(folder, 'operator-token'), `${operatorToken}\n`)
  await writeFile(join(folder, 'hub-cert.pem'), hubCertificatePem)
  await writeFile(join(folder, 'README.txt'), readme)
  return rows
}

async function rowOf(
  folder: string,
  { database, secretBox, keyring }: DemoFolderDeps,
  place: DemoPlace,
  before: Partial<DemoAgencyRow> | undefined,
): Promise<DemoAgencyRow> {
  const seal = keyring.seals.get(place.sealedBy ?? place.code)
  const official = keyring.officials.get(place.code)
  if (!seal || !official) throw new Error(`no keys were made for ${place.code}`)
  const officialP12File = `${place.code}-official.p12`
  await keepPkcs12(join(folder, officialP12File), official, keyring.authority.certificate)
  return {
    code: place.code,
    code2016: place.code2016,
    name: place.name,
    level: place.level,
    parent: place.parent ?? null,
    systemId: systemIdOf(place),
    token: await workingToken(database, systemIdOf(place), before?.token),
    vxpSecret: await workingVxpSecret(database, secretBox, systemIdOf(place), before?.vxpSecret),
    sealKeyFile: seal.keyFile,
    sealCertFile: seal.certFile,
    ...(place.sealedBy && { sealedBy: place.sealedBy }),
    officialP12File,
    p12Password,
  }
}

/** Encrypting one takes a tenth of a second, so it is done for new keys only. */
async function keepPkcs12(path: string, official: KeptIdentity, authority: Certificate): Promise<void> {
  if (!official.isNew && (await textOf(path)) !== undefined) return
  const { privateKey, certificate } = official
  await writeSecret(path, toPkcs12({ privateKey, certificates: [certificate, authority] }, p12Password))
}

/** The token given before if the hub still knows it, else a new one. */
async function workingToken(database: Database, systemId: string, before: string | undefined): Promise<string> {
  const token = before?.trim()
  if (token && (await findSystemByToken(database, token))?.id === systemId) return token
  return (await issueToken(database, systemId)).token
}

async function keptRows(folder: string): Promise<ReadonlyMap<string, Partial<DemoAgencyRow>>> {
  try {
    const rows = JSON.parse((await textOf(join(folder, 'agencies.json'))) ?? '[]') as readonly Partial<DemoAgencyRow>[]
    return new Map(rows.map(row => [String(row.code), row]))
  } catch {
    return new Map()
  }
}

const textOf = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined)

const readme = `Demo country of this docaxis hub. Everything here is made up; no key is good anywhere else.

agencies.json              agencies with token and VXP secret of their system, and the files of their seal
<code>-seal-key.pem, -cert.pem      the agency's seal
<code>-official.p12        the signing official's key, password docaxis-demo
G97-revoked-seal-*.pem     a seal that was revoked: the hub refuses it
G97-expired-seal-*.pem     a seal that has ended: the hub refuses it
ca.pem, ca-key.pem         the authority that issued them
hub-cert.pem               what the hub's receipts verify against
users.json                 logins and passwords of the console, one of each role and more
operator-token             token of the system that may administer the hub

Delete this folder and start the hub again to get new keys and tokens.
`
