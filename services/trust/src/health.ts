import type { HealthCheck } from '@docaxis/service'
import { listCrls, listSources, type Sql } from '@docaxis/store'

/**
 * Warnings only: without fresh lists seals of one authority are not proved, and everything else goes on. Counts and no
 * names, since anybody may ask.
 */
export async function trustHealth(sql: Sql, now: Date): Promise<readonly HealthCheck[]> {
  const [lists, sources] = await Promise.all([listCrls(sql), listSources(sql)])
  const ended = lists.filter(({ delta, nextUpdate }) => !delta && nextUpdate !== undefined && nextUpdate < now)
  const failing = sources.filter(({ failures }) => failures > 0)
  return [
    {
      name: 'revocation lists',
      ok: ended.length === 0,
      detail: ended.length === 0 ? `${lists.length} in force` : `${ended.length} of ${lists.length} ran out`,
      advisory: true,
    },
    {
      name: 'authorities',
      ok: failing.length === 0,
      detail: failing.length === 0 ? 'answer' : `${failing.length} of ${sources.length} addresses do not answer`,
      advisory: true,
    },
  ]
}
