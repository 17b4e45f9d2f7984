import { officesUnder } from '@docaxis/calendar'
import { type DeadlineView, readCalendar, type Sql } from '@docaxis/store'
import { type Static, Type } from 'typebox'
import { hubId, nullableText, nullableTime, time } from '../routes/schemas.ts'
import { standingOf } from './standing.ts'
import { whyOf } from './why.ts'

export const deadlineKind = Type.Union([Type.Literal('fetch'), Type.Literal('acknowledge'), Type.Literal('finish')])

const nullableCount = Type.Union([Type.Integer(), Type.Null()])

export const deadlineAnswer = Type.Object({
  kind: deadlineKind,
  state: Type.String({ description: 'open, late, met, met-late, void' }),
  late: Type.Boolean({ description: 'It was not met by `dueAt`' }),
  lateMinutes: nullableCount,
  lateWorkingMinutes: nullableCount,
  why: Type.Object({ vi: Type.String(), en: Type.String() }),
  clock: Type.Union([Type.Literal('working'), Type.Literal('round')], {
    description: 'By working hours, or round the clock',
  }),
  arrivedAt: Type.String({ format: 'date-time', description: 'When it came into the mailbox' }),
  countedFrom: Type.String({ format: 'date-time', description: 'After hours: the next working session' }),
  dueAt: time,
  dueOn: nullableText,
  metAt: nullableTime,
  workingHours: Type.String(),
  unconfirmedYears: Type.Array(Type.Integer(), {
    description: 'Years that it rests on whose public holidays nobody vouches for',
  }),
})

export type DeadlineBody = Static<typeof deadlineAnswer> & { readonly deliveryId: string }

export const owedAnswer = Type.Object({
  ...deadlineAnswer.properties,
  deliveryId: hubId,
  id: hubId,
  documentId: Type.String(),
  subject: nullableText,
  sender: Type.String(),
  receiver: Type.String(),
  priority: Type.Integer(),
  transport: Type.String(),
  business: nullableText,
})

/** Puts stored deadlines into words, each by the working hours that it was reckoned by. */
export async function deadlineBodies(sql: Sql, deadlines: readonly DeadlineView[]): Promise<DeadlineBody[]> {
  if (deadlines.length === 0) return []
  const { years } = await readCalendar(sql)
  const officeOf = officesUnder(years)
  return deadlines.map(deadline => {
    const standing = standingOf(deadline, officeOf(deadline.hours))
    return {
      deliveryId: deadline.deliveryId,
      kind: deadline.kind,
      ...standing,
      late: standing.lateMinutes !== null,
      why: whyOf(deadline, standing),
      clock: deadline.clock,
      arrivedAt: deadline.arrivedAt.toISOString(),
      countedFrom: deadline.countedFrom.toISOString(),
      dueAt: deadline.dueAt.toISOString(),
      dueOn: deadline.kind === 'finish' ? deadline.dueOn : null,
      metAt: deadline.metAt?.toISOString() ?? null,
      workingHours: deadline.hours,
      unconfirmedYears: [...deadline.unconfirmedYears],
    }
  })
}

/** The same, with what each deadline is about. */
export async function owedBodies(sql: Sql, deadlines: readonly DeadlineView[]): Promise<Static<typeof owedAnswer>[]> {
  const bodies = await deadlineBodies(sql, deadlines)
  return deadlines.map((deadline, index) => {
    const {
      documentId: id,
      documentName: documentId,
      subject,
      sender,
      receiver,
      priority,
      transport,
      business,
    } = deadline
    const body = bodies[index]
    if (!body) throw new Error('a deadline has no body')
    return { ...body, id, documentId, subject, sender, receiver, priority, transport, business }
  })
}
