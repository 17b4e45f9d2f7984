import { HubError } from '@docaxis/errors'
import { type AgencyListing, findAgency } from '@docaxis/store'
import { holdsAgency } from '@docaxis/store/console'
import type { Person } from '../access/person.ts'
import type { Console } from '../console.ts'

/**
 * An agency that a person sees, by any form of its code.
 *
 * @throws HubError `NOT_FOUND`: unknown and outside of the scope are told apart by nobody
 */
export async function getSeenAgency(
  { database }: Pick<Console, 'database'>,
  { scope }: Pick<Person, 'scope'>,
  code: string,
): Promise<AgencyListing> {
  const listing = await findAgency(database, code)
  if (!listing || !(await holdsAgency(database, scope, listing.agency.code))) throw notFound()
  return listing
}

export function notFound(): HubError {
  return new HubError('NOT_FOUND', 'nothing within the scope has this name')
}
