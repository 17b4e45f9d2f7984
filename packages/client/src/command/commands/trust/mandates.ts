import { type Command, Option } from 'commander'
import type { Page } from '../../../answers.ts'
import { postJson } from '../../../transport.ts'
import type { Context } from '../../context.ts'
import { table } from '../../output.ts'

interface MandateAnswer {
  readonly id: string
  readonly principal: string
  readonly holder: string
  readonly kind: string
  readonly validFrom: string
  readonly validTo?: string | null
}

interface MandateOptions {
  readonly kind: string
  readonly from?: string
  readonly to?: string
}

export function addMandateCommands(trust: Command, context: () => Context): void {
  const mandate = trust.command('mandate').description('who seals for whom')
  mandate
    .command('list')
    .description('past, present and coming ones')
    .action(() => listMandates(context()))
  mandate
    .command('add')
    .description('let one agency seal for another')
    .argument('<principal>')
    .argument('<holder>')
    .addOption(new Option('--kind <kind>').choices(['seal', 'transport']).default('seal'))
    .option('--from <time>', 'RFC 3339; now when left out')
    .option('--to <time>', 'until further notice when left out')
    .action((principal, holder, options) => addMandate(context(), principal, holder, options))
  mandate
    .command('end')
    .description('from now on')
    .argument('<id>')
    .action(id => endMandate(context(), id))
}

async function listMandates(context: Context): Promise<void> {
  const transport = await context.transport()
  const { items } = await transport.json<Page<MandateAnswer>>({ path: '/admin/mandates' })
  context.answer(items, () => table(items.map(mandate => mandateRow(context, mandate))))
}

function mandateRow({ words }: Context, { id, holder, principal, kind, validFrom, validTo }: MandateAnswer): string[] {
  return [id, `${holder} → ${principal}`, kind, words.time(validFrom), validTo ? words.time(validTo) : '']
}

async function addMandate(
  context: Context,
  principal: string,
  holder: string,
  { kind, from, to }: MandateOptions,
): Promise<void> {
  const transport = await context.transport()
  const wish = { principal, holder, kind, validFrom: from ?? new Date().toISOString(), ...(to && { validTo: to }) }
  const mandate = await transport.json<MandateAnswer>(postJson('/admin/mandates', wish))
  context.answer(mandate, () => table([mandateRow(context, mandate)]))
}

async function endMandate(context: Context, id: string): Promise<void> {
  const transport = await context.transport()
  const path = `/admin/mandates/${encodeURIComponent(id)}`
  const mandate = await transport.json<MandateAnswer>({ method: 'DELETE', path })
  context.answer(mandate, () => table([mandateRow(context, mandate)]))
}
