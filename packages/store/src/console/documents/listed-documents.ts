import type { Sql } from '../../database.ts'
import { isLate, toBeSeen } from './delivery-conditions.ts'
import { isInternal } from './internal.ts'

/** A line of the list of documents. */
export interface ListedDocument {
  readonly id: string
  readonly documentId: string
  readonly action: string
  readonly sender: string
  readonly senderName: string | null
  readonly subject: string | null
  readonly codeNumber: string | null
  readonly codeNotation: string | null
  readonly typeName: string | null
  readonly priority: number
  readonly issuedOn: string | null
  readonly dueOn: string | null
  readonly acceptedAt: Date
  readonly internal: boolean
  readonly receiver: string | null
  readonly receiverName: string | null
  /** Of the receivers that the person sees. */
  readonly receivers: number
  readonly waiting: number
  readonly taken: number
  readonly registered: number
  readonly finished: number
  readonly refused: number
  readonly failed: number
  readonly late: number
}

const listSql = `
select document.id, document.document_id as "documentId", document.action, document.sender,
       sender.name as "senderName", document.subject, document.code_number as "codeNumber",
       document.code_notation as "codeNotation", document.type_name as "typeName", document.priority,
       document.issued_on::text as "issuedOn", document.due_on::text as "dueOn", document.accepted_at as "acceptedAt",
       document.envelope ->> 'scope' as sphere, first.receiver, agency.name as "receiverName", counted.*
  from unnest($1::text[]) with ordinality as wanted(id, place)
  join document on document.id = wanted.id
  left join agency as sender on sender.code = document.sender
 cross join lateral (
       select count(*)::integer as receivers,
              count(*) filter (where state = 'available')::integer as waiting,
              count(*) filter (where state in ('fetched', 'acknowledged'))::integer as taken,
              count(*) filter (where business in ('03', '04', '05', '06'))::integer as registered,
              count(*) filter (where business = '06')::integer as finished,
              count(*) filter (where business = '02')::integer as refused,
              count(*) filter (where state = 'failed')::integer as failed,
              count(*) filter (where ${isLate})::integer as late,
              min(delivery.receiver) as one
         from delivery
        where delivery.document_id = document.id
          and ($2::text[] is null or document.sender = any($2) or delivery.receiver = any($2) and ${toBeSeen})
       ) as counted
  left join lateral (
       select coalesce(counted.one, (select coalesce(resolved, written)
                                       from document_receiver
                                      where document_id = document.id
                                      order by position
                                      limit 1)) as receiver
       ) as first on true
  left join agency on agency.code = first.receiver
 order by wanted.place`

/**
 * Lines for these ids, in their order.
 *
 * @param codes whose deliveries are counted, where one of them is not the sender; undefined: all
 */
export async function listedDocuments(
  sql: Sql,
  ids: readonly string[],
  codes: readonly string[] | undefined,
): Promise<ListedDocument[]> {
  type Row = Omit<ListedDocument, 'internal'> & { readonly sphere: string | null; readonly one: string | null }
  const { rows } = await sql.query<Row>({ name: 'documents-listed', text: listSql, values: [ids, codes ?? null] })
  return rows.map(({ sphere, one: _one, ...row }) => ({ ...row, internal: isInternal(sphere) }))
}
