import { type Command, Option } from 'commander'
import type { Page } from '../../../answers.ts'
import { postJson } from '../../../transport.ts'
import type { Context } from '../../context.ts'
import { table } from '../../output.ts'
import { certificateText, collect } from './certificate-text.ts'
import { type RequestAnswer, requestRow } from './requests.ts'

interface AnchorAnswer {
  readonly sha256: string
  readonly subject: string
  readonly notAfter: string
  readonly purposes: readonly string[]
  readonly validTo: string | null
  readonly permittedNames: readonly string[]
  readonly excludedNames: readonly string[]
  readonly source: string
}

/** Done, or waiting for a second operator. */
type Outcome = { readonly sha256: string } | { readonly request: RequestAnswer }

interface AnchorOptions {
  readonly for: readonly string[]
  readonly from?: string
  readonly to?: string
  readonly permit?: readonly string[]
  readonly exclude?: readonly string[]
}

const purposes = ['seal', 'official', 'tls', 'tsa', 'ocsp']

export function addAnchorCommands(trust: Command, context: () => Context): void {
  const anchor = trust.command('anchor').description('authorities that the hub trusts by itself')
  anchor
    .command('list')
    .description('imported, configured and demo anchors, and what each is trusted for')
    .action(() => listAnchors(context()))
  anchor
    .command('add')
    .description('trust an authority from now on; importing it again changes its limits')
    .argument('<file>', 'PEM or DER')
    .addOption(new Option('--for <purpose...>').choices(purposes).makeOptionMandatory())
    .option('--from <time>', 'RFC 3339; as its certificate says when left out')
    .option('--to <time>', 'as its certificate says when left out')
    .option('--permit <name>', 'only names below: dn:C=VN, dns:gov.vn, mail:, uri:, ip:', collect)
    .option('--exclude <name>', 'no names below', collect)
    .action((name, options) => addAnchor(context(), name, options))
  anchor
    .command('retire')
    .description('trust an imported anchor no longer; ask `trust what-if` first')
    .argument('<sha256>')
    .action(sha256 => retireAnchor(context(), sha256))
}

async function listAnchors(context: Context): Promise<void> {
  const { words } = context
  const transport = await context.transport()
  const { items } = await transport.json<Page<AnchorAnswer>>({ path: '/admin/trust/anchors' })
  context.answer(items, () =>
    table(
      items.map(({ sha256, source, purposes: served, notAfter, validTo, subject }) => [
        sha256,
        source,
        served.join(','),
        words.time(validTo ?? notAfter),
        subject,
      ]),
    ),
  )
}

async function addAnchor(context: Context, name: string, options: AnchorOptions): Promise<void> {
  const { from, to, permit, exclude } = options
  const body = {
    certificate: await certificateText(context, name),
    purposes: options.for,
    ...(from && { validFrom: from }),
    ...(to && { validTo: to }),
    ...(permit && { permittedNames: permit }),
    ...(exclude && { excludedNames: exclude }),
  }
  const transport = await context.transport()
  tell(context, await transport.json<Outcome>(postJson('/admin/trust/anchors', body)), 'trusted')
}

async function retireAnchor(context: Context, sha256: string): Promise<void> {
  const transport = await context.transport()
  const path = `/admin/trust/anchors/${encodeURIComponent(sha256)}`
  tell(context, await transport.json<Outcome>({ method: 'DELETE', path }), 'ended')
}

function tell(context: Context, outcome: Outcome, done: 'trusted' | 'ended'): void {
  context.answer(outcome, () =>
    'request' in outcome
      ? [context.words.say('secondOperator'), ...table([requestRow(context, outcome.request)])]
      : [`${context.words.say(done)}: ${outcome.sha256}`],
  )
}
