import { type Agency, hanoiDay, type Level, levelRank, levels } from '@docaxis/directory'
import { HubError } from '@docaxis/errors'
import type { Tx } from '../database.ts'
import { findAgencies } from './agency.ts'
import { updateAgencyContact } from './agency-contact.ts'
import { importAgencies } from './agency-import.ts'
import type { DirectoryRequest } from './directory-request.ts'
import { bindSystemAgency } from './system-agency.ts'

/** What the directory manager adds to a wish. */
export interface Approval {
  readonly level?: Level
  /** First day on which the code is closed, `yyyy-mm-dd`; today unless given. */
  readonly validTo?: string
  readonly successor?: string
}

/** Writes an approved wish into the directory. @throws HubError `STATE_CONFLICT`: the directory has changed since */
export async function applyDirectoryRequest(
  tx: Tx,
  request: DirectoryRequest,
  approval: Approval,
  now: Date,
): Promise<void> {
  switch (request.kind) {
    case 'register':
      return register(tx, request, approval)
    case 'change':
      return change(tx, request)
    case 'close':
      return close(tx, request.agencyCode, approval, now)
  }
}

async function register(tx: Tx, { systemId, agencyCode, wish }: DirectoryRequest, { level }: Approval): Promise<void> {
  if (await find(tx, agencyCode)) throw conflict(`${agencyCode} is in the directory already`)
  const parent = await requireAgency(tx, wish.parent ?? '')
  const agency: Agency = {
    code: agencyCode,
    oldCodes: [],
    name: wish.name ?? agencyCode,
    kind: 'agency',
    level: level ?? below(parent.level),
    parent: parent.code,
    ...(parent.locality !== undefined && { locality: parent.locality }),
    groups: [],
    canReceive: true,
    receivesForUnits: false,
  }
  await importAgencies(tx, [agency], { mode: 'merge' })
  const { mail, mobile, fax } = wish
  await updateAgencyContact(tx, agencyCode, {
    ...(mail !== undefined && { mail }),
    ...(mobile !== undefined && { mobile }),
    ...(fax !== undefined && { fax }),
  })
  await bindSystemAgency(tx, systemId, agencyCode)
}

/** A further code finds the agency beside the one it has: what was sent under that one stays true. */
async function change(tx: Tx, { agencyCode, wish }: DirectoryRequest): Promise<void> {
  const agency = await requireAgency(tx, agencyCode)
  const parent = wish.parent === undefined ? undefined : await requireAgency(tx, wish.parent)
  const changed: Agency = {
    ...agency,
    ...(wish.name !== undefined && { name: wish.name }),
    ...(parent && { parent: parent.code }),
    ...(wish.code !== undefined && { oldCodes: [...agency.oldCodes, wish.code] }),
  }
  await importAgencies(tx, [changed], { mode: 'merge' })
}

async function close(tx: Tx, code: string, { validTo, successor }: Approval, now: Date): Promise<void> {
  const agency = await requireAgency(tx, code)
  const follows = successor === undefined ? undefined : (await requireAgency(tx, successor)).code
  const closed = { ...agency, validTo: validTo ?? hanoiDay(now), ...(follows !== undefined && { successor: follows }) }
  await importAgencies(tx, [closed], { mode: 'merge' })
}

async function find(tx: Tx, code: string): Promise<Agency | undefined> {
  return (await findAgencies(tx, [code])).get(code)?.agency
}

async function requireAgency(tx: Tx, code: string): Promise<Agency> {
  const agency = await find(tx, code)
  if (!agency) throw conflict(`${code} is not in the directory`)
  return agency
}

const below = (level: Level): Level => levels[levelRank(level) + 1] ?? level

function conflict(message: string): HubError {
  return new HubError('STATE_CONFLICT', message)
}
