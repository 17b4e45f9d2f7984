import type { Command } from 'commander'
import type { Context } from '../../context.ts'
import { facts, table } from '../../output.ts'
import type { Words } from '../../words.ts'

interface Figures {
  readonly agencies: {
    readonly opened: number
    readonly closed: number
    readonly renamed: number
    readonly rehomed: number
    readonly moved: number
  }
  readonly systems: { readonly affected: number; readonly bound: number }
  readonly certificates: number
  readonly mandates: number
  readonly documents: number
  readonly deliveries: {
    readonly moved: number
    readonly joined: number
    readonly returned: number
    readonly unrouted: number
  }
  readonly tasks: { readonly requests: number; readonly unfinished: number; readonly inherited: number }
}

interface Preview {
  readonly name: string
  readonly effectiveOn: string
  readonly figures: Figures
}

interface Reform extends Omit<Preview, 'figures'> {
  readonly id: string
  readonly title: string
  readonly state: string
  readonly preview: Figures
  readonly outcome: Figures | null
}

export function addReformAdmin(admin: Command, context: () => Context): void {
  const reform = admin.command('reform').description('merge, split, rename, move and close agencies on one day')
  reform
    .command('preview')
    .description('what a reform file would touch now; --json lists it')
    .argument('<file>')
    .action(name => preview(context(), name))
  reform
    .command('apply')
    .description('do it, all or nothing; a reform of a later day waits for it')
    .argument('<file>')
    .action(name => apply(context(), name))
  reform
    .command('list')
    .description('reforms that were done, wait, were cancelled or are blocked')
    .action(() => list(context()))
  reform
    .command('cancel')
    .description('cancel one that waits')
    .argument('<id>')
    .action(id => cancel(context(), id))
}

async function preview(context: Context, name: string): Promise<void> {
  const told = await send<Preview>(context, '/admin/reforms/preview', name)
  const { words } = context
  context.answer(told, () => [
    `${words.say('reformWould')}: ${told.name} (${told.effectiveOn})`,
    ...figureLines(told.figures, words),
  ])
}

async function apply(context: Context, name: string): Promise<void> {
  const reform = await send<Reform>(context, '/admin/reforms', name)
  const { words } = context
  context.answer(reform, () => [
    `${words.say(reform.outcome ? 'reformDone' : 'reformWaits')}: ${reform.name} (${reform.effectiveOn}) ${reform.id}`,
    ...figureLines(reform.outcome ?? reform.preview, words),
  ])
}

async function send<T>(context: Context, path: string, name: string): Promise<T> {
  const blob = await context.blob(name)
  const transport = await context.transport()
  const headers = { 'content-type': 'application/json' }
  return transport.json<T>({ method: 'POST', path, headers, body: () => blob })
}

async function list(context: Context): Promise<void> {
  const transport = await context.transport()
  const { items } = await transport.json<{ readonly items: readonly Reform[] }>({ path: '/admin/reforms' })
  context.answer(items, () =>
    table(items.map(({ id, effectiveOn, state, name, title }) => [id, effectiveOn, state, name, title])),
  )
}

async function cancel(context: Context, id: string): Promise<void> {
  const transport = await context.transport()
  const path = `/admin/reforms/${encodeURIComponent(id)}`
  const reform = await transport.json<Reform>({ method: 'DELETE', path })
  context.answer(reform, () => [`${context.words.say('reformCancelled')}: ${reform.name}`])
}

function figureLines(figures: Figures, words: Words): string[] {
  const { agencies, systems, deliveries, tasks } = figures
  return facts([
    [
      words.say('reformAgencies'),
      `+${agencies.opened} -${agencies.closed} ~${agencies.renamed} →${agencies.moved} ⇄${agencies.rehomed}`,
    ],
    [words.say('reformSystems'), `${systems.affected} (+${systems.bound})`],
    [words.say('reformCertificates'), `${figures.certificates} + ${figures.mandates}`],
    [words.say('reformDocuments'), figures.documents],
    [words.say('reformMoved'), deliveries.moved + deliveries.joined],
    [words.say('reformReturned'), deliveries.returned],
    [words.say('reformUnrouted'), deliveries.unrouted],
    [words.say('reformTasks'), `${tasks.unfinished} (${tasks.inherited}), ${tasks.requests}`],
  ])
}
