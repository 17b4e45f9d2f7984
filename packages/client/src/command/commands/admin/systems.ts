import { type Command, Option } from 'commander'
import type { Page } from '../../../answers.ts'
import { eachItem } from '../../../paging.ts'
import { postJson } from '../../../transport.ts'
import type { Context } from '../../context.ts'
import { facts, table } from '../../output.ts'
import { parseCount } from '../../parse-count.ts'

interface SystemAnswer {
  readonly id: string
  readonly name: string
  readonly profile: string
  readonly signaturePolicy: string
  readonly roles: readonly string[]
  readonly disabledAt: string | null
  readonly lastCalledAt: string | null
}

interface TokenAnswer {
  readonly tokenId: string
  readonly createdAt: string
  readonly expiresAt: string | null
  readonly revokedAt: string | null
}

const policies = ['record', 'refuse-invalid', 'require-valid']

export function addSystemAdmin(admin: Command, context: () => Context): void {
  admin
    .command('systems')
    .description('connected systems')
    .action(() => listAll(context()))
  admin
    .command('system')
    .description('make a system (strict unless --profile legacy), or change what is given of it')
    .argument('<id>')
    .option('--name <name>')
    .addOption(new Option('--profile <profile>').choices(['legacy', 'strict']))
    .addOption(new Option('--signature-policy <policy>').choices(policies))
    .addOption(new Option('--status-policy <policy>').choices(policies))
    .addOption(new Option('--attachment-policy <policy>').choices(['before-accept', 'before-deliver', 'record']))
    .addOption(new Option('--bad-receiver <policy>').choices(['refuse-all', 'deliver-others']))
    .option('--max-file-bytes <bytes>', 'at least 50 MiB', parseCount)
    .addOption(
      new Option('--receive-max-bytes <bytes>', 'largest packet it takes; none: whatever the hub takes').argParser(
        parseLimit,
      ),
    )
    .addOption(
      new Option('--receive-file-types <extensions>', 'such as "pdf docx"; none: any').argParser(parseExtensions),
    )
    .option('--operator', 'may use the administration calls')
    .option('--disable', 'its tokens are refused from now on')
    .option('--enable')
    .action((id, options) => put(context(), id, options))
  for (const verb of ['bind', 'unbind'] as const) {
    admin
      .command(verb)
      .description(verb === 'bind' ? 'let a system act for agencies' : 'end it')
      .argument('<system>')
      .argument('<code...>')
      .action((id, codes) => bind(context(), verb === 'bind' ? 'PUT' : 'DELETE', id, codes))
  }
  admin
    .command('tokens')
    .description('tokens of a system, without their secrets')
    .argument('<system>')
    .action(id => listTokens(context(), id))
  admin
    .command('issue-token')
    .description('a further token for a system; it is shown this once')
    .argument('<system>')
    .option('--expires <time>', 'RFC 3339; never when left out')
    .action((id, options) => issueToken(context(), id, options.expires))
  admin
    .command('revoke-token')
    .description('refused from now on')
    .argument('<system>')
    .argument('<tokenId>')
    .action((id, tokenId) => revokeToken(context(), id, tokenId))
}

const parseLimit = (text: string): number | null => (text === 'none' ? null : parseCount(text))

/** With or without dots, parted by blanks or commas. */
function parseExtensions(text: string): string[] {
  if (text === 'none') return []
  return text
    .toLowerCase()
    .split(/[\s,]+/)
    .map(extension => extension.replace(/^\./, ''))
    .filter(extension => extension !== '')
}

async function listAll(context: Context): Promise<void> {
  const transport = await context.transport()
  const page = (after?: string) => transport.json<Page<SystemAnswer>>({ path: '/admin/systems', query: { after } })
  const systems = await Array.fromAsync(eachItem(page))
  context.answer(systems, () =>
    table(
      systems.map(({ id, profile, signaturePolicy, roles, disabledAt, name }) => [
        id,
        profile,
        signaturePolicy,
        disabledAt ? context.words.say('disabled') : roles.join(','),
        name,
      ]),
    ),
  )
}

interface PutOptions extends Readonly<Record<string, unknown>> {
  readonly operator?: boolean
  readonly disable?: boolean
  readonly enable?: boolean
}

async function put(context: Context, id: string, { operator, disable, enable, ...given }: PutOptions): Promise<void> {
  const transport = await context.transport()
  const body = {
    ...given,
    ...(operator && { roles: ['operator'] }),
    ...((disable || enable) && { disabled: disable === true }),
  }
  const system = await transport.json<SystemAnswer>({ ...postJson(pathOf(id), body), method: 'PUT' })
  context.answer(system, () => facts(Object.entries(system).map(([name, value]) => [name, textOf(value)])))
}

async function bind(context: Context, method: 'PUT' | 'DELETE', id: string, codes: readonly string[]): Promise<void> {
  const transport = await context.transport()
  for (const code of codes) await transport.send({ method, path: pathOf(id, 'agencies', code) })
  const { items } = await transport.json<Page<string>>({ path: pathOf(id, 'agencies') })
  context.answer(items, () => [`${id}: ${items.join(', ')}`])
}

async function listTokens(context: Context, id: string): Promise<void> {
  const { words } = context
  const transport = await context.transport()
  const { items } = await transport.json<Page<TokenAnswer>>({ path: pathOf(id, 'tokens') })
  context.answer(items, () =>
    table(
      items.map(({ tokenId, createdAt, expiresAt, revokedAt }) => [
        tokenId,
        words.time(createdAt),
        revokedAt ? words.say('revoked') : '',
        expiresAt ? `${words.say('until')} ${words.time(expiresAt)}` : '',
      ]),
    ),
  )
}

async function issueToken(context: Context, id: string, expiresAt: string | undefined): Promise<void> {
  const transport = await context.transport()
  const wish = expiresAt === undefined ? {} : { expiresAt }
  const issued = await transport.json<{ token: string; tokenId: string }>(postJson(pathOf(id, 'tokens'), wish))
  context.answer(issued, () => [issued.token])
}

async function revokeToken(context: Context, id: string, tokenId: string): Promise<void> {
  const transport = await context.transport()
  await transport.send({ method: 'DELETE', path: pathOf(id, 'tokens', tokenId) })
  context.answer({ tokenId, revoked: true }, () => [context.words.say('revoked')])
}

const pathOf = (...parts: readonly string[]): string => `/admin/systems/${parts.map(encodeURIComponent).join('/')}`

const textOf = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : String(value ?? ''))
