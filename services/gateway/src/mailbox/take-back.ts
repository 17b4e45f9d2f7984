import { resolveReceivers } from '@docaxis/directory'
import type { StatusInput } from '@docaxis/edxml'
import { HubError } from '@docaxis/errors'
import {
  type BusinessReport,
  type DocumentHeader,
  deliveriesOfDocument,
  type EffectWord,
  findAgencies,
  findDocument,
  listDocumentReceivers,
  type ReceiverRow,
  type ReportStaff,
  reportsOfDeliveries,
} from '@docaxis/store'
import type { Caller } from '../caller.ts'
import type { AcceptDeps } from '../intake/accept-document.ts'
import { notFound } from '../problems.ts'
import { codeText, sendReport } from './send-report.ts'

export interface TakeBack {
  /** The hub's id of the document. */
  readonly id: string
  /** Codes as sent, or directory codes; absent: everybody. */
  readonly receivers?: readonly string[]
  readonly reason: string
  readonly staff?: ReportStaff
  readonly idempotencyKey?: string
  readonly traceparent: string
}

export interface TakenBack {
  /** The hub's id of the status message 13. */
  readonly id: string
  readonly receiver: string
  readonly outcome: EffectWord
  readonly flagged: boolean
}

/** More take a revocation (BussinessDocType 1), which is one packet for all. */
const mostReceivers = 500

/**
 * Takes a document back (status 13): one message for each receiver, as edXML has it. Safe to repeat.
 *
 * @throws HubError `NOT_FOUND`: no document of the caller's own; `STATE_CONFLICT`: it is a status, an update or a
 *   revocation;
 *   or a receiver is closed and nobody follows it, so that nobody can be asked: then nothing is taken back;
 *   `REQUEST_INVALID`: an agency that it did not go to, or too many at once; those of `sendReport`
 */
export async function takeBack(deps: AcceptDeps, caller: Caller, wish: TakeBack): Promise<readonly TakenBack[]> {
  const document = await findDocument(deps.database, wish.id, caller.agencies)
  if (document?.role !== 'sender') throw notFound()
  if (document.action !== 'new' && document.action !== 'replace') {
    throw new HubError('STATE_CONFLICT', `only a document can be taken back, not a packet of action ${document.action}`)
  }

  const receivers = chosen(await listDocumentReceivers(deps.database, document.id), wish.receivers)
  await refuseUnreachable(deps, receivers)
  const deliveries = await deliveriesOfDocument(deps.database, document.id)
  const idOf = new Map(deliveries.map(({ resolved, joinedTo, id }) => [resolved, joinedTo ?? id]))
  const reports = Map.groupBy(await reportsOfDeliveries(deps.database, [...idOf.values()]), report => report.deliveryId)

  const taken: (TakenBack & { readonly deliveryId: string | null })[] = []
  for (const receiver of receivers) {
    const deliveryId = idOf.get(receiver.resolved) ?? null
    const last = deliveryId === null ? undefined : reports.get(deliveryId)?.at(-1)
    // Receivers that a reform has made one have one delivery, and one message takes it back from both.
    const same = taken.find(one => deliveryId !== null && one.deliveryId === deliveryId)
    const one = same ?? (await takeBackFrom(deps, caller, { wish, document, receiver, deliveryId, last }))
    taken.push({ ...one, receiver: receiver.resolved, deliveryId })
  }
  return taken.map(({ deliveryId: _its, ...item }) => item)
}

interface Reached extends ReceiverRow {
  readonly resolved: string
}

/** Those it went to, or of them those named. */
function chosen(receivers: readonly ReceiverRow[], named: readonly string[] | undefined): readonly Reached[] {
  const reached = receivers.filter((row): row is Reached => row.resolved !== undefined && row.fault === undefined)
  const stranger = named?.find(code => !reached.some(row => row.written === code || row.resolved === code))
  if (stranger !== undefined) {
    throw new HubError('REQUEST_INVALID', `the document did not go to ${stranger}`, { details: { agency: stranger } })
  }
  const wanted = named ? reached.filter(row => named.includes(row.written) || named.includes(row.resolved)) : reached
  if (wanted.length > mostReceivers) {
    throw new HubError('REQUEST_INVALID', `more than ${mostReceivers} receivers at once: send a revocation`)
  }
  return [...new Map(wanted.map(row => [row.resolved, row])).values()]
}

async function refuseUnreachable({ database, now }: AcceptDeps, receivers: readonly Reached[]): Promise<void> {
  const codes = receivers.map(({ resolved }) => resolved)
  const directory = await findAgencies(database, codes)
  const closed = resolveReceivers(codes, now(), code => directory.get(code)).find(
    ({ fault }) => fault === 'M.MessageHeader.To.Closed',
  )
  if (closed === undefined) return
  throw new HubError('STATE_CONFLICT', `${closed.written} is closed and nobody follows it: name the other receivers`, {
    details: { agency: closed.written },
  })
}

interface OneTakeBack {
  readonly wish: TakeBack
  readonly document: DocumentHeader
  readonly receiver: Reached
  readonly deliveryId: string | null
  readonly last: BusinessReport | undefined
}

async function takeBackFrom(deps: AcceptDeps, caller: Caller, one: OneTakeBack): Promise<TakenBack> {
  const { wish, document, receiver, deliveryId, last } = one
  const { reason, staff, idempotencyKey, traceparent } = wish
  const { acceptance } = await sendReport(deps, caller, {
    subject: `${document.id}:${receiver.resolved}`,
    code: '13',
    reason,
    ...(staff && { staff }),
    ...(idempotencyKey !== undefined && { idempotencyKey: `${idempotencyKey}:${receiver.resolved}` }),
    traceparent,
    reportOn: deliveryId,
    last,
    message: messageOf(one),
  })
  const effect = acceptance.effects.find(({ document: target }) => target === document.id)
  if (!effect) throw new Error(`status ${acceptance.id} took nothing back from ${receiver.resolved}`)
  return { id: acceptance.id, receiver: receiver.resolved, outcome: effect.outcome, flagged: effect.flagged }
}

function messageOf({ wish, document, receiver }: OneTakeBack): (reportedAt: Date) => StatusInput {
  const code = codeText(document)
  return reportedAt => ({
    sender: { agencyCode: document.sender, ...(document.senderName !== null && { name: document.senderName }) },
    receiverCode: receiver.resolved,
    documentId: document.documentId,
    ...(code !== undefined && { code }),
    ...(document.issuedOn !== null && { issuedOn: document.issuedOn }),
    statusCode: '13',
    reason: wish.reason,
    ...(wish.staff && { staff: wish.staff }),
    reportedAt,
  })
}
