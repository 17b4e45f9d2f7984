import { readFile } from 'node:fs/promises'
import { type Command, Option } from 'commander'
import type { Page } from '../../../answers.ts'
import { postJson } from '../../../transport.ts'
import type { Context } from '../../context.ts'
import { facts, table } from '../../output.ts'
import { parseCount } from '../../parse-count.ts'

interface SecretAnswer {
  readonly secretId: string
  readonly createdAt: string
  readonly expiresAt: string | null
  readonly revokedAt: string | null
}

interface RequestAnswer {
  readonly id: string
  readonly systemId: string
  readonly kind: string
  readonly agencyCode: string
  readonly wish: Readonly<Record<string, string>>
  readonly requestedAt: string
}

interface VxpOptions {
  readonly rows?: string
  readonly network?: readonly string[]
  readonly maxAge?: number
  readonly maxAhead?: number
}

/** Systems that speak VXP, and what their clients ask to have changed in the directory. */
export function addVxpAdmin(admin: Command, context: () => Context): void {
  admin
    .command('vxp')
    .description('how a system is served over VXP; changes what is given')
    .argument('<system>')
    .addOption(
      new Option('--rows <rows>', 'rows of a packet to several agencies').choices(['per-system', 'per-agency']),
    )
    .option('--network <cidr...>', 'networks that may call over plain HTTP; they replace those of before')
    .option('--max-age <seconds>', 'oldest timestamp taken; 0: any', parseCount)
    .option('--max-ahead <seconds>', 'how far in the future a timestamp may lie', parseCount)
    .action((id, options) => settings(context(), id, options))
  admin
    .command('vxp-secrets')
    .description('VXP secrets of a system, without the secrets')
    .argument('<system>')
    .action(id => listSecrets(context(), id))
  admin
    .command('issue-vxp-secret')
    .description('a further VXP secret for a system; it is shown this once')
    .argument('<system>')
    .option('--secret-file <file>', 'the secret that the system has from another hub; - reads standard input')
    .option('--expires <time>', 'RFC 3339; never when left out')
    .action((id, options) => issueSecret(context(), id, options))
  admin
    .command('revoke-vxp-secret')
    .description('refused from now on')
    .argument('<system>')
    .argument('<secretId>')
    .action((id, secretId) => revokeSecret(context(), id, secretId))
  admin
    .command('directory-requests')
    .description('what systems ask to have changed in the directory')
    .action(() => listRequests(context()))
  admin
    .command('approve-directory-request')
    .description('do what was asked for')
    .argument('<id>')
    .addOption(new Option('--level <level>', 'of a new agency').choices(['central', 'province', 'district', 'commune']))
    .option('--valid-to <day>', 'first day on which the code is closed, yyyy-mm-dd')
    .option('--successor <code>', 'who receives for a closed code')
    .action((id, options) => decide(context(), id, 'approve', options))
  admin
    .command('refuse-directory-request')
    .description('leave the directory as it is')
    .argument('<id>')
    .argument('<reason>')
    .action((id, reason) => decide(context(), id, 'refuse', { reason }))
}

async function settings(context: Context, id: string, options: VxpOptions): Promise<void> {
  const { rows, network, maxAge, maxAhead } = options
  const change = {
    ...(rows !== undefined && { rows }),
    ...(network !== undefined && { sourceNetworks: network }),
    ...(maxAge !== undefined && { maxAgeSeconds: maxAge }),
    ...(maxAhead !== undefined && { maxAheadSeconds: maxAhead }),
  }
  const transport = await context.transport()
  const path = systemPath(id, 'vxp')
  const call = Object.keys(change).length === 0 ? { path } : { ...postJson(path, change), method: 'PUT' as const }
  const answer = await transport.json<Readonly<Record<string, unknown>>>(call)
  context.answer(answer, () => facts(Object.entries(answer).map(([name, value]) => [name, textOf(value)])))
}

async function listSecrets(context: Context, id: string): Promise<void> {
  const { words } = context
  const transport = await context.transport()
  const { items } = await transport.json<Page<SecretAnswer>>({ path: systemPath(id, 'vxp-secrets') })
  context.answer(items, () =>
    table(
      items.map(({ secretId, createdAt, expiresAt, revokedAt }) => [
        secretId,
        words.time(createdAt),
        revokedAt ? words.say('revoked') : '',
        expiresAt ? `${words.say('until')} ${words.time(expiresAt)}` : '',
      ]),
    ),
  )
}

async function issueSecret(
  context: Context,
  id: string,
  { secretFile, expires }: { readonly secretFile?: string; readonly expires?: string },
): Promise<void> {
  const secret = secretFile === undefined ? undefined : await readSecret(context, secretFile)
  const wish = { ...(secret !== undefined && { secret }), ...(expires !== undefined && { expiresAt: expires }) }
  const transport = await context.transport()
  const issued = await transport.json<{ secret: string; secretId: string }>(
    postJson(systemPath(id, 'vxp-secrets'), wish),
  )
  context.answer(issued, () => [issued.secret])
}

/** From a file: what stands on the command line is seen by every user of the machine. */
async function readSecret(context: Context, file: string): Promise<string> {
  return (await readFile(file === '-' ? '/dev/stdin' : context.file(file), 'utf8')).trim()
}

async function revokeSecret(context: Context, id: string, secretId: string): Promise<void> {
  const transport = await context.transport()
  await transport.send({ method: 'DELETE', path: systemPath(id, 'vxp-secrets', secretId) })
  context.answer({ secretId, revoked: true }, () => [context.words.say('revoked')])
}

async function listRequests(context: Context): Promise<void> {
  const transport = await context.transport()
  const { items } = await transport.json<Page<RequestAnswer>>({ path: '/admin/directory-requests' })
  context.answer(items, () =>
    table(
      items.map(({ id, requestedAt, systemId, kind, agencyCode, wish }) => [
        id,
        context.words.time(requestedAt),
        systemId,
        kind,
        agencyCode,
        Object.entries(wish)
          .map(([field, value]) => `${field}: ${value}`)
          .join(', '),
      ]),
    ),
  )
}

async function decide(
  context: Context,
  id: string,
  decision: 'approve' | 'refuse',
  body: Readonly<Record<string, unknown>>,
): Promise<void> {
  const transport = await context.transport()
  const path = `/admin/directory-requests/${encodeURIComponent(id)}/${decision}`
  const request = await transport.json<RequestAnswer & { readonly state: string }>(postJson(path, body))
  context.answer(request, () => [`${request.state}: ${request.kind} ${request.agencyCode}`])
}

const systemPath = (...parts: readonly string[]): string => `/admin/systems/${parts.map(encodeURIComponent).join('/')}`

const textOf = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : String(value ?? ''))
