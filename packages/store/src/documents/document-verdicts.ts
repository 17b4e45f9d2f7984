import { type AttachmentCheck, checksOfDocument } from '../attachments/attachment-check.ts'
import type { Sql } from '../database.ts'
import { wholeVerdict } from './verdict-checks.ts'

/** Every verdict on one packet, with what it takes to repeat them. */
export interface DocumentVerdicts {
  readonly id: string
  readonly documentId: string
  /** Directory code. */
  readonly sender: string
  /** Of the envelope as received. */
  readonly sha256: string
  readonly acceptedAt: Date
  /** On the seal. */
  readonly seal: unknown
  readonly envelope: unknown
  readonly checks: readonly AttachmentCheck[]
}

const findSql = `
select id, document_id, sender, encode(sha256, 'hex') as sha256, accepted_at, ${wholeVerdict}, envelope
  from document
 where id = $1`

/** For whoever may see the packet: the caller has asked `findDocument`, or is an operator. */
export async function findVerdicts(sql: Sql, id: string): Promise<DocumentVerdicts | undefined> {
  const { rows } = await sql.query<VerdictsRow>({ name: 'document-verdicts', text: findSql, values: [id] })
  const row = rows[0]
  if (!row) return undefined
  return {
    id: row.id,
    documentId: row.document_id,
    sender: row.sender,
    sha256: row.sha256,
    acceptedAt: row.accepted_at,
    seal: row.verdict,
    envelope: row.envelope,
    checks: await checksOfDocument(sql, id),
  }
}

interface VerdictsRow {
  id: string
  document_id: string
  sender: string
  sha256: string
  accepted_at: Date
  verdict: unknown
  envelope: unknown
}
