import type { Sql, Tx } from '../database.ts'
import { appendDocumentEvents } from '../documents/document-event.ts'
import { recordAudit } from '../evidence/audit.ts'
import { type NewEvidence, storeEvidence } from '../evidence/evidence.ts'
import type { DueCheck } from './attachment-check.ts'
import { endAttachmentHold, lockAttachmentHold } from './attachment-hold.ts'

/** What a check came to. */
export interface CheckOutcome {
  readonly verdict: unknown
  /** Word and code of the verdict, for history and audit. */
  readonly word: string
  readonly code: string
  /** The sending system's policy lets no delivery go: why, in words for the sender. */
  readonly refusal?: string
  readonly evidence: readonly NewEvidence[]
}

const doneSql = `
update attachment_check
   set state = 'done', verdict = $5, done_at = clock_timestamp()
 where document_id = $1 and position = $2 and kind = $3 and attempts = $4 and state = 'waiting'`

/**
 * Writes the answer of a check with evidence, history and audit, and ends the packet's hold when it was the last that
 * deliveries waited for, or when it refuses.
 *
 * @returns false when another worker has taken the check over: nothing was written
 */
export async function settleCheck(tx: Tx, check: DueCheck, outcome: CheckOutcome): Promise<boolean> {
  const { documentId, position, kind, attempts } = check
  // The packet first, as the router does, so that nobody waits in a circle.
  const hold = await lockAttachmentHold(tx, documentId)
  const values = [documentId, position, kind, attempts, JSON.stringify(outcome.verdict)]
  const { rowCount } = await tx.query({ name: 'check-done', text: doneSql, values })
  if (rowCount === 0) return false

  await storeEvidence(tx, outcome.evidence)
  await tell(tx, check, outcome)
  if (!check.holds || hold !== 'waiting') return true
  if (outcome.refusal !== undefined) {
    await endAttachmentHold(tx, documentId, { hold: 'refused', reason: outcome.refusal })
  } else if (!(await anotherHolds(tx, documentId))) {
    await endAttachmentHold(tx, documentId, { hold: 'passed' })
  }
  return true
}

async function tell(tx: Tx, check: DueCheck, { word, code, refusal }: CheckOutcome): Promise<void> {
  const { documentId, position, kind, sha256 } = check
  const details = { position, kind, sha256, verdict: word, code }
  await appendDocumentEvents(tx, [{ documentId, what: 'attachment-checked', details }])
  await recordAudit(tx, {
    actor: 'service:trust',
    action: 'attachment.check',
    object: documentId,
    outcome: refusal === undefined ? 'recorded' : 'refused',
    details,
  })
}

async function anotherHolds(sql: Sql, documentId: string): Promise<boolean> {
  const text = "select from attachment_check where document_id = $1 and holds and state = 'waiting' limit 1"
  const { rowCount } = await sql.query({ name: 'check-another', text, values: [documentId] })
  return rowCount !== 0
}
