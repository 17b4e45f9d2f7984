import type { Tx } from '../database.ts'
import type { EffectAction, EffectRow } from '../documents/document.ts'
import { appendDocumentEvents } from '../documents/document-event.ts'
import { changeColumns } from './business-columns.ts'
import { applyWish, noBusiness, shownBusiness } from './business-states.ts'
import { spareReceivers, withdrawDeliveries } from './delivery-withdraw.ts'
import { type EffectWord, type NewEffectOutcome, storeOutcomes } from './effect-outcome.ts'
import { type ActedOn, type ActingPacket, canWithdraw, isHeld, lockTargets } from './effect-targets.ts'

/** One act at one receiver, decided and not yet carried out. */
interface Decision {
  readonly target: ActedOn
  readonly action: EffectAction
  readonly outcome: EffectWord
  readonly flagged: boolean
  /** The act names this document, rather than an update of it that goes with it. */
  readonly isNamed: boolean
}

/**
 * What a packet does to earlier ones of its sender: revoke, update, replace, take back. Decided under the locks of their
 * deliveries, so that of taking back and fetching at the same moment one comes first, and both sides are told which.
 * Acts concern what the hub accepted before them; what the sender sends under the same name afterwards is a new sending.
 *
 * A status 13 asks through the reports that it carries (`recordBusinessReport`); here it only withdraws.
 *
 * @param tx holds the exclusive lock of `lockEffectTargets`, and has written the packet
 */
export async function applyEffects(tx: Tx, packet: ActingPacket): Promise<readonly NewEffectOutcome[]> {
  if (packet.effects.length === 0) return []
  const targets = await lockTargets(tx, packet)
  const decisions = oncePerTarget(
    targets,
    packet.effects.flatMap(effect => decide(effect, targets)),
  )
  const withdrawn = await withdraw(tx, decisions, packet)
  await ask(tx, decisions, packet)
  await markReplaced(tx, decisions, packet)
  await bequeath(tx, decisions)

  const outcomes = decisions.map(decision => outcomeOf(decision, withdrawn))
  await storeOutcomes(tx, packet.id, outcomes)
  await spareReceivers(tx, packet, withNothingToAnswer(decisions))
  return outcomes
}

/** A replacement may name a document for all, and for some of them again. In the order in which they are read again. */
function oncePerTarget(targets: readonly ActedOn[], decisions: readonly Decision[]): readonly Decision[] {
  const decided = new Map(decisions.map(decision => [decision.target, decision] as const))
  return targets.flatMap(target => decided.get(target) ?? [])
}

function decide(effect: EffectRow, targets: readonly ActedOn[]): Decision[] {
  const { action } = effect
  const concerned = targets.filter(({ receiver }) => effect.receiver === undefined || effect.receiver === receiver)
  const main = mainTargets(effect, concerned)
  const decisions = main.map(target => ({ target, action, isNamed: true, ...decideOne(action, target) }))
  const receivers = new Set(decisions.filter(isWithdrawal).map(({ target }) => target.receiver))
  // An update of what its receiver will never see goes with it.
  const updates = concerned.filter(
    target => !main.includes(target) && receivers.has(target.receiver) && canWithdraw(target),
  )
  const gone = { action, outcome: 'withdrawn', flagged: false, isNamed: false } as const
  return [...decisions, ...updates.map(target => ({ ...gone, target }))]
}

/** The document under that name; where there is only an update of another under it, that one. */
function mainTargets({ target: name }: EffectRow, targets: readonly ActedOn[]): readonly ActedOn[] {
  const named = targets.filter(({ documentName }) => documentName === name)
  const documents = named.filter(({ action }) => action === 'new' || action === 'replace')
  return documents.length > 0 ? documents : named
}

function decideOne(action: EffectAction, target: ActedOn): Pick<Decision, 'outcome' | 'flagged'> {
  const business = target.delivery?.business ?? noBusiness
  if (!isHeld(target)) return { outcome: 'not-held', flagged: false }
  switch (action) {
    case 'replace':
      return { outcome: 'replaced', flagged: false }
    case 'take-back':
      if (canWithdraw(target)) return { outcome: 'withdrawn', flagged: false }
      return { outcome: 'asked', flagged: applyWish(business, action).flagged }
    case 'revoke':
      if (canWithdraw(target)) return { outcome: 'withdrawn', flagged: false }
      return askIfTold(action, target)
    case 'update':
      return askIfTold(action, target)
  }
}

function askIfTold(action: 'revoke' | 'update', target: ActedOn) {
  if (target.answeredBy === undefined) return { outcome: 'not-told', flagged: false } as const
  const { flagged } = applyWish(target.delivery?.business ?? noBusiness, action)
  return { outcome: 'asked', flagged } as const
}

function isWithdrawal({ outcome }: Pick<Decision, 'outcome'>): boolean {
  return outcome === 'withdrawn'
}

async function withdraw(
  tx: Tx,
  decisions: readonly Decision[],
  packet: ActingPacket,
): Promise<ReadonlyMap<ActedOn, string>> {
  const targets = decisions.filter(isWithdrawal).map(({ target }) => target)
  const ids = await withdrawDeliveries(tx, targets, packet)
  return new Map(targets.map((target, index) => [target, ids[index] as string]))
}

const askSql = `
update delivery
   set business = d.business, business_change = d.change, business_change_kind = d.kind, business_change_by = $2,
       business_change_at = clock_timestamp(), business_at = clock_timestamp()
  from jsonb_to_recordset($1::jsonb) as d(id text, business text, change text, kind text)
 where delivery.id = d.id`

/** Wishes that came as packets. What is not routed yet is asked when it is. */
async function ask(tx: Tx, decisions: readonly Decision[], packet: ActingPacket): Promise<void> {
  const asking = decisions.filter(
    ({ action, outcome, flagged, target }) =>
      outcome === 'asked' && !flagged && action !== 'take-back' && target.delivery !== undefined,
  )
  if (asking.length === 0) return
  const rows = asking.map(({ action, target }) => {
    const { state } = applyWish(target.delivery?.business ?? noBusiness, action as 'update' | 'revoke')
    return { id: target.delivery?.id, business: shownBusiness(state), ...changeColumns(state.change) }
  })
  await tx.query({ name: 'effect-ask', text: askSql, values: [JSON.stringify(rows), packet.id] })
  await appendHistory(tx, asking, packet, 'change-asked')
}

async function markReplaced(tx: Tx, decisions: readonly Decision[], packet: ActingPacket): Promise<void> {
  const replaced = decisions.filter(({ outcome, target }) => outcome === 'replaced' && target.delivery !== undefined)
  if (replaced.length === 0) return
  await tx.query({
    name: 'effect-replace',
    text: 'update delivery set replaced_by = $2 where id = any($1)',
    values: [replaced.map(({ target }) => target.delivery?.id), packet.id],
  })
  await appendHistory(tx, replaced, packet, 'replaced')
}

const bequeathSql = `
update delivery
   set heir = asked.heir
  from unnest($1::text[], $2::text[]) as asked (id, heir)
 where delivery.id = asked.id`

/** A wish that reaches the successor of whoever has the document is the successor's to answer. */
async function bequeath(tx: Tx, decisions: readonly Decision[]): Promise<void> {
  const left = decisions.filter(({ outcome, target }) => outcome === 'asked' && target.answeredBy !== target.receiver)
  if (left.length === 0) return
  await tx.query({
    name: 'effect-bequeath',
    text: bequeathSql,
    values: [left.map(({ target }) => target.delivery?.id), left.map(({ target }) => target.answeredBy)],
  })
}

async function appendHistory(
  tx: Tx,
  decisions: readonly Decision[],
  { id, systemId }: ActingPacket,
  what: 'change-asked' | 'replaced',
): Promise<void> {
  await appendDocumentEvents(
    tx,
    decisions.map(({ target, action }) => ({
      documentId: target.documentId,
      ...(target.delivery && { deliveryId: target.delivery.id }),
      what,
      systemId,
      details: { packetId: id, action },
    })),
  )
}

function outcomeOf(
  { target, action, outcome, flagged, isNamed }: Decision,
  withdrawn: ReadonlyMap<ActedOn, string>,
): NewEffectOutcome {
  const { documentId: document, documentName: documentId, receiver, delivery } = target
  const deliveryId = withdrawn.get(target) ?? delivery?.id ?? null
  return { action, document, documentId, receiver, outcome, flagged, isNamed, deliveryId }
}

/** A take-back or a revocation goes to those alone who have the document, or answer for whoever has it. */
function withNothingToAnswer(decisions: readonly Decision[]): ReadonlySet<string> {
  const settled = decisions.filter(
    ({ action, outcome }) =>
      (action === 'take-back' || action === 'revoke') && (outcome === 'withdrawn' || outcome === 'not-held'),
  )
  const asked = new Set(answering(decisions.filter(({ outcome }) => outcome === 'asked')))
  return new Set(answering(settled).filter(code => !asked.has(code)))
}

function answering(decisions: readonly Decision[]): readonly string[] {
  return decisions.flatMap(({ target }) => target.answeredBy ?? [])
}
