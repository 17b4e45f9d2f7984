import type { Command } from 'commander'
import type { Page } from '../../../answers.ts'
import { postJson } from '../../../transport.ts'
import type { Context } from '../../context.ts'
import { table } from '../../output.ts'

interface DeadLetterAnswer {
  readonly id: string
  readonly group: string
  readonly topic: string
  readonly code: string
  readonly reason: string
  readonly at: string
  readonly replayedAt: string | null
}

export function addDeadLetterAdmin(admin: Command, context: () => Context): void {
  admin
    .command('dead-letters')
    .description('events that the services gave up: the 500 newest')
    .option('--all', 'those that were replayed too')
    .action(({ all }: { readonly all?: boolean }) => list(context(), all === true))
  admin
    .command('replay')
    .description('put events that were given up on their topics again')
    .argument('<id...>')
    .action(ids => replay(context(), ids))
}

async function list(context: Context, replayed: boolean): Promise<void> {
  const { words } = context
  const transport = await context.transport()
  const query = { limit: '500', ...(replayed && { replayed: 'true' }) }
  const { items } = await transport.json<Page<DeadLetterAnswer>>({ path: '/admin/dead-letters', query })
  context.answer(items, () =>
    items.length === 0
      ? [words.say('emptyDeadLetters')]
      : table([words.say('deadLetterHead').split(','), ...items.map(letter => row(context, letter))]),
  )
}

function row({ words }: Context, { id, group, topic, code, reason, at, replayedAt }: DeadLetterAnswer): string[] {
  return [id, words.time(at), `${topic} → ${group}`, code, replayedAt ? words.say('replayed') : '', reason]
}

async function replay(context: Context, ids: readonly string[]): Promise<void> {
  const transport = await context.transport()
  for (const id of ids) await transport.send(postJson(`/admin/dead-letters/${encodeURIComponent(id)}/replay`, {}))
  context.answer({ replayed: ids }, () => ids.map(id => `${context.words.say('replayed')}: ${id}`))
}
