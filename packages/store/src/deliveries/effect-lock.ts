import type { Tx } from '../database.ts'
import type { EffectAction } from '../documents/document.ts'

/** An earlier document as a later packet names it. */
export interface EffectTarget {
  readonly sender: string
  /** edXML DocumentId. */
  readonly documentId: string
}

/** A later packet that acts on a document. */
export interface DocumentEffect extends EffectTarget {
  /** The hub's id of the packet that acts. */
  readonly packetId: string
  readonly action: EffectAction
  /** Null: for every receiver. */
  readonly receiver: string | null
}

/**
 * Locks what acts on these documents until the transaction ends. A row that is not there yet cannot be locked, so the
 * lock is on the name: whoever records an effect takes it `exclusive` before it writes and looks at the target's
 * deliveries; whoever makes deliveries or shows them takes it `shared` before it reads the effects. One of the two
 * then always sees what the other did. Taken before any row lock, so that nobody waits in a circle.
 */
export async function lockEffectTargets(
  tx: Tx,
  targets: readonly EffectTarget[],
  mode: 'shared' | 'exclusive',
): Promise<void> {
  if (targets.length === 0) return
  const lock = mode === 'shared' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock'
  // Sorted, so that two transactions never wait for each other.
  const text = `
    select ${lock}(target.hash)
      from (select distinct hashtextextended('effect:' || t.sender || ' ' || t.document_id, 0) as hash
              from unnest($1::text[], $2::text[]) as t(sender, document_id)
             order by hash) as target`
  await tx.query({
    name: `effect-lock-${mode}`,
    text,
    values: [targets.map(target => target.sender), targets.map(target => target.documentId)],
  })
}

const effectsSql = `
select effect.document_id as packet_id, effect.sender, effect.target, effect.action, effect.receiver
  from (select distinct t.sender, t.document_id from unnest($1::text[], $2::text[]) as t(sender, document_id)) as t
  join document_effect as effect on effect.sender = t.sender and effect.target = t.document_id
 order by effect.accepted_at, effect.document_id`

/** Effects by target: `of(target, receiver)` gives those that concern this receiver, oldest first. */
export interface KnownEffects {
  of(target: EffectTarget, receiver: string): readonly DocumentEffect[]
}

/** Takes the shared lock on these documents, then reads what acts on them. */
export async function lockEffects(tx: Tx, targets: readonly EffectTarget[]): Promise<KnownEffects> {
  await lockEffectTargets(tx, targets, 'shared')
  const { rows } = await tx.query<EffectRow>({
    name: 'effect-list',
    text: effectsSql,
    values: [targets.map(target => target.sender), targets.map(target => target.documentId)],
  })
  const effects = rows.map(effectOf)
  return {
    of: (target, receiver) =>
      effects.filter(
        effect =>
          effect.sender === target.sender &&
          effect.documentId === target.documentId &&
          (effect.receiver === null || effect.receiver === receiver),
      ),
  }
}

interface EffectRow {
  packet_id: string
  sender: string
  target: string
  action: EffectAction
  receiver: string | null
}

function effectOf(row: EffectRow): DocumentEffect {
  return {
    packetId: row.packet_id,
    sender: row.sender,
    documentId: row.target,
    action: row.action,
    receiver: row.receiver,
  }
}
