import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Page } from '../../../answers.ts'
import { postJson } from '../../../transport.ts'
import type { Context } from '../../context.ts'
import { facts } from '../../output.ts'
import { certificateText } from './certificate-text.ts'

interface SourceAnswer {
  readonly kind: string
  readonly url: string
  readonly nextDueAt: string
  readonly lastGoodAt: string | null
  readonly failures: number
  readonly fault: string | null
}

interface AuthorityAnswer {
  readonly sha256: string
  readonly subject: string
  readonly intermediate: boolean
  readonly revocation: string
  readonly maxCrlAgeHours: number | null
  readonly sources: readonly SourceAnswer[]
  readonly lists: readonly {
    readonly number: string | null
    readonly delta: boolean
    readonly nextUpdate: string | null
  }[]
  readonly ocsp: { readonly asked: number; readonly missing: number } | null
}

interface SetOptions {
  readonly revocation?: string
  readonly maxCrlAge?: number | null
  readonly source?: string
  readonly ocsp?: string
  readonly removeSource?: string
}

export function addAuthorityCommands(trust: Command, context: () => Context): void {
  const ca = trust.command('ca').description('authorities: what counts of their word, and where it is fetched')
  ca.command('list')
    .description('each with its lists, last good answer, next turn and failures')
    .action(() => listAuthorities(context()))
  ca.command('add')
    .description('register an intermediate authority: it completes paths and is trusted by none')
    .argument('<file>', 'PEM or DER')
    .action(name => addAuthority(context(), name))
  ca.command('set')
    .description('change what is given')
    .argument('<sha256>')
    .addOption(new Option('--revocation <policy>', 'what counts').choices(['crl', 'ocsp', 'both']))
    .option('--max-crl-age <hours>', 'a list older than this does not count; "none": as the lists say', parseHours)
    .option('--source <url>', 'fetch its list here too, such as an internal mirror')
    .option('--ocsp <url>', 'ask this responder too')
    .option('--remove-source <url>', 'of those that an operator gave')
    .action((sha256, options) => setAuthority(context(), sha256, options))
  ca.command('retire')
    .description('it completes no path any more')
    .argument('<sha256>')
    .action(sha256 => retireAuthority(context(), sha256))
  ca.command('refresh')
    .description('ask it at the next turn, within seconds')
    .argument('<sha256>')
    .action(sha256 => refreshAuthority(context(), sha256))
}

async function listAuthorities(context: Context): Promise<void> {
  const transport = await context.transport()
  const { items } = await transport.json<Page<AuthorityAnswer>>({ path: '/admin/trust/authorities' })
  context.answer(items, () => items.flatMap(item => authorityLines(context, item)))
}

function authorityLines({ words }: Context, authority: AuthorityAnswer): string[] {
  const { sha256, subject, intermediate, revocation, maxCrlAgeHours, sources, lists, ocsp } = authority
  return [
    subject,
    ...facts([
      [words.say('sha256'), sha256],
      [words.say('role'), intermediate ? words.say('intermediate') : words.say('anchor')],
      [words.say('revocation'), maxCrlAgeHours === null ? revocation : `${revocation}, ≤ ${maxCrlAgeHours} h`],
      ...lists.map(({ number, delta, nextUpdate }) => {
        const name = `${words.say('list')} ${number ?? ''}${delta ? ' (delta)' : ''}`
        return [name, nextUpdate && `${words.say('until')} ${words.time(nextUpdate)}`] as const
      }),
      ...sources.map(source => [source.url, sourceText(words, source)] as const),
      ['OCSP', ocsp && `${ocsp.asked - ocsp.missing}/${ocsp.asked}`],
    ]),
  ]
}

function sourceText(words: Context['words'], { lastGoodAt, nextDueAt, failures, fault }: SourceAnswer): string {
  const good = lastGoodAt ? words.time(lastGoodAt) : words.say('never')
  const due = `${words.say('lastGood')} ${good}, ${words.say('next')} ${words.time(nextDueAt)}`
  return failures === 0 ? due : `${due}; ${words.say('failed')} ${failures}×: ${fault}`
}

async function addAuthority(context: Context, name: string): Promise<void> {
  const certificate = await certificateText(context, name)
  const transport = await context.transport()
  const added = await transport.json<{ sha256: string; subject: string }>(
    postJson('/admin/trust/authorities', { certificate }),
  )
  context.answer(added, () => [`${context.words.say('registered')}: ${added.subject} (${added.sha256})`])
}

async function setAuthority(context: Context, sha256: string, options: SetOptions): Promise<void> {
  const transport = await context.transport()
  const { revocation, maxCrlAge, source, ocsp, removeSource } = options
  const policy = { ...(revocation && { revocation }), ...(maxCrlAge !== undefined && { maxCrlAgeHours: maxCrlAge }) }
  if (Object.keys(policy).length > 0) {
    await transport.send({ ...postJson(pathOf(sha256), policy), method: 'PUT' })
  }
  if (source) await transport.send(postJson(`${pathOf(sha256)}/sources`, { kind: 'crl', url: source }))
  if (ocsp) await transport.send(postJson(`${pathOf(sha256)}/sources`, { kind: 'ocsp', url: ocsp }))
  if (removeSource) {
    await transport.send({ method: 'DELETE', path: `${pathOf(sha256)}/sources`, query: { url: removeSource } })
  }
  await showAuthority(context, sha256)
}

async function showAuthority(context: Context, sha256: string): Promise<void> {
  const transport = await context.transport()
  const { items } = await transport.json<Page<AuthorityAnswer>>({ path: '/admin/trust/authorities' })
  const found = items.filter(item => item.sha256 === sha256)
  context.answer(found, () => found.flatMap(item => authorityLines(context, item)))
}

async function retireAuthority(context: Context, sha256: string): Promise<void> {
  const transport = await context.transport()
  await transport.send({ method: 'DELETE', path: pathOf(sha256) })
  context.answer({ sha256, retired: true }, () => [context.words.say('ended')])
}

async function refreshAuthority(context: Context, sha256: string): Promise<void> {
  const transport = await context.transport()
  await transport.send(postJson(`${pathOf(sha256)}/refresh`, {}))
  context.answer({ sha256, due: true }, () => [context.words.say('askedSoon')])
}

const pathOf = (sha256: string): string => `/admin/trust/authorities/${encodeURIComponent(sha256)}`

function parseHours(text: string): number | null {
  if (text === 'none') return null
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('not a number of hours')
  return Number(text)
}
