import type { StatusCode, StatusInput } from '@docaxis/edxml'
import { HubError } from '@docaxis/errors'
import {
  type DeliveryWithDocument,
  findAgencies,
  findDelivery,
  type ReportStaff,
  reportsOfDeliveries,
  type Sql,
} from '@docaxis/store'
import type { Caller } from '../caller.ts'
import type { AcceptDeps, Accepted } from '../intake/accept-document.ts'
import { notFound } from '../problems.ts'
import { codeText, sendReport } from './send-report.ts'

export interface StatusReport {
  readonly deliveryId: string
  /** Any code but 13, which is the sender's. */
  readonly code: Exclude<StatusCode, '13'>
  readonly reason?: string
  readonly staff?: ReportStaff
  readonly idempotencyKey?: string
  readonly traceparent: string
}

/**
 * Reports a business state of one delivery, in the receiver's name.
 *
 * @throws HubError `NOT_FOUND`: no such delivery for the caller; `STATE_CONFLICT`: the delivery is itself a status
 *   message, or was withdrawn before anybody had it; those of `sendReport`
 */
export async function reportStatus(deps: AcceptDeps, caller: Caller, report: StatusReport): Promise<Accepted> {
  const delivery = await findDelivery(deps.database, report.deliveryId, caller.agencies)
  if (!delivery) throw notFound()
  if (delivery.kind === 'status') throw new HubError('STATE_CONFLICT', 'a status message has no business state')
  if (delivery.state === 'withdrawn') {
    const details = { state: delivery.state }
    throw new HubError('STATE_CONFLICT', `delivery ${delivery.id} was withdrawn by its sender`, { details })
  }

  const { deliveryId: subject, ...same } = report
  return sendReport(deps, caller, {
    ...same,
    subject,
    reportOn: delivery.id,
    last: (await reportsOfDeliveries(deps.database, [delivery.id])).at(-1),
    message: await messageOf(deps.database, delivery, report),
  })
}

async function messageOf(
  sql: Sql,
  delivery: DeliveryWithDocument,
  report: StatusReport,
): Promise<(reportedAt: Date) => StatusInput> {
  const { document, receiver, receiverWritten } = delivery
  const directory = await findAgencies(sql, [receiver, receiverWritten])
  // The form of the code that the sender used is the one its software looks for; a forwarding agency reports as itself.
  const agencyCode = directory.get(receiverWritten)?.agency.code === receiver ? receiverWritten : receiver
  const name = directory.get(receiver)?.agency.name
  const code = codeText(document)
  return reportedAt => ({
    sender: { agencyCode, ...(name !== undefined && { name }) },
    receiverCode: document.senderWritten,
    documentId: document.documentId,
    ...(code !== undefined && { code }),
    ...(document.issuedOn !== null && { issuedOn: document.issuedOn }),
    statusCode: report.code,
    ...(report.reason !== undefined && { reason: report.reason }),
    ...(report.staff && { staff: report.staff }),
    reportedAt,
  })
}
