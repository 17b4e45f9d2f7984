import { HubError } from '@docaxis/errors'
import { findAccount, listAccounts, rightsWithin } from '@docaxis/store/console'
import type { Person } from '../access/person.ts'
import type { Console } from '../console.ts'

/**
 * Accounts whose alerts a person sees and changes: their own, and those that may no more than they. A rule always runs
 * with the scope of its own account, so that nobody is told more by another's rule.
 */
export async function lookedAfter({ database }: Console, person: Person): Promise<ReadonlySet<string>> {
  const holds = await rightsWithin(database, person.scope)
  const accounts = await listAccounts(database)
  return new Set([person.accountId, ...accounts.filter(holds).map(({ id }) => id)])
}

/** @throws HubError `NOT_FOUND`: there is none, or it is nobody's whom the person looks after */
export async function requireLookedAfter<T extends { readonly accountId: string }>(
  { database }: Console,
  person: Person,
  found: T | undefined,
): Promise<T> {
  if (found?.accountId === person.accountId) return found
  const account = found && (await findAccount(database, found.accountId))
  const holds = await rightsWithin(database, person.scope)
  if (!found || !account || !holds(account)) throw new HubError('NOT_FOUND', 'no such thing within the scope')
  return found
}
