import { findAgencies, findVxpPacket, listVxpSent, type VxpSentQuery, type VxpSentRow } from '@docaxis/store'
import type { Gateway } from '../../gateway.ts'
import { readableAgencies } from '../../readable-agencies.ts'
import { formatVietnamTime } from '../vietnam-time.ts'
import type { ProvedCall } from '../vxp-state.ts'
import { daysOf } from './days.ts'
import { kindOf, type Operation, requireService } from './operation.ts'
import { isHubId } from './packet.ts'
import { businessWords, statusWords } from './status-words.ts'

const mostPackets = 500

/**
 * What the calling system's agencies sent, and what became of it, one row for each receiver; or what a closed agency had
 * sent, named by `from`, that one of its own follows.
 */
export const getSentEdocList: Operation = {
  name: 'getSentEdocList',
  method: 'POST',
  reads: ['servicetype', 'messagetype', 'from', 'docId', 'fromDate', 'toDate'],
  run: async ({ gateway, proved }) => {
    requireService(proved)
    const kind = kindOf(proved) ?? 'document'
    const query = { agencies: await sendersOf(gateway, proved), kind, limit: mostPackets, ...daysOf(proved) }
    const rows = await listSent(gateway, proved, query)
    return { fields: { data: rows.map(row => bodyOf(row, kind)) } }
  },
}

/** The kit adds its system's id to every call as `from`, or keeps the agency of an earlier one: neither is a wish. */
async function sendersOf({ database }: Gateway, { call, caller }: ProvedCall): Promise<readonly string[]> {
  const from = call.parameter('from')
  if (from === undefined || [call.systemid, caller.systemId, ...caller.agencies].includes(from)) return caller.agencies
  const code = (await findAgencies(database, [from])).get(from)?.agency.code
  const { inherited } = await readableAgencies(database, caller)
  return code !== undefined && inherited.includes(code) ? [code] : caller.agencies
}

/** A `docId` that names received mail was left over from getEdoc, and is no wish. */
async function listSent(gateway: Gateway, proved: ProvedCall, query: VxpSentQuery): Promise<readonly VxpSentRow[]> {
  const { database } = gateway
  const docId = proved.call.parameter('docId')
  if (docId === undefined) return listVxpSent(database, query)
  if (!isHubId(docId)) return []
  const { agencies } = query
  const received = await findVxpPacket(database, docId, proved.caller.agencies, proved.settings.rows)
  return listVxpSent(database, received ? query : { agencies, kind: query.kind, limit: 1, documentId: docId })
}

function bodyOf(row: VxpSentRow, kind: 'document' | 'status') {
  const receive = receiveStatusOf(row)
  return {
    serviceType: 'eDoc',
    messageType: kind === 'document' ? 'edoc' : 'status',
    title: row.subject ?? '',
    notation: [row.codeNumber, row.codeNotation].filter(part => part !== null).join('/'),
    fromCode: row.sender,
    toCode: row.receiver,
    senderDocId: row.documentId,
    receiverDocId: row.deliveryId ?? '',
    sentTime: formatVietnamTime(row.acceptedAt),
    receivedTime: row.receivedAt ? formatVietnamTime(row.receivedAt) : '',
    sendStatus: 'done',
    sendStatusDesc: 'Trục đã nhận',
    receiveStatus: receive,
    receiveStatusDesc: describe(row, receive),
  }
}

type ReceiveStatus = keyof typeof statusWords

function receiveStatusOf({ state, fault, attempts }: VxpSentRow): ReceiveStatus {
  if (fault !== null || state === 'failed' || state === 'withdrawn' || state === 'expired') return 'fail'
  if (state === 'acknowledged') return 'done'
  if (state === 'fetched') return 'processing'
  return attempts > 0 ? 'fail' : 'inbox'
}

function describe({ state, fault, business }: VxpSentRow, receive: ReceiveStatus): string {
  if (fault !== null) return `Không giao được: ${fault}`
  if (state === 'withdrawn') return 'Đã rút lại'
  if (state === 'expired') return 'Hết hạn giao'
  const official = business === null ? undefined : (businessWords[business] ?? business)
  return official === undefined ? statusWords[receive] : `${statusWords[receive]}; ${official}`
}
