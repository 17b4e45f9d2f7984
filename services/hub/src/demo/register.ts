import type { Certificate } from '@docaxis/pki'
import {
  addDemoAnchor,
  addMandate,
  bindCertificate,
  bindSystemAgency,
  createSystem,
  type Database,
  findAgencies,
  findMandate,
  findSystem,
  importAgencies,
  lockDirectory,
  type Tx,
} from '@docaxis/store'
import { agencyOf, type DemoPlace, openPlaces, places, systemIdOf } from './country.ts'
import { type DemoKeyring, formerSealHolder } from './keyring.ts'

export const operatorSystemId = 'demo-operator'

/**
 * Brings directory, systems, certificates and mandates of the demo country into the database. What is there already
 * stays: an operator's own changes outlive a restart, and so do the keys of another demo hub on the same database.
 */
export function registerCountry(database: Database, keyring: DemoKeyring, now: Date): Promise<void> {
  return database.transaction(async tx => {
    // Hubs that share a database start together now and then.
    await lockDirectory(tx)
    const { certificate } = keyring.authority
    await addDemoAnchor(tx, { sha256: certificate.sha256, der: certificate.der })
    await registerAgencies(tx)
    for (const place of openPlaces) await registerSystem(tx, place)
    await registerOperator(tx)
    for (const place of places) await bindSeals(tx, place, sealsOf(place, keyring))
    for (const place of places) await registerMandate(tx, place, now)
  })
}

async function registerAgencies(tx: Tx): Promise<void> {
  const known = await findAgencies(
    tx,
    places.map(place => place.code),
  )
  const missing = places.filter(place => !known.has(place.code))
  if (missing.length > 0) await importAgencies(tx, missing.map(agencyOf), { mode: 'merge' })
}

async function registerSystem(tx: Tx, place: DemoPlace): Promise<void> {
  const id = systemIdOf(place)
  if (await findSystem(tx, id)) return
  await createSystem(tx, {
    id,
    name: `Hệ thống quản lý văn bản, ${place.shortName}`,
    profile: 'strict',
    signaturePolicy: 'require-valid',
    // Status messages normally carry no signature (edXML section 8); a false one is refused.
    statusPolicy: 'refuse-invalid',
  })
  await bindSystemAgency(tx, id, place.code)
}

async function registerOperator(tx: Tx): Promise<void> {
  if (await findSystem(tx, operatorSystemId)) return
  await createSystem(tx, {
    id: operatorSystemId,
    name: 'Quản trị trục (demo)',
    profile: 'strict',
    roles: ['operator'],
  })
}

function sealsOf(place: DemoPlace, keyring: DemoKeyring): readonly Certificate[] {
  const own = keyring.seals.get(place.code)
  const former = place.code === formerSealHolder ? [keyring.revokedSeal, keyring.expiredSeal] : []
  return [...(own ? [own] : []), ...former].map(identity => identity.certificate)
}

async function bindSeals(tx: Tx, place: DemoPlace, seals: readonly Certificate[]): Promise<void> {
  for (const seal of seals) {
    await bindCertificate(tx, place.code, {
      sha256: seal.sha256,
      der: seal.der,
      subject: seal.subject.text,
      issuer: seal.issuer.text,
      serial: seal.serial,
      notBefore: seal.notBefore,
      notAfter: seal.notAfter,
    })
  }
}

async function registerMandate(tx: Tx, place: DemoPlace, now: Date): Promise<void> {
  if (place.sealedBy === undefined) return
  const mandate = { principal: place.code, holder: place.sealedBy }
  if (await findMandate(tx, { ...mandate, at: now })) return
  await addMandate(tx, { ...mandate, kind: 'seal', validFrom: new Date('2025-01-01T00:00:00+07:00') })
}
