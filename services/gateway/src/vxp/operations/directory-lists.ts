import { Readable } from 'node:stream'
import { type Level, levelRank, levels } from '@docaxis/directory'
import type { VxpDirectoryQuery } from '@docaxis/store'
import { jsonType } from '../answer.ts'
import { type Operation, type OperationContext, wrongParameter } from './operation.ts'

export const getAgenciesList: Operation = {
  name: 'getAgenciesList',
  method: 'POST',
  reads: [],
  run: context => sendList(context, { list: 'agencies' }),
}

export const getAgenciesListQD20: Operation = {
  name: 'getAgenciesListQD20',
  method: 'POST',
  reads: [],
  run: context => sendList(context, { list: 'agencies-qd20' }),
}

export const getSynchronizeUnit: Operation = {
  name: 'getSynchronizeUnit',
  method: 'POST',
  reads: ['level'],
  run: context => {
    const level = levelOf(context)
    return sendList(context, { list: 'units', ...(level && { level }) })
  },
}

/** `1` central to `4` commune, or our word; absent or `0`: all. */
function levelOf({ proved }: OperationContext): Level | undefined {
  const text = proved.call.parameter('level')
  if (text === undefined || text === '0') return undefined
  const level = levels.find(word => word === text || String(levelRank(word) + 1) === text)
  if (!level) throw wrongParameter('level', text, '1, 2, 3, 4')
  return level
}

async function sendList(
  { gateway, reply }: OperationContext,
  list: Omit<VxpDirectoryQuery, 'today'>,
): Promise<undefined> {
  const { chunks, sizeBytes } = await gateway.vxp.directory.get(list)
  reply.header('content-type', jsonType).header('cache-control', 'no-store').header('content-length', sizeBytes)
  await reply.send(Readable.from(chunks, { objectMode: false }))
}
