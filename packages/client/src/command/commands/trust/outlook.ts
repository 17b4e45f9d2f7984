import { type Command, InvalidArgumentError } from 'commander'
import type { Page } from '../../../answers.ts'
import type { Context } from '../../context.ts'
import { table } from '../../output.ts'

interface EndingAnswer {
  readonly sha256: string
  readonly kind: string
  readonly subject: string
  readonly notAfter: string
  readonly agency: string | null
}

interface WhatIfAnswer {
  readonly authority: { readonly sha256: string; readonly subject: string }
  readonly agencies: readonly {
    readonly code: string
    readonly name: string
    readonly stops: boolean
    readonly sealsFor: readonly string[]
    readonly documents: number
  }[]
}

export function addOutlookCommands(trust: Command, context: () => Context): void {
  trust
    .command('expiring')
    .description('certificates that end soon: of agencies, officials, authorities and the hub')
    .option('--days <days>', 'within so many days', parseDays, 60)
    .action(options => listExpiring(context(), options.days))
  trust
    .command('what-if')
    .description('whose traffic would stop if this authority were revoked now')
    .argument('<sha256>', 'of its certificate; see `trust ca list`')
    .action(sha256 => whatIf(context(), sha256))
}

async function listExpiring(context: Context, days: number): Promise<void> {
  const { words } = context
  const transport = await context.transport()
  const query = { expiringWithinDays: days }
  const { items } = await transport.json<Page<EndingAnswer>>({ path: '/admin/certificates', query })
  context.answer(items, () =>
    items.length === 0
      ? [words.say('nothingExpires')]
      : table(
          items.map(({ notAfter, kind, agency, subject, sha256 }) => [
            words.time(notAfter),
            kind,
            agency ?? '',
            subject,
            sha256,
          ]),
        ),
  )
}

async function whatIf(context: Context, ca: string): Promise<void> {
  const { words } = context
  const transport = await context.transport()
  const answer = await transport.json<WhatIfAnswer>({ path: '/admin/trust/what-if', query: { ca } })
  const { authority, agencies } = answer
  context.answer(answer, () => [
    `${authority.subject}: ${agencies.length === 0 ? words.say('nobodyStops') : words.say('theseStop')}`,
    ...table(
      agencies.map(({ code, name, stops, sealsFor, documents }) => [
        `  ${code}`,
        name,
        stops ? words.say('stops') : words.say('anotherSeal'),
        `${documents} ${words.say('in30Days')}`,
        sealsFor.length > 0 ? `→ ${sealsFor.join(', ')}` : '',
      ]),
    ),
  ])
}

function parseDays(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('not a number of days')
  return Number(text)
}
