import {
  countVxpMailbox,
  findAgencies,
  listVxpMailbox,
  type Sql,
  type VxpListStatus,
  type VxpRow,
} from '@docaxis/store'
import { readableAgencies } from '../../readable-agencies.ts'
import { VxpRefusal } from '../refusal.ts'
import { formatVietnamTime } from '../vietnam-time.ts'
import { type ProvedCall, stateOf } from '../vxp-state.ts'
import { daysOf } from './days.ts'
import { kindOf, type Operation, type OperationContext, requireService, wrongParameter } from './operation.ts'
import { statusWords } from './status-words.ts'

const rowsWithoutPageSize = 500
const mostRows = 1_000

/** What waits for the calling system, or with `status=done` what it has had. */
export const getReceivedEdocList: Operation = {
  name: 'getReceivedEdocList',
  method: 'POST',
  reads: ['servicetype', 'messagetype', 'fromDate', 'toDate', 'to', 'status', 'pageSize', 'pageIndex'],
  run: async ({ gateway, request, proved }) => {
    requireService(proved)
    const kind = kindOf(proved) ?? 'document'
    const status = statusOf(proved)
    const rows = await listVxpMailbox(gateway.database, {
      agencies: await receiversOf(gateway.database, proved, status),
      rows: proved.settings.rows,
      kind,
      status,
      ...daysOf(proved),
      ...pageOf(proved),
    })
    stateOf(request).quiet = rows.length === 0
    return { fields: { data: rows.map(row => bodyOf(row, kind)) } }
  },
}

function bodyOf(row: VxpRow, kind: 'document' | 'status') {
  return {
    docId: row.deliveryId,
    serviceType: 'eDoc',
    messageType: kind === 'document' ? 'edoc' : 'status',
    created_time: formatVietnamTime(row.acceptedAt),
    updated_time: formatVietnamTime(row.updatedAt),
    from: row.sender,
    to: row.receiver,
    status: row.status,
    status_desc: statusWords[row.status],
    ...contentOf(row),
    // The hub is not told which kit the sender has.
    versionSdk: '',
  }
}

/** Of what its sender withdrew the row is left, without content. */
function contentOf({ status, sha256, sizeBytes }: VxpRow) {
  return status === 'withdrawn'
    ? { contentSha256: '', contentLength: 0 }
    : { contentSha256: sha256, contentLength: sizeBytes }
}

/**
 * Whose mail: all that the system acts for, or the agency in `to`, and of what is over also a closed agency that one of
 * its own follows. An array there was left over from sendEdoc, whose `to` it is.
 */
async function receiversOf(sql: Sql, { call, caller }: ProvedCall, status: VxpListStatus): Promise<readonly string[]> {
  const to = call.parameter('to')
  const wholeSystem = to === undefined || to.startsWith('[') || to === call.systemid || to === caller.systemId
  if (wholeSystem && !(to && caller.agencies.includes(to))) return caller.agencies
  const code = (await findAgencies(sql, [to ?? ''])).get(to ?? '')?.agency.code
  const { agencies } = isHistory(status) ? await readableAgencies(sql, caller) : caller
  if (code === undefined || !agencies.includes(code)) {
    throw new VxpRefusal('agency-not-bound', { agency: String(to).slice(0, 100) })
  }
  return [code]
}

function isHistory(status: VxpListStatus): boolean {
  return status === 'done' || status === 'withdrawn'
}

const listStatuses: Readonly<Record<string, VxpListStatus>> = {
  inbox: 'inbox',
  initial: 'inbox',
  processing: 'processing',
  done: 'done',
  fail: 'fail',
  withdrawn: 'withdrawn',
}

/**
 * Which list. A client object that has called updateStatus sends that call's `status` and `docid` along with every later
 * one: taken for a wish it would hide all that is new. History is for client objects that have updated nothing.
 */
function statusOf({ call }: ProvedCall): VxpListStatus {
  const status = call.parameter('status')
  if (status === undefined || call.parameter('docid', 'docId') !== undefined) return 'waiting'
  const known = listStatuses[status.toLowerCase()]
  if (!known) throw wrongParameter('status', status, Object.keys(listStatuses).join(', '))
  return known
}

/** Pages are counted from 1; whoever counts from 0 sees the first one twice, and misses none. */
function pageOf({ call }: ProvedCall): { readonly offset: number; readonly limit: number } {
  const size = wholeNumber('pageSize', call.parameter('pageSize')) || rowsWithoutPageSize
  const index = wholeNumber('pageIndex', call.parameter('pageIndex')) || 1
  const limit = Math.min(size, mostRows)
  return { offset: (index - 1) * limit, limit }
}

function wholeNumber(header: string, text = '0'): number {
  if (/^\d{1,6}$/.test(text)) return Number(text)
  throw wrongParameter(header, text, '0, 1, 2, …')
}

export const countReceiveEdoc = countOperation('countReceiveEdoc', 'document')
export const countReceiveStatus = countOperation('countReceiveStatus', 'status')

/** How many rows wait. The operation's name says of which kind; `messagetype` may be left over from another call. */
function countOperation(name: string, kind: 'document' | 'status'): Operation {
  return {
    name,
    method: 'POST',
    reads: ['servicetype', 'messagetype'],
    run: async ({ gateway, request, proved }: OperationContext) => {
      requireService(proved)
      const { agencies } = proved.caller
      const count = await countVxpMailbox(gateway.database, { agencies, kind, rows: proved.settings.rows })
      stateOf(request).quiet = true
      return { fields: { count } }
    },
  }
}
