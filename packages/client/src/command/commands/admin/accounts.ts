import { type Command, Option } from 'commander'
import { postJson } from '../../../transport.ts'
import type { Context } from '../../context.ts'
import { table } from '../../output.ts'

const roles = ['viewer', 'auditor', 'operator', 'directory', 'trust', 'administrator', 'official'] as const

interface RightsOptions {
  readonly name?: string
  readonly role?: (typeof roles)[number]
  readonly everything?: boolean
  readonly below?: readonly string[]
  readonly system?: readonly string[]
  readonly locality?: readonly string[]
  readonly group?: readonly string[]
  readonly agency?: readonly string[]
}

interface CreateOptions extends RightsOptions {
  readonly password: boolean
}

interface Account {
  readonly login: string
  readonly name: string
  readonly role: string
  readonly scope: Readonly<Record<string, unknown>>
  readonly agencies: readonly string[]
  readonly disabledAt: string | null
}

interface WithPassword {
  readonly account: Account
  readonly password: string | null
}

/** Accounts of people at the console. The first administrator is made here. */
export function addAccountAdmin(admin: Command, context: () => Context): void {
  const account = admin.command('account').description('accounts of people at the console')
  account
    .command('list')
    .description('everybody who may sign in')
    .action(() => list(context()))
  withRights(account.command('create').description('make an account; the password is shown once'))
    .argument('<login>')
    .option('--no-password', 'signs in by OpenID Connect only')
    .action((login: string, options: CreateOptions) => create(context(), login, options))
  withRights(account.command('change').description('change name, role, scope or agencies'))
    .argument('<login>')
    .action((login: string, options: RightsOptions) => change(context(), login, rightsOf(options)))
  account
    .command('disable')
    .description('sign somebody out at once, for good')
    .argument('<login>')
    .action((login: string) => change(context(), login, { disabled: true }))
  account
    .command('enable')
    .description('let somebody sign in again')
    .argument('<login>')
    .action((login: string) => change(context(), login, { disabled: false }))
  account
    .command('reset')
    .description('a new password, shown once; no second factor, no lock')
    .argument('<login>')
    .action((login: string) => reset(context(), login))
}

function withRights(command: Command): Command {
  return command
    .option('--name <name>', "the person's name")
    .addOption(new Option('--role <role>', 'what the person may do').choices(roles))
    .option('--everything', 'sees the whole hub')
    .option('--below <code...>', 'sees these agencies and all below them')
    .option('--system <id...>', 'sees the agencies of these systems')
    .option('--locality <name...>', 'sees the agencies of these localities')
    .option('--group <id...>', 'sees the agencies of these groups')
    .option('--agency <code...>', 'works for these: sees the content of what they sent or received')
}

/** Only what was said; a scope is said whole. */
function rightsOf({ name, role, everything, below, system, locality, group, agency }: RightsOptions) {
  const parts = { everything, subtrees: below, systems: system, localities: locality, groups: group }
  const scope = Object.values(parts).some(part => part !== undefined) ? parts : undefined
  return { name, role, scope, agencies: agency }
}

async function list(context: Context): Promise<void> {
  const transport = await context.transport()
  const answer = await transport.json<{ readonly items: readonly Account[] }>({ path: '/admin/accounts' })
  context.answer(answer, () => table(answer.items.map(cellsOf)))
}

async function create(context: Context, login: string, { password, ...options }: CreateOptions): Promise<void> {
  const rights = rightsOf(options)
  const body = { ...rights, login, name: rights.name ?? login, role: rights.role ?? 'viewer', withPassword: password }
  const transport = await context.transport()
  told(context, await transport.json<WithPassword>(postJson('/admin/accounts', body)))
}

async function change(context: Context, login: string, body: object): Promise<void> {
  const transport = await context.transport()
  const path = `/admin/accounts/${encodeURIComponent(login)}`
  const answer = await transport.json<Account>({ ...postJson(path, body), method: 'PATCH' })
  context.answer(answer, () => table([cellsOf(answer)]))
}

async function reset(context: Context, login: string): Promise<void> {
  const transport = await context.transport()
  const path = `/admin/accounts/${encodeURIComponent(login)}/reset`
  told(context, await transport.json<WithPassword>({ method: 'POST', path }))
}

function told(context: Context, answer: WithPassword): void {
  const { account, password } = answer
  const line = password === null ? [] : [`${context.words.say('passwordOnce')}: ${password}`]
  context.answer(answer, () => [...table([cellsOf(account)]), ...line])
}

function cellsOf({ login, name, role, scope, agencies, disabledAt }: Account): readonly string[] {
  const parts = Object.entries(scope).flatMap(([part, value]) =>
    value === true ? [part] : Array.isArray(value) && value.length > 0 ? [`${part} ${value.join(', ')}`] : [],
  )
  return [login, name, role, parts.join('; ') || '-', agencies.join(', ') || '-', disabledAt ?? '']
}
