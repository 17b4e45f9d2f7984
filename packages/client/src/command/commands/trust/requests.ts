import type { Command } from 'commander'
import type { Page } from '../../../answers.ts'
import { postJson } from '../../../transport.ts'
import type { Context } from '../../context.ts'
import { table } from '../../output.ts'

export interface RequestAnswer {
  readonly id: string
  readonly action: string
  readonly object: string
  readonly askedBy: string
  readonly askedAt: string
  readonly decision: string | null
  readonly decidedBy: string | null
}

export function addRequestCommands(trust: Command, context: () => Context): void {
  const request = trust.command('request').description('what one operator asked for and another is to confirm')
  request
    .command('list')
    .option('--all', 'those that are decided, too')
    .action(options => listRequests(context(), options.all === true))
  for (const verb of ['confirm', 'reject'] as const) {
    request
      .command(verb)
      .description(verb === 'confirm' ? 'do it; whoever asked cannot' : 'decline it, or take it back')
      .argument('<id>')
      .action(id => decide(context(), id, verb))
  }
}

async function listRequests(context: Context, all: boolean): Promise<void> {
  const transport = await context.transport()
  const query = all ? { decided: 'true' } : {}
  const { items } = await transport.json<Page<RequestAnswer>>({ path: '/admin/trust/requests', query })
  context.answer(items, () => table(items.map(item => requestRow(context, item))))
}

async function decide(context: Context, id: string, verb: 'confirm' | 'reject'): Promise<void> {
  const transport = await context.transport()
  const path = `/admin/trust/requests/${encodeURIComponent(id)}/${verb}`
  const decided = await transport.json<RequestAnswer>(postJson(path, {}))
  context.answer(decided, () => table([requestRow(context, decided)]))
}

export function requestRow({ words }: Context, request: RequestAnswer): string[] {
  const { id, action, object, askedBy, askedAt, decision, decidedBy } = request
  return [id, action, object, askedBy, words.time(askedAt), decision ? `${decision} (${decidedBy})` : '']
}
