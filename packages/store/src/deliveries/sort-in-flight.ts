import type { Level } from '@docaxis/events'
import type { Sql } from '../database.ts'
import type { InFlight } from './delivery-in-flight.ts'
import type { Redirects } from './delivery-redirect.ts'

/** What becomes of each delivery under way to a closed agency. */
export interface Sorted {
  readonly moving: readonly { readonly delivery: InFlight; readonly to: string; readonly level: Level }[]
  readonly joining: readonly { readonly delivery: InFlight; readonly to: string; readonly joinedTo: string }[]
  readonly returning: readonly { readonly delivery: InFlight; readonly reason: string }[]
}

/** Deliveries of the same packets to the successors, by `targetKey`. */
export type Targets = ReadonlyMap<string, string>

const targetKey = (documentId: string, receiver: string): string => `${documentId} ${receiver}`

/**
 * A successor gets each packet in one delivery: the one that it has already, or the first that moves to it. All further
 * ones join that.
 */
export function sortInFlight(rows: readonly InFlight[], redirects: Redirects, targets: Targets): Sorted {
  const moving: Sorted['moving'][number][] = []
  const joining: Sorted['joining'][number][] = []
  const returning: Sorted['returning'][number][] = []
  const taken = new Map(targets)
  for (const delivery of rows) {
    const redirect = redirects.get(delivery.receiver)
    if (redirect === undefined) continue
    if ('reason' in redirect) {
      returning.push({ delivery, reason: redirect.reason })
      continue
    }
    const { to, level } = redirect
    const key = targetKey(delivery.documentId, to)
    const joinedTo = taken.get(key)
    if (joinedTo !== undefined) joining.push({ delivery, to, joinedTo })
    else {
      taken.set(key, delivery.id)
      moving.push({ delivery, to, level })
    }
  }
  return { moving, joining, returning }
}

const targetsSql = `
select wanted.document_id, wanted.receiver, coalesce(delivery.joined_to, delivery.id) as id
  from unnest($1::text[], $2::text[]) as wanted (document_id, receiver)
  join delivery on delivery.document_id = wanted.document_id and delivery.receiver = wanted.receiver`

/** Deliveries of these packets that their successors have already, whatever became of them. */
export async function findTargets(sql: Sql, rows: readonly InFlight[], redirects: Redirects): Promise<Targets> {
  const wanted = rows.flatMap(({ documentId, receiver }) => {
    const redirect = redirects.get(receiver)
    return redirect && 'to' in redirect ? [{ documentId, to: redirect.to }] : []
  })
  const { rows: found } = await sql.query<TargetRow>(targetsSql, [
    wanted.map(({ documentId }) => documentId),
    wanted.map(({ to }) => to),
  ])
  return new Map(found.map(row => [targetKey(row.document_id, row.receiver), row.id]))
}

interface TargetRow {
  readonly document_id: string
  readonly receiver: string
  readonly id: string
}
