import type { Delivery, DocumentLinks, EffectOutcome, OpenChange, ThreadEntry, WithdrawnItem } from '@docaxis/store'
import { type Static, Type } from 'typebox'
import { hubId, nullableText, nullableTime, packetKind, time } from './schemas.ts'

// What answers say of a document's life: acts on earlier documents, wishes and their answers, threads.

const outcomes = {
  withdrawn: 'the receiver never had it and never will; no packet goes there',
  asked: 'it has it, and must answer 15 or 16',
  replaced: 'marked as replaced',
  'not-told': 'it has it, but this packet is not addressed to it',
  'not-held': 'it was withdrawn before, or never arrived',
} as const

export const effectOutcome = Type.Object({
  action: Type.String({ description: 'revoke, update, replace, take-back' }),
  document: hubId,
  documentId: Type.String(),
  receiver: Type.String(),
  outcome: Type.String({
    description: Object.entries(outcomes)
      .map(([word, meaning]) => `${word}: ${meaning}`)
      .join('; '),
  }),
  flagged: Type.Boolean({ description: 'Does not fit the state that the receiver had reached: changes nothing' }),
})

/** In one order, also when read back from the database: a repeat is answered byte for byte. */
export function effectBody(effect: EffectOutcome): Static<typeof effectOutcome> {
  const { action, document, documentId, receiver, outcome, flagged } = effect
  return { action, document, documentId, receiver, outcome, flagged }
}

const changeKind = Type.Union([Type.Literal('take-back'), Type.Literal('update'), Type.Literal('revoke')])

export const change = Type.Object({
  kind: Type.Union([changeKind, Type.Null()]),
  state: Type.Union([Type.Literal('asked'), Type.Literal('agreed'), Type.Literal('refused')]),
  by: Type.Union([hubId, Type.Null()], { description: 'The packet that brought the wish' }),
})

export function changeBody(delivery: Delivery): Static<typeof change> | null {
  const { businessChange: state, businessChangeKind: kind, businessChangeBy: by } = delivery
  return state && { kind, state, by }
}

const linked = {
  id: Type.Union([hubId, Type.Null()], { description: 'Null: not sent through this hub, or not yours to see' }),
  sender: nullableText,
  documentId: nullableText,
}

export const documentLinks = Type.Object({
  repliesTo: Type.Array(Type.Object({ ...linked, code: nullableText, issuedOn: nullableText })),
  replies: Type.Array(Type.Object(linked)),
  effects: Type.Array(effectOutcome),
  actedOnBy: Type.Array(Type.Object({ ...linked, action: Type.String(), acceptedAt: time })),
})

export function linksBody(links: DocumentLinks, effects: readonly EffectOutcome[]): Static<typeof documentLinks> {
  return {
    repliesTo: [...links.repliesTo],
    replies: [...links.replies],
    effects: effects.map(effectBody),
    actedOnBy: links.actedOnBy.map(({ acceptedAt, ...link }) => ({ ...link, acceptedAt: acceptedAt.toISOString() })),
  }
}

export const threadEntry = Type.Object({
  id: hubId,
  sender: Type.String(),
  documentId: Type.String(),
  action: Type.String(),
  subject: nullableText,
  acceptedAt: time,
  answers: Type.Array(hubId),
  replaces: Type.Array(hubId),
})

export function threadBody(entry: ThreadEntry): Static<typeof threadEntry> {
  const { acceptedAt, answers, replaces, ...same } = entry
  return { ...same, answers: [...answers], replaces: [...replaces], acceptedAt: acceptedAt.toISOString() }
}

/** What is left of a document that was withdrawn before it was fetched: no subject, no number, no files. */
export const withdrawnItem = Type.Object({
  deliveryId: hubId,
  kind: packetKind,
  documentId: Type.String(),
  sender: Type.String(),
  receiver: Type.String(),
  availableAt: time,
  withdrawnAt: time,
  note: Type.Object({ vi: Type.String(), en: Type.String() }),
})

const withdrawnNote = { vi: 'Bên gửi đã rút lại', en: 'Withdrawn by the sender' }

export function withdrawnBody(item: WithdrawnItem): Static<typeof withdrawnItem> {
  const { availableAt, withdrawnAt, ...same } = item
  return {
    ...same,
    availableAt: availableAt.toISOString(),
    withdrawnAt: withdrawnAt.toISOString(),
    note: withdrawnNote,
  }
}

export const openChange = Type.Object({
  deliveryId: hubId,
  id: hubId,
  documentId: Type.String(),
  sender: Type.String(),
  receiver: Type.String(),
  kind: changeKind,
  askedBy: Type.Union([hubId, Type.Null()]),
  askedAt: nullableTime,
})

export function openChangeBody(row: OpenChange): Static<typeof openChange> {
  return { ...row, askedAt: row.askedAt?.toISOString() ?? null }
}
