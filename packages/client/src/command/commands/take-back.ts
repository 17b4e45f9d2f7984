import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { effectWords, lifeWords } from '../life-words.ts'
import { table } from '../output.ts'
import { collect } from './collect.ts'

interface TakeBackOptions {
  readonly reason: string
  readonly receiver: readonly string[]
  readonly staff?: string
  readonly idempotencyKey?: string
}

export function addTakeBackCommand(program: Command, context: () => Context): void {
  program
    .command('take-back')
    .description('take a document back: withdrawn where nobody has fetched it, asked for elsewhere')
    .argument('<document>', "the hub's id")
    .requiredOption('--reason <text>')
    .option('--receiver <code>', 'from this one only; may be repeated', collect, [])
    .option('--staff <name>', 'who asks')
    .option('--idempotency-key <key>', 'the same key is one take-back, however often it is sent')
    .action((id, options) => takeBack(context(), id, options))
}

async function takeBack(context: Context, id: string, options: TakeBackOptions): Promise<void> {
  const { words } = context
  const { reason, receiver: receivers, staff: name, idempotencyKey } = options
  const client = await context.client()
  const taken = await client.takeBack(id, {
    reason,
    ...(receivers.length > 0 && { receivers }),
    ...(name && { staff: { name } }),
    ...(idempotencyKey && { idempotencyKey }),
  })
  context.answer(taken, () =>
    table(
      taken.map(({ receiver, outcome, flagged }) => [
        receiver,
        words.pick(effectWords[outcome]),
        flagged ? words.pick(lifeWords.flagged) : '',
      ]),
    ),
  )
}
