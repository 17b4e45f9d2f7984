import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { type StatusCode, type StatusInput, writeStatus } from '@docaxis/edxml'
import { HubError } from '@docaxis/errors'
import {
  type BusinessReport,
  type DeliveryWithDocument,
  findAcceptance,
  findAgencies,
  findDelivery,
  reportsOfDeliveries,
  type Sql,
  useKey,
} from '@docaxis/store'
import type { Caller } from '../caller.ts'
import { type AcceptDeps, type Accepted, acceptDocument } from '../intake/accept-document.ts'
import { notFound } from '../problems.ts'

export interface StatusReport {
  readonly deliveryId: string
  /** Any code but 13, which is the sender's. */
  readonly code: Exclude<StatusCode, '13'>
  readonly reason?: string
  readonly staff?: {
    readonly name?: string
    readonly department?: string
    readonly email?: string
    readonly mobile?: string
  }
  readonly idempotencyKey?: string
  readonly traceparent: string
}

const needReason: ReadonlySet<StatusCode> = new Set(['02', '16'])

/**
 * Reports a business state of one delivery: the hub writes the edXML status message in the receiver's name and takes it
 * like any other packet.
 *
 * A repeat writes the same bytes and so gets the first answer: by the key, whose first use fixes the time; without one,
 * by being the same as the last report on the delivery.
 *
 * @throws HubError `NOT_FOUND`: no such delivery for the caller; `REQUEST_INVALID`: a refusal without reason;
 *   `IDEMPOTENCY_CONFLICT`; `STATE_CONFLICT`: the delivery is itself a status message; those of `acceptDocument`
 */
export async function reportStatus(deps: AcceptDeps, caller: Caller, report: StatusReport): Promise<Accepted> {
  const delivery = await findDelivery(deps.database, report.deliveryId, caller.agencies)
  if (!delivery) throw notFound()
  if (delivery.kind === 'status') throw new HubError('STATE_CONFLICT', 'a status message has no business state')
  if (needReason.has(report.code) && report.reason === undefined) {
    throw new HubError('REQUEST_INVALID', `code ${report.code} needs a reason`)
  }

  const last = (await reportsOfDeliveries(deps.database, [delivery.id])).at(-1)
  const repeated = last && sameReport(last, report) ? await firstAnswer(deps.database, last) : undefined
  if (repeated) return repeated

  const at = await fixedTime(deps.database, caller, report, last)
  const bytes = writeStatus(await statusInput(deps.database, delivery, report, at))
  // What the hub writes itself needs no seal, and only what the document gave it can be missing in it.
  const asWritten: Caller = { ...caller, profile: 'legacy', statusPolicy: 'record' }
  return acceptDocument(deps, asWritten, {
    body: Readable.from([bytes]),
    reportOn: delivery.id,
    traceparent: report.traceparent,
  })
}

function sameReport(last: BusinessReport, report: StatusReport): boolean {
  return requestHash(report) === requestHash({ ...report, code: last.code, reason: last.reason, staff: last.staff })
}

async function firstAnswer(sql: Sql, last: BusinessReport): Promise<Accepted | undefined> {
  const acceptance = last.statusId === null ? undefined : await findAcceptance(sql, last.statusId)
  return acceptance && { acceptance, repeated: true }
}

/** The instant that stands in the message: fixed by the first request under the key. */
async function fixedTime(
  sql: Sql,
  caller: Caller,
  report: StatusReport,
  last: BusinessReport | undefined,
): Promise<Date> {
  const hash = requestHash(report)
  const key = report.idempotencyKey ?? `report:${report.deliveryId}:${last?.id ?? '0'}:${hash}`
  const first = await useKey(sql, caller.systemId, key, hash)
  if (first.requestSha256 !== hash) {
    throw new HubError('IDEMPOTENCY_CONFLICT', 'the Idempotency-Key was used for another report', { details: { key } })
  }
  return first.at
}

interface Reported {
  readonly deliveryId: string
  readonly code: string
  readonly reason?: string | null
  readonly staff?: StatusReport['staff'] | null
}

function requestHash({ deliveryId, code, reason, staff }: Reported): string {
  const { name, department, email, mobile } = staff ?? {}
  const parts = [deliveryId, code, reason, name, department, email, mobile].map(part => part ?? null)
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

async function statusInput(
  sql: Sql,
  delivery: DeliveryWithDocument,
  report: StatusReport,
  reportedAt: Date,
): Promise<StatusInput> {
  const { document, receiver, receiverWritten } = delivery
  const directory = await findAgencies(sql, [receiver, receiverWritten])
  // The form of the code that the sender used is the one its software looks for; a forwarding agency reports as itself.
  const agencyCode = directory.get(receiverWritten)?.agency.code === receiver ? receiverWritten : receiver
  const name = directory.get(receiver)?.agency.name
  const code = [document.codeNumber, document.codeNotation].filter(part => part !== null).join('/')
  return {
    sender: { agencyCode, ...(name !== undefined && { name }) },
    receiverCode: document.senderWritten,
    documentId: document.documentId,
    ...(code !== '' && { code }),
    ...(document.issuedOn !== null && { issuedOn: document.issuedOn }),
    statusCode: report.code,
    ...(report.reason !== undefined && { reason: report.reason }),
    ...(report.staff && { staff: report.staff }),
    reportedAt,
  }
}
