import { officesUnder, sendBy } from '@docaxis/calendar'
import { type DocumentHeader, hoursKeptBy, readCalendar, type Sql } from '@docaxis/store'
import { type Static, Type } from 'typebox'

export const sendingAnswer = Type.Union(
  [
    Type.Object({
      by: Type.String({ format: 'date-time', description: 'The morning of the working day after the date of issue' }),
      late: Type.Boolean(),
      unconfirmedYears: Type.Array(Type.Integer()),
    }),
    Type.Null(),
  ],
  { description: 'Whether the sender sent in time (QĐ 28/2018, article 6); null without a date of issue' },
)

/** @param standardHours of senders for whom the directory has none */
export async function sendingBody(
  sql: Sql,
  { kind, issuedOn, acceptedAt, sender }: DocumentHeader,
  standardHours: string,
): Promise<Static<typeof sendingAnswer>> {
  if (kind !== 'document' || issuedOn === null) return null
  const [{ years }, hours] = await Promise.all([readCalendar(sql), hoursKeptBy(sql, [sender])])
  const office = officesUnder(years)(hours.get(sender) ?? standardHours)
  const by = sendBy(issuedOn, office)
  if (!by) return null
  const unconfirmedYears = office.unconfirmedYears(new Date(`${issuedOn}T00:00:00+07:00`), by)
  return { by: by.toISOString(), late: acceptedAt > by, unconfirmedYears }
}
