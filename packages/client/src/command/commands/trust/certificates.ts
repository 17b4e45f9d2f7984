import { type Command, Option } from 'commander'
import type { Page } from '../../../answers.ts'
import { postJson } from '../../../transport.ts'
import type { Context } from '../../context.ts'
import { table } from '../../output.ts'
import { certificateText } from './certificate-text.ts'

interface CertificateAnswer {
  readonly sha256: string
  readonly kind: string
  readonly subject: string
  readonly notAfter: string
  readonly person?: string | null
  readonly endsAt?: string | null
  readonly unboundAt?: string | null
  readonly suspended?: object | null
  readonly revoked?: object | null
}

interface BindOptions {
  readonly person?: string
  readonly position?: string
  readonly othersEnd?: string
}

const reasons = [
  'unspecified',
  'keyCompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'privilegeWithdrawn',
]

export function addCertificateCommands(trust: Command, context: () => Context): void {
  const certificate = trust.command('certificate').description('certificates of agencies and their officials')
  certificate
    .command('list')
    .description('those an agency holds or held')
    .argument('<code>')
    .action(code => listCertificates(context(), code))
  certificate
    .command('bind')
    .description('say that an agency seals with it, or with --person that this official signs with it')
    .argument('<code>')
    .argument('<file>', 'PEM or DER')
    .option('--person <name>', 'it is the certificate of this official')
    .option('--position <text>', 'what the official is')
    .option('--others-end <time>', 'rotation: its other certificates of this kind count until then (RFC 3339)')
    .action((code, name, options) => bindCertificate(context(), code, name, options))
  certificate
    .command('unbind')
    .description('the agency seals with it no longer; the record stays')
    .argument('<sha256>')
    .action(sha256 => unbindCertificate(context(), sha256))
  certificate
    .command('suspend')
    .description('refuse it until it is resumed')
    .argument('<sha256>')
    .requiredOption('--reason <text>', 'senders read it')
    .action((sha256, options) => change(context(), sha256, 'suspend', options))
  certificate
    .command('resume')
    .argument('<sha256>')
    .action(sha256 => change(context(), sha256, 'resume', {}))
  certificate
    .command('revoke')
    .description('refuse it for good, whatever its authority says')
    .argument('<sha256>')
    .addOption(new Option('--reason <reason>').choices(reasons).default('unspecified'))
    .option('--from <time>', 'RFC 3339; now when left out')
    .action((sha256, options) => change(context(), sha256, 'revoke', options))
}

async function listCertificates(context: Context, agency: string): Promise<void> {
  const transport = await context.transport()
  const { items } = await transport.json<Page<CertificateAnswer>>({ path: '/admin/certificates', query: { agency } })
  context.answer(items, () =>
    table(items.map(item => [item.sha256, item.kind, stateOf(context, item), item.person ?? '', item.subject])),
  )
}

function stateOf({ words }: Context, { unboundAt, revoked, suspended, endsAt, notAfter }: CertificateAnswer): string {
  if (unboundAt) return words.say('ended')
  if (revoked) return words.say('revoked')
  if (suspended) return words.say('suspended')
  return `${words.say('until')} ${words.time(endsAt ?? notAfter)}`
}

async function bindCertificate(context: Context, agency: string, name: string, options: BindOptions): Promise<void> {
  const { person, position, othersEnd } = options
  const body = {
    agency,
    certificate: await certificateText(context, name),
    ...(person && { official: { person, ...(position && { position }) } }),
    ...(othersEnd && { othersEndAt: othersEnd }),
  }
  const transport = await context.transport()
  const bound = await transport.json<{ sha256: string; subject: string; ending: readonly string[] }>(
    postJson('/admin/certificates', body),
  )
  const { words } = context
  context.answer(bound, () => [
    `${words.say('bound')}: ${bound.subject} (${bound.sha256})`,
    ...bound.ending.map(sha256 => `  ${sha256} ${words.say('until')} ${words.time(othersEnd ?? '')}`),
  ])
}

async function unbindCertificate(context: Context, sha256: string): Promise<void> {
  const transport = await context.transport()
  await transport.send({ method: 'DELETE', path: pathOf(sha256) })
  context.answer({ sha256, bound: false }, () => [context.words.say('ended')])
}

const done = { suspend: 'suspended', resume: 'resumed', revoke: 'revoked' } as const

async function change(context: Context, sha256: string, verb: keyof typeof done, body: object): Promise<void> {
  const transport = await context.transport()
  await transport.send(postJson(`${pathOf(sha256)}/${verb}`, body))
  context.answer({ sha256, [done[verb]]: true }, () => [context.words.say(done[verb])])
}

const pathOf = (sha256: string): string => `/admin/certificates/${encodeURIComponent(sha256)}`
