import { type Agency, formatJson, hanoiDay, type Level, levelRank, levels } from '@docaxis/directory'
import { HubError } from '@docaxis/errors'
import type { Sql, Tx } from '../database.ts'
import { findAgencies } from './agency.ts'
import { updateAgencyContact } from './agency-contact.ts'
import { lockDirectory } from './agency-import.ts'
import { importDirectory } from './directory-import.ts'
import type { DirectoryRequest } from './directory-request.ts'
import { bindSystemAgency } from './system-agency.ts'

/** What the directory manager adds to a wish. */
export interface Approval {
  readonly level?: Level
  /** First day on which the code is closed, `yyyy-mm-dd`; today unless given. */
  readonly validTo?: string
  readonly successor?: string
}

/**
 * Writes an approved wish into the directory, under the rules of every directory file.
 *
 * @throws HubError `STATE_CONFLICT`: the directory has changed since; `IMPORT_REFUSED`: it would break a rule
 */
export async function applyDirectoryRequest(
  tx: Tx,
  request: DirectoryRequest,
  approval: Approval,
  now: Date,
): Promise<void> {
  await lockDirectory(tx)
  const { agency } = await planDirectoryRequest(tx, request, approval, now)
  await importDirectory(tx, Buffer.from(formatJson([agency])), { format: 'json', mode: 'merge' })
  if (request.kind !== 'register') return
  const { mail, mobile, fax } = request.wish
  await updateAgencyContact(tx, agency.code, {
    ...(mail !== undefined && { mail }),
    ...(mobile !== undefined && { mobile }),
    ...(fax !== undefined && { fax }),
  })
  await bindSystemAgency(tx, request.systemId, agency.code)
}

export interface PlannedAgency {
  /** As it stands; absent: it is not there yet. */
  readonly before?: Agency
  /** As it would be. */
  readonly agency: Agency
}

/** What a wish would make of its agency. Writes nothing. @throws HubError `STATE_CONFLICT`: the directory does not allow it */
export function planDirectoryRequest(
  sql: Sql,
  request: DirectoryRequest,
  approval: Approval,
  now: Date,
): Promise<PlannedAgency> {
  switch (request.kind) {
    case 'register':
      return register(sql, request, approval)
    case 'change':
      return change(sql, request)
    case 'close':
      return close(sql, request.agencyCode, approval, now)
  }
}

async function register(sql: Sql, { agencyCode, wish }: DirectoryRequest, { level }: Approval): Promise<PlannedAgency> {
  if (await find(sql, agencyCode)) throw conflict('exists', agencyCode)
  const parent = await requireAgency(sql, wish.parent ?? '')
  return {
    agency: {
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
    },
  }
}

/** A further code finds the agency beside the one it has: what was sent under that one stays true. */
async function change(sql: Sql, { agencyCode, wish }: DirectoryRequest): Promise<PlannedAgency> {
  const before = await requireAgency(sql, agencyCode)
  const parent = wish.parent === undefined ? undefined : await requireAgency(sql, wish.parent)
  const agency: Agency = {
    ...before,
    ...(wish.name !== undefined && { name: wish.name }),
    ...(parent && { parent: parent.code }),
    ...(wish.code !== undefined && { oldCodes: [...before.oldCodes, wish.code] }),
  }
  return { before, agency }
}

async function close(sql: Sql, code: string, { validTo, successor }: Approval, now: Date): Promise<PlannedAgency> {
  const before = await requireAgency(sql, code)
  const follows = successor === undefined ? undefined : (await requireAgency(sql, successor)).code
  const agency = { ...before, validTo: validTo ?? hanoiDay(now), ...(follows !== undefined && { successor: follows }) }
  return { before, agency }
}

async function find(sql: Sql, code: string): Promise<Agency | undefined> {
  return (await findAgencies(sql, [code])).get(code)?.agency
}

async function requireAgency(sql: Sql, code: string): Promise<Agency> {
  const agency = await find(sql, code)
  if (!agency) throw conflict('unknown', code)
  return agency
}

/** Districts have ended: what is new below a province is a commune. */
const openLevels = levels.filter(level => level !== 'district')
const below = (level: Level): Level => openLevels.find(each => levelRank(each) > levelRank(level)) ?? level

/** Why the directory does not allow a wish as it is now: the code is there already, or it is not there. */
export interface Obstacle {
  readonly obstacle: 'exists' | 'unknown'
  readonly code: string
}

function conflict(obstacle: Obstacle['obstacle'], code: string): HubError {
  const message = obstacle === 'exists' ? 'is in the directory already' : 'is not in the directory'
  const details: Obstacle = { obstacle, code }
  return new HubError('STATE_CONFLICT', `${code} ${message}`, { details: { ...details } })
}
