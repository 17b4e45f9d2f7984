import { publication } from '@docaxis/events'
import type { Sql, Tx } from '../database.ts'
import { appendDocumentEvents } from '../documents/document-event.ts'
import { appendOutbox } from '../log/outbox.ts'
import {
  applyReport,
  type BusinessChange,
  type BusinessCode,
  type BusinessMove,
  type BusinessState,
  isBusinessCode,
  noBusiness,
  shownBusiness,
} from './business-states.ts'

export interface ReportStaff {
  readonly name?: string
  readonly department?: string
  readonly email?: string
  readonly mobile?: string
}

/** What officials of one side tell the other about one delivery (edXML 6.2). */
export interface NewBusinessReport {
  /** Null: the document is unknown to the hub (orphan). */
  readonly deliveryId: string | null
  /** The hub's id of the status message that carried it; null for a transport call. */
  readonly statusId: string | null
  /** Two digits as reported. */
  readonly code: string
  /** Directory code of who reports. */
  readonly reporter: string
  readonly systemId: string
  readonly reason?: string
  readonly staff?: ReportStaff
  readonly via: 'edxml' | 'json' | 'update-status'
  /** By the reporter's clock. */
  readonly reportedAt?: Date
  readonly traceparent?: string
}

export interface RecordedReport {
  readonly id: string
  /** Does not fit the state reached before; kept and shown all the same. */
  readonly flagged: boolean
  /** `15` or `16` for a 03 or 02 that answers an open change. */
  readonly readAs?: '15' | '16'
  /** What the document shows for this receiver now; null for an orphan. */
  readonly business: BusinessCode | null
  /** By the hub's clock. */
  readonly receivedAt: Date
}

/** Appends a report to the history and moves the shown state where the report leads further. Never drops one. */
export async function recordBusinessReport(tx: Tx, report: NewBusinessReport): Promise<RecordedReport> {
  const delivery = report.deliveryId === null ? undefined : await lockBusiness(tx, report.deliveryId)
  const move: BusinessMove = delivery
    ? applyReport(delivery.state, report.code, delivery.changePacket)
    : { state: noBusiness, flagged: true }

  const { id, receivedAt } = await insertReport(tx, report, move)
  if (delivery) {
    await storeBusiness(tx, delivery.id, move.state)
    await appendDocumentEvents(tx, [
      {
        documentId: delivery.documentId,
        deliveryId: delivery.id,
        what: 'status-reported',
        systemId: report.systemId,
        details: { code: report.code, statusId: report.statusId, flagged: move.flagged },
      },
    ])
  }
  if (isBusinessCode(report.code)) await publishReport(tx, report, id, receivedAt)
  return {
    id,
    flagged: move.flagged,
    ...(move.readAs && { readAs: move.readAs }),
    business: shownBusiness(move.state),
    receivedAt,
  }
}

interface LockedBusiness {
  readonly id: string
  readonly documentId: string
  readonly state: BusinessState
  readonly changePacket: boolean
}

const lockSql = `
select delivery.id, delivery.document_id, delivery.business_furthest, delivery.business_change,
       exists (select from document_effect as effect
                where effect.sender = document.sender and effect.target = document.document_id
                  and effect.action in ('update', 'revoke')) as change_packet
  from delivery
  join document on document.id = delivery.document_id
 where delivery.id = $1
   for no key update of delivery`

async function lockBusiness(tx: Tx, deliveryId: string): Promise<LockedBusiness> {
  const { rows } = await tx.query<{
    id: string
    document_id: string
    business_furthest: BusinessCode | null
    business_change: BusinessChange | null
    change_packet: boolean
  }>({ name: 'business-lock', text: lockSql, values: [deliveryId] })
  const row = rows[0]
  if (!row) throw new Error(`there is no delivery ${deliveryId} to report on`)
  return {
    id: row.id,
    documentId: row.document_id,
    state: { furthest: row.business_furthest, change: row.business_change },
    changePacket: row.change_packet,
  }
}

const insertSql = `
insert into business_report (delivery_id, status_id, code, reporter, system_id, reason, staff, via, reported_at,
                             flagged, read_as)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
returning id, received_at`

async function insertReport(
  tx: Tx,
  report: NewBusinessReport,
  move: BusinessMove,
): Promise<{ id: string; receivedAt: Date }> {
  const { rows } = await tx.query<{ id: string; received_at: Date }>({
    name: 'business-insert',
    text: insertSql,
    values: [
      report.deliveryId,
      report.statusId,
      report.code,
      report.reporter,
      report.systemId,
      report.reason ?? null,
      report.staff === undefined ? null : JSON.stringify(report.staff),
      report.via,
      report.reportedAt ?? null,
      move.flagged,
      move.readAs ?? null,
    ],
  })
  const row = rows[0]
  if (!row) throw new Error('an insert returned no row')
  return { id: row.id, receivedAt: row.received_at }
}

const storeSql = `
update delivery
   set business = $2, business_furthest = $3, business_change = $4, business_at = clock_timestamp()
 where id = $1
   and (business, business_furthest, business_change) is distinct from ($2, $3, $4)`

async function storeBusiness(tx: Tx, deliveryId: string, state: BusinessState): Promise<void> {
  await tx.query({
    name: 'business-store',
    text: storeSql,
    values: [deliveryId, shownBusiness(state), state.furthest, state.change],
  })
}

async function publishReport(tx: Tx, report: NewBusinessReport, id: string, receivedAt: Date): Promise<void> {
  const { deliveryId, statusId, code, reporter, traceparent } = report
  await appendOutbox(tx, [
    publication({
      topic: 'docaxis.status.reported',
      key: deliveryId ?? statusId ?? id,
      id: `${id}:reported`,
      subject: deliveryId ?? statusId ?? id,
      time: receivedAt,
      ...(traceparent && { traceparent }),
      data: { deliveryId, statusId, code, reporter, reportedAt: (report.reportedAt ?? receivedAt).toISOString() },
    }),
  ])
}

/** One line of a receiver's history, as the document shows it. */
export interface BusinessReport {
  readonly id: string
  readonly deliveryId: string
  readonly statusId: string | null
  readonly code: string
  readonly readAs: '15' | '16' | null
  readonly reporter: string
  readonly systemId: string
  readonly reason: string | null
  readonly staff: ReportStaff | null
  readonly via: 'edxml' | 'json' | 'update-status'
  readonly reportedAt: Date | null
  readonly receivedAt: Date
  readonly flagged: boolean
}

const historySql = `
select id, delivery_id, status_id, code, read_as, reporter, system_id, reason, staff, via, reported_at, received_at,
       flagged
  from business_report
 where delivery_id = any($1)
 order by delivery_id, id`

/** Whole history of these deliveries, each in the order of arrival. */
export async function reportsOfDeliveries(sql: Sql, deliveryIds: readonly string[]): Promise<BusinessReport[]> {
  const { rows } = await sql.query<BusinessReportRow>({
    name: 'business-history',
    text: historySql,
    values: [deliveryIds],
  })
  return rows.map(row => ({
    id: row.id,
    deliveryId: row.delivery_id,
    statusId: row.status_id,
    code: row.code,
    readAs: row.read_as,
    reporter: row.reporter,
    systemId: row.system_id,
    reason: row.reason,
    staff: row.staff,
    via: row.via,
    reportedAt: row.reported_at,
    receivedAt: row.received_at,
    flagged: row.flagged,
  }))
}

interface BusinessReportRow {
  id: string
  delivery_id: string
  status_id: string | null
  code: string
  read_as: '15' | '16' | null
  reporter: string
  system_id: string
  reason: string | null
  staff: ReportStaff | null
  via: 'edxml' | 'json' | 'update-status'
  reported_at: Date | null
  received_at: Date
  flagged: boolean
}
