import type { DeadlineKind } from '@docaxis/calendar'
import { type DeadlineKey, type DeadlineQuery, listDeadlines, type Sql } from '@docaxis/store'
import { type Static, Type } from 'typebox'
import { nullableText, pageLimit } from '../routes/schemas.ts'
import { deadlineKind, owedAnswer, owedBodies } from './deadline-answers.ts'

/** What every list of deadlines can be asked for. */
export const pageQuery = {
  standing: Type.Optional(
    Type.Union([Type.Literal('late'), Type.Literal('due')], {
      default: 'late',
      description: 'Passed and still owed, or owed within `hours`',
    }),
  ),
  hours: Type.Optional(Type.Integer({ minimum: 1, maximum: 24 * 60, default: 24 })),
  kind: Type.Optional(deadlineKind),
  after: Type.Optional(Type.String({ pattern: '^[0-9a-f]{24}\\.(fetch|acknowledge|finish)$' })),
  limit: Type.Optional(pageLimit),
}

export const deadlinePage = Type.Object({ items: Type.Array(owedAnswer), next: nullableText })

type Query = Partial<Static<ReturnType<typeof Type.Object<typeof pageQuery>>>>
type Parties = Pick<DeadlineQuery, 'receivers' | 'senders'>

/** One page, the earliest deadline first; `next` names its last item. */
export async function pageOfDeadlines(
  sql: Sql,
  { standing = 'late', hours = 24, kind, after, limit = 100 }: Query,
  parties: Parties,
): Promise<Static<typeof deadlinePage>> {
  const rows = await listDeadlines(sql, {
    ...parties,
    standing,
    hours,
    limit: limit + 1,
    ...(kind && { kind }),
    ...(after !== undefined && { after: keyOf(after) }),
  })
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return {
    items: await owedBodies(sql, items),
    next: rows.length > limit && last ? `${last.deliveryId}.${last.kind}` : null,
  }
}

function keyOf(cursor: string): DeadlineKey {
  const [deliveryId = '', kind] = cursor.split('.')
  return { deliveryId, kind: kind as DeadlineKind }
}
