import { publication } from '@docaxis/events'
import type { Sql, Tx } from '../database.ts'
import { appendDocumentEvents } from '../documents/document-event.ts'
import { appendOutbox } from '../log/outbox.ts'
import { type BusinessColumns, businessOf, changeColumns } from './business-columns.ts'
import {
  applyReport,
  type BusinessCode,
  type BusinessMove,
  type BusinessState,
  isAsked,
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
  /** A 13 that asks nobody: nothing was fetched, or there was nothing to take back. */
  readonly settled?: 'withdrawn' | 'not-held'
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

/**
 * Appends a report to the history and moves the shown state where the report leads further. Never drops one. A wish that
 * asked for a document in several packets of one name, all of them at one receiver by now, is answered at each.
 */
export async function recordBusinessReport(tx: Tx, report: NewBusinessReport): Promise<RecordedReport> {
  const reported = report.deliveryId === null ? undefined : await lockReportedOn(tx, report.deliveryId, report.code)
  const [delivery, ...alike] = reported ?? []
  const recorded = await record(tx, report, delivery)
  for (const other of alike) await record(tx, { ...report, deliveryId: other.id }, other)
  return recorded
}

async function record(
  tx: Tx,
  report: NewBusinessReport,
  delivery: LockedBusiness | undefined,
): Promise<RecordedReport> {
  const move: BusinessMove = delivery ? moveOf(delivery, report) : { state: noBusiness, flagged: true }

  const { id, receivedAt } = await insertReport(tx, { ...report, deliveryId: delivery?.id ?? null }, move)
  if (delivery) {
    await storeBusiness(tx, delivery.id, move.state, report)
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
}

/** What a take-back that asks nobody did was decided, under lock, before it is reported. */
function moveOf({ state }: LockedBusiness, { code, settled }: NewBusinessReport): BusinessMove {
  return settled ? { state, flagged: settled === 'not-held' } : applyReport(state, code)
}

/**
 * The delivery whose state a report moves, and those where the same wish waits for the same answer. An update or a
 * revocation has no state of its own: its receiver's 15 or 16 (or 03 and 02, while that wish is open) answers for the
 * document that it is about.
 */
async function lockReportedOn(tx: Tx, deliveryId: string, code: string): Promise<readonly LockedBusiness[]> {
  if (!mayAnswer.has(code)) return [await lockBusiness(tx, deliveryId)]
  const answered = await askedBy(tx, deliveryId)
  const target = answered === undefined ? undefined : await lockBusiness(tx, answered)
  const answers = target && (code === '15' || code === '16' || isAsked(target.state.change))
  const main = answers ? target : await lockBusiness(tx, deliveryId)
  return isAsked(main.state.change) ? [main, ...(await lockAskedAlike(tx, main.id))] : [main]
}

const mayAnswer: ReadonlySet<string> = new Set(['15', '16', '02', '03'])

const askedSql = `
select target.id
  from delivery
  join effect_outcome as outcome on outcome.packet_id = delivery.document_id and outcome.outcome = 'asked'
  join delivery as target
    on target.id = outcome.delivery_id and coalesce(target.heir, target.receiver) = delivery.receiver
  join document on document.id = target.document_id
 where delivery.id = $1
 order by (target.business_change = 'asked') desc nulls last, document.accepted_at, document.id
 limit 1`

async function askedBy(tx: Tx, deliveryId: string): Promise<string | undefined> {
  const { rows } = await tx.query<{ id: string }>({
    name: 'business-asked',
    text: askedSql,
    values: [deliveryId],
  })
  return rows[0]?.id
}

const alikeSql = `
select other.id, other.document_id, other.state, other.business_furthest, other.business_change,
       other.business_change_kind
  from delivery as main
  join document on document.id = main.document_id
  join document as named
    on named.sender = document.sender and named.document_id = document.document_id and named.kind = 'document'
  join delivery as other on other.document_id = named.id and other.id <> main.id
 where main.id = $1 and coalesce(other.heir, other.receiver) = coalesce(main.heir, main.receiver)
   and other.business_change = 'asked' and other.business_change_by = main.business_change_by
 order by other.id
   for no key update of other`

async function lockAskedAlike(tx: Tx, mainId: string): Promise<readonly LockedBusiness[]> {
  const { rows } = await tx.query<LockedRow>({ name: 'business-alike', text: alikeSql, values: [mainId] })
  return rows.map(lockedOf)
}

const lockSql = `
select id, document_id, state, business_furthest, business_change, business_change_kind
  from delivery
 where id = $1
   for no key update`

async function lockBusiness(tx: Tx, deliveryId: string): Promise<LockedBusiness> {
  const { rows } = await tx.query<LockedRow>({
    name: 'business-lock',
    text: lockSql,
    values: [deliveryId],
  })
  const row = rows[0]
  if (!row) throw new Error(`there is no delivery ${deliveryId} to report on`)
  return lockedOf(row)
}

interface LockedRow extends BusinessColumns {
  readonly id: string
  readonly document_id: string
}

function lockedOf(row: LockedRow): LockedBusiness {
  return { id: row.id, documentId: row.document_id, state: businessOf(row) }
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

// What was refused stays written beside the refusal.
const storeSql = `
update delivery
   set business = $2, business_furthest = $3, business_change = $4,
       business_change_kind = case $4 when 'refused' then business_change_kind else $5 end,
       business_change_by = case when $6 then $7 else business_change_by end,
       business_change_at = case when $6 then clock_timestamp() else business_change_at end,
       business_at = clock_timestamp()
 where id = $1
   and ($6 or (business, business_furthest, business_change) is distinct from ($2, $3, $4))`

async function storeBusiness(
  tx: Tx,
  deliveryId: string,
  state: BusinessState,
  { code, statusId }: NewBusinessReport,
): Promise<void> {
  const { change, kind } = changeColumns(state.change)
  const asks = code === '13' && change === 'asked'
  await tx.query({
    name: 'business-store',
    text: storeSql,
    values: [deliveryId, shownBusiness(state), state.furthest, change, kind, asks, statusId],
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
