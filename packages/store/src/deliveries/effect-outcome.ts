import type { Sql, Tx } from '../database.ts'
import type { EffectAction } from '../documents/document.ts'

/**
 * What an act came to at one receiver. `withdrawn`: the receiver never had it, and never will. `asked`: it has it, and
 * must answer 15 or 16. `replaced`: marked. `not-told`: it has it, but the packet that acts is not addressed to it.
 * `not-held`: it was withdrawn before, or never arrived.
 */
export type EffectWord = 'withdrawn' | 'asked' | 'replaced' | 'not-told' | 'not-held'

export interface EffectOutcome {
  readonly action: EffectAction
  /** The hub's id of the document acted on. */
  readonly document: string
  /** Its edXML DocumentId. */
  readonly documentId: string
  readonly receiver: string
  readonly outcome: EffectWord
  /** Does not fit the state that the receiver had reached: kept and delivered, and changes nothing. */
  readonly flagged: boolean
}

export interface NewEffectOutcome extends EffectOutcome {
  readonly deliveryId: string | null
  /** The act names this document, rather than an update of it that goes with it. */
  readonly isNamed: boolean
}

const insertSql = `
insert into effect_outcome (packet_id, target_id, receiver, action, outcome, flagged, delivery_id)
select $1, o.document, o.receiver, o.action, o.outcome, o.flagged, o.delivery_id
  from jsonb_to_recordset($2::jsonb)
       as o(document text, receiver text, action text, outcome text, flagged boolean, delivery_id text)`

export async function storeOutcomes(tx: Tx, packetId: string, outcomes: readonly NewEffectOutcome[]): Promise<void> {
  if (outcomes.length === 0) return
  const rows = outcomes.map(({ document, receiver, action, outcome, flagged, deliveryId }) => ({
    document,
    receiver,
    action,
    outcome,
    flagged,
    delivery_id: deliveryId,
  }))
  await tx.query({ name: 'effect-outcome-insert', text: insertSql, values: [packetId, JSON.stringify(rows)] })
}

/** Outcomes of the acts of `document`, as a column of a query over it; null for a packet that acts on nothing. */
export const outcomesColumn = `
  (select jsonb_agg(jsonb_build_object('action', outcome.action, 'document', target.id,
                                       'documentId', target.document_id, 'receiver', outcome.receiver,
                                       'outcome', outcome.outcome, 'flagged', outcome.flagged)
                    order by target.accepted_at, target.id, outcome.receiver)
     from effect_outcome as outcome
     join document as target on target.id = outcome.target_id
    where outcome.packet_id = document.id) as effects`

const settleSql = `
with bound as (
  update effect_outcome as outcome
     set delivery_id = delivery.id
    from delivery
   where outcome.target_id = any($1) and outcome.delivery_id is null
     and delivery.document_id = outcome.target_id and delivery.receiver = outcome.receiver
  returning outcome.packet_id, outcome.action, outcome.outcome, outcome.flagged, outcome.delivery_id
), latest as (
  select bound.delivery_id,
         (array_agg(bound.packet_id order by packet.accepted_at desc, packet.id)
            filter (where bound.outcome = 'asked' and not bound.flagged))[1] as asked_by,
         (array_agg(bound.action order by packet.accepted_at desc, packet.id)
            filter (where bound.outcome = 'asked' and not bound.flagged))[1] as asked,
         (array_agg(bound.packet_id order by packet.accepted_at desc, packet.id)
            filter (where bound.outcome = 'replaced'))[1] as replaced_by
    from bound
    join document as packet on packet.id = bound.packet_id
   group by bound.delivery_id
)
update delivery
   set business_change = case when latest.asked is null then delivery.business_change else 'asked' end,
       business_change_kind = coalesce(latest.asked, delivery.business_change_kind),
       business_change_by = coalesce(latest.asked_by, delivery.business_change_by),
       business_change_at = case when latest.asked is null then delivery.business_change_at else clock_timestamp() end,
       business_at = case when latest.asked is null then delivery.business_at else clock_timestamp() end,
       replaced_by = coalesce(latest.replaced_by, delivery.replaced_by)
  from latest
 where delivery.id = latest.delivery_id`

/**
 * Carries out on new deliveries what was decided before they were made: wishes that their receivers must answer, and
 * replacements. Withdrawals need none: their deliveries were made, withdrawn, by the act itself.
 */
export async function settleOutcomes(tx: Tx, documentIds: readonly string[]): Promise<void> {
  if (documentIds.length === 0) return
  await tx.query({ name: 'effect-outcome-settle', text: settleSql, values: [documentIds] })
}

const findSql = `
select outcome.action, target.id as document, target.document_id as "documentId", outcome.receiver, outcome.outcome,
       outcome.flagged
  from effect_outcome as outcome
  join document as target on target.id = outcome.target_id
 where outcome.packet_id = $1 and ($2::text[] is null or outcome.receiver = any($2))
 order by target.accepted_at, target.id, outcome.receiver`

/**
 * What a packet came to at the receivers of what it acts on.
 *
 * @param receivers only these (a receiver's view); absent = all
 */
export async function outcomesOfPacket(
  sql: Sql,
  packetId: string,
  receivers?: readonly string[],
): Promise<EffectOutcome[]> {
  const { rows } = await sql.query<EffectOutcome>({
    name: 'effect-outcome-find',
    text: findSql,
    values: [packetId, receivers ?? null],
  })
  return rows
}
