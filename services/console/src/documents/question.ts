import { levels } from '@docaxis/events'
import type { DocumentQuestion } from '@docaxis/store/console'
import { type Static, Type } from 'typebox'

const text = Type.String({ minLength: 1, maxLength: 500 })
const code = Type.String({ minLength: 1, maxLength: 35 })
const minute = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\dZ$' })
const day = Type.String({ format: 'date' })

/** What the address of the list says; the interface takes the same words. */
export const questionQuery = {
  q: Type.Optional(text),
  number: Type.Optional(text),
  subject: Type.Optional(text),
  sender: Type.Optional(code),
  receiver: Type.Optional(code),
  type: Type.Optional(text),
  priority: Type.Optional(Type.String({ pattern: '^[0-4]$' })),
  issuedFrom: Type.Optional(day),
  issuedTo: Type.Optional(day),
  from: Type.Optional(day),
  to: Type.Optional(day),
  transport: Type.Optional(
    Type.Enum(['routed', 'held', 'available', 'fetched', 'acknowledged', 'failed', 'withdrawn', 'expired']),
  ),
  business: Type.Optional(Type.Enum(['01', '02', '03', '04', '05', '06', '13', '15', '16'])),
  late: Type.Optional(Type.Literal('yes')),
  fromLevel: Type.Optional(Type.Enum([...levels])),
  toLevel: Type.Optional(Type.Enum([...levels])),
  needs: Type.Optional(Type.Enum(['stuck', 'held', 'not-fetched', 'late', 'refused', 'failed'])),
  why: Type.Optional(text),
  step: Type.Optional(Type.Enum(['accepted', 'fetched', 'acknowledged'])),
  since: Type.Optional(minute),
  until: Type.Optional(minute),
}

const question = Type.Object(questionQuery)
export type QuestionQuery = Static<typeof question>

export function questionOf(query: QuestionQuery): DocumentQuestion {
  const { q, number, subject, sender, receiver, type, priority, transport, business } = query
  const { fromLevel, toLevel, needs, why, step, since, until } = query
  return {
    ...(q && { text: q }),
    ...(number && { number }),
    ...(subject && { subject }),
    ...(sender && { sender }),
    ...(receiver && { receiver }),
    ...(type && { typeName: type }),
    ...(priority && { priority: Number(priority) }),
    ...(query.issuedFrom && { issuedFrom: query.issuedFrom }),
    ...(query.issuedTo && { issuedTo: query.issuedTo }),
    ...(query.from && { acceptedFrom: midnight(query.from) }),
    ...(query.to && { acceptedTo: new Date(midnight(query.to).getTime() + dayMs) }),
    ...(transport && { transport }),
    ...(business && { business }),
    ...(query.late && { late: true }),
    ...(fromLevel && { fromLevel }),
    ...(toLevel && { toLevel }),
    ...(needs && { needs: { kind: needs, ...(why && { why }) } }),
    ...(step && since && { step: { name: step, from: new Date(since), ...(until && { to: new Date(until) }) } }),
  }
}

const dayMs = 86_400_000

/** Days are those of Vietnam, wherever the server stands. */
function midnight(of: string): Date {
  return new Date(`${of}T00:00:00+07:00`)
}
