import { HubError } from '@docaxis/errors'
import type { Database, Tx } from '../database.ts'
import { recordAudit } from '../evidence/audit.ts'
import { type Account, type AccountRights, createAccount, findAccount } from './account.ts'
import { changeAccount, requireOtherAdministrator, setDisabled, setPassword } from './account-change.ts'
import { cheapCost, hashPassword, randomPassword } from './password.ts'
import type { Scope } from './scope.ts'
import { rightsWithin } from './scope-holds.ts'
import { setTotp } from './sign-in.ts'

// What administrators do with accounts, whether on the console's page or by the command. Every change is one transaction
// with its audit entry.

/** Who looks after accounts, and how far: as the audit log names them, and the scope that they cannot give more than. */
export interface Manager {
  readonly actor: string
  readonly scope: Scope
}

export interface AccountWish extends AccountRights {
  readonly login: string
  readonly name: string
  /** Without one the person signs in by OpenID Connect only. */
  readonly withPassword: boolean
}

/** The password is shown once and never stored. */
export interface AccountWithPassword {
  readonly account: Account
  readonly password?: string
}

/** @throws HubError `STATE_CONFLICT` when the login is taken; `FORBIDDEN` for more than the manager has */
export async function addAccount(
  database: Database,
  manager: Manager,
  { withPassword, ...wish }: AccountWish,
): Promise<AccountWithPassword> {
  const password = withPassword ? randomPassword() : undefined
  const passwordHash = password && (await hashPassword(password, cheapCost))
  return database.transaction(async tx => {
    await requireWithin(tx, manager, wish)
    const account = await createAccount(tx, { ...wish, ...(passwordHash && { passwordHash, passwordGiven: true }) })
    await recordAudit(tx, {
      ...entry(manager, 'account.create', account),
      details: { role: account.role, scope: account.scope, agencies: account.agencies },
    })
    return { account, ...(password && { password }) }
  })
}

/** @param name id or login. @throws HubError `NOT_FOUND`, also for an account outside of the manager's scope */
export function changeRights(
  database: Database,
  manager: Manager,
  name: string,
  change: Partial<AccountRights & { readonly name: string }>,
): Promise<Account> {
  return database.transaction(async tx => {
    const before = await managed(tx, manager, name)
    const after = { ...before, ...change }
    await requireWithin(tx, manager, after)
    if (before.role === 'administrator' && after.role !== 'administrator')
      await requireOtherAdministrator(tx, before.id)
    const account = await changeAccount(tx, before.id, after)
    await recordAudit(tx, {
      ...entry(manager, 'account.change', account),
      details: { from: rightsOf(before), to: rightsOf(account) },
    })
    return account
  })
}

/** A new password, no second factor, no lock: for somebody who cannot sign in any more. Signs them out everywhere. */
export async function resetAccount(
  database: Database,
  manager: Manager,
  name: string,
): Promise<Required<AccountWithPassword>> {
  const password = randomPassword()
  const hash = await hashPassword(password, cheapCost)
  return database.transaction(async tx => {
    const { id } = await managed(tx, manager, name)
    await setTotp(tx, id, undefined)
    const account = await setPassword(tx, id, hash, true)
    await recordAudit(tx, entry(manager, 'account.reset', account))
    return { account, password }
  })
}

export function disableAccount(
  database: Database,
  manager: Manager,
  name: string,
  disabled: boolean,
): Promise<Account> {
  return database.transaction(async tx => {
    const before = await managed(tx, manager, name)
    if (disabled && before.role === 'administrator') await requireOtherAdministrator(tx, before.id)
    const account = await setDisabled(tx, before.id, disabled)
    await recordAudit(tx, entry(manager, disabled ? 'account.disable' : 'account.enable', account))
    return account
  })
}

/** Outside of one's scope there is nobody. */
async function managed(tx: Tx, { scope }: Manager, name: string): Promise<Account> {
  const account = await findAccount(tx, name)
  const holds = await rightsWithin(tx, scope)
  if (account && holds(account)) return account
  throw new HubError('NOT_FOUND', 'there is no such account', { details: { name } })
}

async function requireWithin(tx: Tx, { scope }: Manager, rights: Pick<AccountRights, 'scope' | 'agencies'>) {
  const holds = await rightsWithin(tx, scope)
  if (!holds(rights))
    throw new HubError('FORBIDDEN', 'nobody gives more than they have: the scope is wider than your own')
}

function entry({ actor }: Manager, action: string, { login }: Account) {
  return { actor, action, object: login, outcome: 'done' }
}

function rightsOf({ role, scope, agencies }: Account) {
  return { role, scope, agencies }
}
