import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Authority, createAuthority, type Identity } from '@docaxis/pki/authority'
import { demoAuthorityName } from '@docaxis/service'
import { type DemoPlace, openPlaces, placeOf, places } from './country.ts'
import { type KeptIdentity, keepIdentity, writeSecret } from './pem-files.ts'

const dayMs = 86_400_000
const yearMs = 365 * dayMs

/** Every key of the demo, by agency code. */
export interface DemoKeyring {
  readonly authority: Authority
  /** Seals of the agencies that have one of their own. */
  readonly seals: ReadonlyMap<string, KeptIdentity>
  readonly officials: ReadonlyMap<string, KeptIdentity>
  /** Two seals that were once good, to show how they are refused. */
  readonly revokedSeal: KeptIdentity
  readonly expiredSeal: KeptIdentity
}

/** The agency that once held the two bad seals. */
export const formerSealHolder = 'G97'

/** Reads the demo's keys from `folder`, and makes those that are gone. */
export async function openKeyring(folder: string, now: Date): Promise<DemoKeyring> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const authority = await openAuthority(folder, now)
  const issuer = authority.certificate.subjectKeyId
  const keep = (stem: string, make: () => Promise<Identity>) => keepIdentity(folder, stem, issuer, make)

  const sealing = places.filter(place => place.sealedBy === undefined)
  const [seals, officials, revokedSeal, expiredSeal] = await Promise.all([
    byCode(sealing, place => keep(`${place.code}-seal`, () => issueSeal(authority, place, validFrom(now)))),
    byCode(openPlaces, place => keep(`${place.code}-official`, () => issueOfficial(authority, place, now))),
    keep(`${formerSealHolder}-revoked-seal`, () => issueFormerSeal(authority, validFrom(now))),
    keep(`${formerSealHolder}-expired-seal`, () => issueFormerSeal(authority, ended(now))),
  ])
  return { authority, seals, officials, revokedSeal, expiredSeal }
}

async function openAuthority(folder: string, now: Date): Promise<Authority> {
  const keyPath = join(folder, 'ca-key.pem')
  const certPath = join(folder, 'ca.pem')
  const [keyPem, certificatePem] = await Promise.all([textOf(keyPath), textOf(certPath)])
  const kept = keyPem !== undefined && certificatePem !== undefined ? { keyPem, certificatePem } : {}
  const authority = await createAuthority({
    name: { commonName: demoAuthorityName, organization: 'Cơ quan chứng thực hư cấu', country: 'VN' },
    notBefore: new Date(now.getTime() - 3 * yearMs),
    notAfter: new Date(now.getTime() + 10 * yearMs),
    // An RSA authority, so that the officials' PKCS#12 files can carry the whole path.
    keyType: 'rsa',
    ...kept,
  })
  await writeSecret(keyPath, authority.privateKeyPem)
  await writeFile(certPath, authority.certificatePem)
  return authority
}

interface Validity {
  readonly notBefore: Date
  readonly notAfter: Date
}

const validFrom = (now: Date): Validity => ({
  notBefore: new Date(now.getTime() - dayMs),
  notAfter: new Date(now.getTime() + 2 * yearMs),
})

const ended = (now: Date): Validity => ({
  notBefore: new Date(now.getTime() - 2 * yearMs),
  notAfter: new Date(now.getTime() - 30 * dayMs),
})

function issueSeal(authority: Authority, place: DemoPlace, validity: Validity): Promise<Identity> {
  return authority.issueIdentity({
    subject: { commonName: place.name, organization: place.name, locality: place.seat, country: 'VN' },
    keyType: place.keyType,
    keyUsage: ['digitalSignature', 'nonRepudiation'],
    ...validity,
  })
}

function issueFormerSeal(authority: Authority, validity: Validity): Promise<Identity> {
  const place = placeOf(formerSealHolder)
  return issueSeal(authority, { ...place, keyType: 'ec' }, validity)
}

function issueOfficial(authority: Authority, place: DemoPlace, now: Date): Promise<Identity> {
  return authority.issueIdentity({
    subject: {
      commonName: place.official.name,
      title: place.official.position,
      organization: place.name,
      country: 'VN',
    },
    // PKCS#12 files are written for RSA keys.
    keyType: 'rsa',
    keyUsage: ['digitalSignature', 'nonRepudiation'],
    ...validFrom(now),
  })
}

async function byCode(
  chosen: readonly DemoPlace[],
  identityOf: (place: DemoPlace) => Promise<KeptIdentity>,
): Promise<ReadonlyMap<string, KeptIdentity>> {
  return new Map(await Promise.all(chosen.map(async place => [place.code, await identityOf(place)] as const)))
}

const textOf = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined)
