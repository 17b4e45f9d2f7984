import { Readable } from 'node:stream'
import { type AgencyRecord, levelRank, levels, lifecycleState } from '@docaxis/directory'
import { jsonType } from '../answer.ts'
import type { DirectoryList } from '../directory-snapshot.ts'
import { formatVietnamTime } from '../vietnam-time.ts'
import { type Operation, type OperationContext, wrongParameter } from './operation.ts'

// An agency's `id` is its code: it is what others name as `pid`, and it never changes meaning.

const agencies: DirectoryList = {
  name: 'agencies',
  row: (agency, at) =>
    isOpen(agency, at)
      ? {
          id: agency.code,
          pid: agency.parent ?? '',
          code: agency.code,
          name: agency.name,
          mail: agency.mail ?? '',
          oldCode: agency.oldCodes[0] ?? agency.code2016 ?? '',
        }
      : undefined,
}

const agenciesQd20: DirectoryList = {
  name: 'agencies-qd20',
  row: (agency, at) =>
    isOpen(agency, at)
      ? {
          id: agency.code,
          code: agency.code,
          name: agency.name,
          mail: agency.mail ?? '',
          code102: agency.code2016 ?? '',
        }
      : undefined,
}

/** For copies of the directory: closed and removed agencies too, marked. */
function units(level: AgencyRecord['level'] | undefined): DirectoryList {
  return {
    name: `units ${level ?? 'all'}`,
    row: (agency, at) =>
      level === undefined || agency.level === level
        ? {
            id: agency.code,
            pid: agency.parent ?? '',
            code: agency.code,
            name: agency.name,
            mail: agency.mail ?? '',
            version: String(agency.version),
            centerCode: agency.center ?? '',
            deleted: String(agency.deleted || lifecycleState(agency, at) === 'closed'),
            modifyDate: formatVietnamTime(agency.updatedAt),
            isAgency: String(agency.kind !== 'center'),
          }
        : undefined,
  }
}

export const getAgenciesList: Operation = {
  name: 'getAgenciesList',
  method: 'POST',
  reads: [],
  run: context => sendList(context, agencies),
}

export const getAgenciesListQD20: Operation = {
  name: 'getAgenciesListQD20',
  method: 'POST',
  reads: [],
  run: context => sendList(context, agenciesQd20),
}

export const getSynchronizeUnit: Operation = {
  name: 'getSynchronizeUnit',
  method: 'POST',
  reads: ['level'],
  run: context => sendList(context, units(levelOf(context))),
}

/** `1` central to `4` commune, or our word; absent or `0`: all. */
function levelOf({ proved }: OperationContext): AgencyRecord['level'] | undefined {
  const text = proved.call.parameter('level')
  if (text === undefined || text === '0') return undefined
  const level = levels.find(word => word === text || String(levelRank(word) + 1) === text)
  if (!level) throw wrongParameter('level', text, '1, 2, 3, 4')
  return level
}

function isOpen(agency: AgencyRecord, at: Date): boolean {
  return !agency.deleted && lifecycleState(agency, at) === 'open'
}

async function sendList({ gateway, reply }: OperationContext, list: DirectoryList): Promise<undefined> {
  const { chunks, sizeBytes } = await gateway.vxp.directory.get(list)
  reply.header('content-type', jsonType).header('cache-control', 'no-store').header('content-length', sizeBytes)
  await reply.send(Readable.from(chunks, { objectMode: false }))
}
