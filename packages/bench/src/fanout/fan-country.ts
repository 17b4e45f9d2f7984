import { bindSystemAgency, createSystem, type Database, importDirectory, issueToken } from '@docaxis/store'

/** An e-office system of the fan-out: one of many, each for the communes of one center. */
export interface FanSystem {
  readonly id: string
  readonly token: string
}

/** Codes of the communes, in order. */
export const communeCode = (index: number): string => `FAN.${String(index).padStart(6, '0')}`
const centerCode = (index: number): string => `FANCENTER.${index}`

/**
 * Communes below nobody, shared out among centers, and for each center a system that fetches for its communes: what a
 * province's provider runs for its communes.
 */
export async function makeFanCountry(
  database: Database,
  size: { readonly communes: number; readonly systems: number },
): Promise<readonly FanSystem[]> {
  const centers = Array.from({ length: size.systems }, (_, index) => ({
    code: centerCode(index),
    name: `Trung tâm tích hợp dữ liệu ${index}`,
    kind: 'center',
    level: 'province',
  }))
  await importAgencies(database, [...centers, ...communes(0, size.communes, size.systems)])
  const systems: FanSystem[] = []
  await database.transaction(async tx => {
    for (let index = 0; index < size.systems; index += 1) {
      const id = `fan-${index}`
      await createSystem(tx, { id, name: id })
      await bindSystemAgency(tx, id, centerCode(index))
      systems.push({ id, token: (await issueToken(tx, id)).token })
    }
  })
  return systems
}

/** Further communes, to make the directory as large as the country's. */
export async function addCommunes(database: Database, from: number, to: number, systems: number): Promise<void> {
  await importAgencies(database, communes(from, to, systems))
}

function communes(from: number, to: number, systems: number) {
  return Array.from({ length: to - from }, (_, at) => ({
    code: communeCode(from + at),
    name: `Ủy ban nhân dân xã Hư Cấu ${from + at}`,
    level: 'commune',
    center: centerCode((from + at) % systems),
  }))
}

async function importAgencies(database: Database, agencies: readonly object[]): Promise<void> {
  const file = Buffer.from(JSON.stringify(agencies))
  await database.transaction(tx => importDirectory(tx, file, { format: 'json', mode: 'merge' }))
}
