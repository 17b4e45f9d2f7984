import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { type StatusCode, type StatusInput, writeStatus } from '@docaxis/edxml'
import { HubError } from '@docaxis/errors'
import { type BusinessReport, findAcceptance, type ReportStaff, type Sql, useKey } from '@docaxis/store'
import type { Caller } from '../caller.ts'
import { type AcceptDeps, type Accepted, acceptDocument } from '../intake/accept-document.ts'

/** A business state that came as JSON, to become the edXML status message that it stands for. */
export interface ReportToSend {
  /** Names what is reported on among the caller's keys. */
  readonly subject: string
  readonly code: StatusCode
  readonly reason?: string
  readonly staff?: ReportStaff
  readonly idempotencyKey?: string
  readonly traceparent: string
  /** The delivery reported on; null where it is not made yet. */
  readonly reportOn: string | null
  /** The last report on it. */
  readonly last?: BusinessReport | undefined
  readonly message: (reportedAt: Date) => StatusInput
}

const needReason: ReadonlySet<StatusCode> = new Set(['02', '13', '16'])

/**
 * Writes the status message in the caller's name and takes it like any other packet.
 *
 * A repeat writes the same bytes and so gets the first answer: by the key, whose first use fixes the time; without one,
 * by being the same as the last report.
 *
 * @throws HubError `REQUEST_INVALID`: a refusal or a take-back without reason; `IDEMPOTENCY_CONFLICT`; those of
 *   `acceptDocument`
 */
export async function sendReport(deps: AcceptDeps, caller: Caller, report: ReportToSend): Promise<Accepted> {
  if (needReason.has(report.code) && report.reason === undefined) {
    throw new HubError('REQUEST_INVALID', `code ${report.code} needs a reason`)
  }
  const { last } = report
  const repeated = last && sameReport(last, report) ? await firstAnswer(deps.database, last) : undefined
  if (repeated) return repeated

  const bytes = writeStatus(report.message(await fixedTime(deps.database, caller, report)))
  // What the hub writes itself needs no seal, and only what the document gave it can be missing in it.
  const asWritten: Caller = { ...caller, profile: 'legacy', statusPolicy: 'record' }
  return acceptDocument(deps, asWritten, {
    body: Readable.from([bytes]),
    reportOn: report.reportOn,
    traceparent: report.traceparent,
  })
}

function sameReport(last: BusinessReport, report: ReportToSend): boolean {
  return requestHash(report) === requestHash({ ...report, code: last.code, reason: last.reason, staff: last.staff })
}

async function firstAnswer(sql: Sql, last: BusinessReport): Promise<Accepted | undefined> {
  const acceptance = last.statusId === null ? undefined : await findAcceptance(sql, last.statusId)
  return acceptance && { acceptance, repeated: true }
}

/** The instant that stands in the message: fixed by the first request under the key. */
async function fixedTime(sql: Sql, caller: Caller, report: ReportToSend): Promise<Date> {
  const hash = requestHash(report)
  const key = report.idempotencyKey ?? `report:${report.subject}:${report.last?.id ?? '0'}:${hash}`
  const first = await useKey(sql, caller.systemId, key, hash)
  if (first.requestSha256 !== hash) {
    throw new HubError('IDEMPOTENCY_CONFLICT', 'the Idempotency-Key was used for another report', { details: { key } })
  }
  return first.at
}

interface Reported {
  readonly subject: string
  readonly code: string
  readonly reason?: string | null
  readonly staff?: ReportStaff | null
}

function requestHash({ subject, code, reason, staff }: Reported): string {
  const { name, department, email, mobile } = staff ?? {}
  const parts = [subject, code, reason, name, department, email, mobile].map(part => part ?? null)
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

/** `12/CV-VP`, as status messages write it. */
export function codeText(document: {
  readonly codeNumber: string | null
  readonly codeNotation: string | null
}): string | undefined {
  return [document.codeNumber, document.codeNotation].filter(part => part !== null).join('/') || undefined
}
