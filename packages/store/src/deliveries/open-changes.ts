import type { Sql } from '../database.ts'
import type { ChangeKind } from './business-states.ts'

/** A wish to take back, update or revoke that its receiver has not answered. */
export interface OpenChange {
  readonly deliveryId: string
  /** The hub's id of the document. */
  readonly id: string
  /** Its edXML DocumentId. */
  readonly documentId: string
  readonly sender: string
  readonly receiver: string
  readonly kind: ChangeKind
  /** The hub's id of the packet that brought the wish. */
  readonly askedBy: string | null
  /** Null for a wish that an earlier release recorded. */
  readonly askedAt: Date | null
}

export interface OpenChangeQuery {
  /** Directory codes that the caller acts for. */
  readonly agencies: readonly string[]
  /** `receiver`: what they must answer, for agencies that they have followed too; `sender`: what they wait for. */
  readonly role: 'receiver' | 'sender'
  /** Id of the last delivery of the page before. */
  readonly after?: string
  readonly limit: number
}

// A wish whose packet its sender withdrew before its receiver had it is owed no answer (one that was never sent there, as it
// had nothing to tell an heir of its own, was closed by nobody); nor is one at a delivery that is joined to another: the
// successor answers there. What a closed agency had stored is its heir's to answer.
const listSql = (isTheirs: (delivery: string, agencies: string, document: string) => string) => `
select delivery.id as "deliveryId", document.id, document.document_id as "documentId", document.sender,
       delivery.receiver, coalesce(delivery.business_change_kind, 'take-back') as kind,
       delivery.business_change_by as "askedBy", delivery.business_change_at as "askedAt"
  from delivery
  join document on document.id = delivery.document_id
 where ${isTheirs('delivery', '$1', 'document')} and delivery.business_change = 'asked' and delivery.joined_to is null
   and not exists (select from delivery as bearer
                    where bearer.document_id = delivery.business_change_by
                      and bearer.receiver = coalesce(delivery.heir, delivery.receiver)
                      and bearer.state = 'withdrawn' and bearer.closed_by is not null)
   and ($2::text is null or (delivery.business_change_at, delivery.id) >
        (select last.business_change_at, last.id
           from delivery as last
           join document as asked on asked.id = last.document_id
          where last.id = $2 and ${isTheirs('last', '$1', 'asked')}))
 order by delivery.business_change_at, delivery.id
 limit $3`

const answering = (delivery: string, agencies: string) =>
  `(${delivery}.receiver = any(${agencies}) and ${delivery}.heir is null or ${delivery}.heir = any(${agencies}))`

const listsByRole = {
  receiver: listSql(answering),
  sender: listSql((_delivery, agencies, document) => `${document}.sender = any(${agencies})`),
} as const

/** Wishes that wait for an answer, the oldest first. */
export async function listOpenChanges(sql: Sql, query: OpenChangeQuery): Promise<OpenChange[]> {
  const { agencies, role, after, limit } = query
  const { rows } = await sql.query<OpenChange>({
    name: `change-open-${role}`,
    text: listsByRole[role],
    values: [agencies, after ?? null, limit],
  })
  return rows
}
