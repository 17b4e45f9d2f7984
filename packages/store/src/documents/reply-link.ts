import type { Tx } from '../database.ts'

/** "This document answers that one" (ResponseFor). */
export interface ReplyLinkRow {
  /** Directory code of who issued the other one; as written where the directory does not know it. */
  readonly agency?: string
  /** Its edXML DocumentId. */
  readonly target?: string
  /** `267/VPCP-TTĐT`. */
  readonly code?: string
  /** `yyyy-mm-dd`. */
  readonly issuedOn?: string
}

const insertSql = `
insert into reply_link (document_id, position, agency, target, code, issued_on)
select l.document_id, l.position, l.agency, l.target, l.code, l.issued_on
  from jsonb_to_recordset($1::jsonb)
       as l(document_id text, position integer, agency text, target text, code text, issued_on date)`

/** Stores what documents answer, in the order of their envelopes. A target that nobody has sent yet stays open. */
export async function storeReplyLinks(
  tx: Tx,
  documents: readonly { readonly id: string; readonly replies: readonly ReplyLinkRow[] }[],
): Promise<void> {
  const rows = documents.flatMap(({ id, replies }) =>
    replies.map(({ issuedOn, ...link }, position) => ({ ...link, document_id: id, position, issued_on: issuedOn })),
  )
  if (rows.length === 0) return
  await tx.query({ name: 'reply-link-insert', text: insertSql, values: [JSON.stringify(rows)] })
}
